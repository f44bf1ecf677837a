// SPDX-License-Identifier: Apache-2.0
// The order in which people see findings, the three that they see first, from where they block, and whose admission has ended.
#include "gate/rank.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace postern::gate {
namespace {

using model::BaselineState;
using model::Finding;

auto order_of(const Finding& finding) {
  // Negated where the greater comes first.
  return std::make_tuple(!model::is_blocking(finding), !model::is_risky(finding), !model::is_fresh(finding),
                         finding.state == BaselineState::absent, -finding.risk.score_tenths, -finding.severity,
                         finding.fingerprint);
}

/// "2026-01-31T12:00:00Z": such texts of one form compare like the times that they mean.
bool is_utc_time(std::string_view text) {
  constexpr std::string_view k_form = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != k_form.size()) return false;
  return std::equal(text.begin(), text.end(), k_form.begin(),
                    [](char c, char form) { return form == 'd' ? (c >= '0' && c <= '9') : c == form; });
}

}  // namespace

void rank(std::vector<Finding>& findings) {
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) { return order_of(a) < order_of(b); });
}

std::vector<std::size_t> top_three(const std::vector<Finding>& findings) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (model::is_risky(findings[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return findings[a].risk.score_tenths > findings[b].risk.score_tenths; });
  std::vector<std::size_t> top;
  std::set<std::string_view> causes;
  for (const std::size_t i : order) {
    if (top.size() == 3) break;
    const std::string_view cause =
        findings[i].root_cause.empty() ? std::string_view(findings[i].fingerprint) : findings[i].root_cause;
    if (causes.insert(cause).second) top.push_back(i);
  }
  return top;
}

void block_from(std::vector<Finding>& findings, std::optional<model::Band> block_at) {
  if (!block_at) return;
  for (Finding& finding : findings) {
    if (finding.enforcement == model::Enforcement::soft) finding.block_at = *block_at;
  }
}

void readmit(std::vector<Finding>& findings, const std::vector<model::AdmittedFinding>& admitted, std::string_view now) {
  for (Finding& finding : findings) {
    if (finding.state != BaselineState::unchanged) continue;
    const auto at = std::find_if(admitted.begin(), admitted.end(),
                                 [&](const model::AdmittedFinding& row) { return row.fingerprint == finding.fingerprint; });
    if (at == admitted.end()) continue;
    const bool expired = !is_utc_time(at->expires) || at->expires < now;
    const bool holds = !expired && finding.risk.score_tenths <= at->approved_tenths;
    if (holds) finding.admission = model::Admission{at->override_id, at->expires, at->approved_tenths};
    if (!holds) finding.state = BaselineState::added;
  }
}

}  // namespace postern::gate
