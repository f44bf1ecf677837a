// SPDX-License-Identifier: Apache-2.0
// Days are compared as texts: YYYY-MM-DD.
#include "app/context_drift.h"

#include "threatdb/timestamp.h"

namespace postern::app {
namespace {

struct News {
  std::string day;
  std::string words;
};

/// The newest thing that is known of the weakness.
News newest(const model::Weakness& weakness) {
  const std::string published = weakness.published.str();
  const std::string listed = weakness.known_exploited_since.str();
  if (!listed.empty() && listed >= published) return {listed, "known to be exploited since " + listed};
  return {published, "published on " + published};
}

}  // namespace

std::optional<model::ContextDrift> find_context_drift(const ThreatDataSetting& setting, std::string_view now,
                                                      std::vector<model::Finding>& findings) {
  const auto moment = threatdb::parse_moment(now);
  if (!moment || setting.news_days == 0) return std::nullopt;
  model::ContextDrift drift;
  drift.since = threatdb::to_day(*moment - setting.news_days * threatdb::k_day);
  for (model::Finding& finding : findings) {
    if (finding.state != model::BaselineState::unchanged || !finding.weakness) continue;
    const News news = newest(*finding.weakness);
    if (news.day.empty() || news.day < drift.since) continue;
    drift.findings.push_back(finding.fingerprint);
    finding.why = "The release did not bring it: " + news.words + ". " + finding.why;
    if (setting.judges_news) finding.state = model::BaselineState::updated;
  }
  if (drift.findings.empty()) return std::nullopt;
  return drift;
}

}  // namespace postern::app
