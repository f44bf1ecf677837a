// SPDX-License-Identifier: Apache-2.0
// Answers of the threat database in the words of the model.
#include "app/threats.h"

#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "app/threat_data/settings.h"
#include "package/purl.h"
#include "package/range.h"

namespace postern::app {
namespace {

using enrich::KnownWeakness;
using model::Symbol;

std::vector<Symbol> symbols(const std::vector<std::string_view>& texts) {
  std::vector<Symbol> list;
  for (const std::string_view text : texts) list.emplace_back(text);
  return list;
}

KnownWeakness known_of(const threatdb::Match& match) {
  KnownWeakness known;
  known.id = Symbol(match.canonical_id);
  known.aliases = symbols(match.ids);
  std::erase(known.aliases, known.id);
  known.title = Symbol(match.summary);
  known.fixed_in = symbols(match.fixed);
  if (const threatdb::Severity* severity = match.best_severity()) {
    known.vector = Symbol(severity->text);
    known.score = severity->score;
  }
  known.severity = Symbol(match.severity_word);
  if (match.exploited) {
    known.known_exploited_since = Symbol(match.exploited->added);
    known.in_ransomware = match.exploited->is_ransomware;
  }
  if (match.probability) known.epss = match.probability->probability;
  known.published = Symbol(threatdb::to_day(match.published));
  known.is_certain = match.affected == package::Affected::yes;
  return known;
}

std::vector<KnownWeakness> ask(const threatdb::Database& database, const model::Library& library) {
  if (!library.purl.view().starts_with("pkg:")) return {};
  auto purl = package::parse_purl(library.purl.str() + (library.qualifiers.empty() ? "" : "?" + library.qualifiers.str()));
  if (!purl) return {};
  purl->version = library.version.str();
  const auto asked = threatdb::identity_of(*purl);
  std::vector<KnownWeakness> list;
  if (!asked) return list;
  for (const threatdb::Match& match : database.find(asked->package, asked->version)) list.push_back(known_of(match));
  return list;
}

std::optional<KnownWeakness> ask(const threatdb::Database& database, Symbol id) {
  const auto record = database.find_weakness(id.view());
  if (record) return known_of(record->weakness);
  const auto exploited = database.exploited(id.view());
  const auto probability = database.probability(id.view());
  if (!exploited && !probability) return std::nullopt;
  KnownWeakness known;
  known.id = id;
  if (exploited) {
    known.known_exploited_since = Symbol(exploited->added);
    known.in_ransomware = exploited->is_ransomware;
    known.title = Symbol(exploited->name);
  }
  if (probability) known.epss = probability->probability;
  return known;
}

KnownWeakness known_of(const policy::CaseThreat& threat) {
  KnownWeakness known;
  known.id = Symbol(threat.id);
  for (const std::string& alias : threat.aliases) known.aliases.emplace_back(alias);
  if (!threat.fixed.empty()) known.fixed_in.emplace_back(threat.fixed);
  known.vector = Symbol(threat.vector);
  if (const auto scoring = cvss::score(threat.vector); scoring.scores) known.score = scoring.scores->base;
  known.known_exploited_since = Symbol(threat.known_exploited_since);
  known.epss = threat.epss;
  return known;
}

bool is_affected(const policy::CaseThreat& threat, const model::Library& library) {
  if (threat.package != library.purl.view()) return false;
  if (threat.range.empty()) return true;
  const package::RangeReading reading = package::parse_vers(threat.range);
  if (!reading.range)
    throw UsageError("'" + threat.range + "' is no range of versions: " + reading.refusal, "for instance vers:npm/<1.2.3");
  return package::contains(*reading.range, library.version.view()).value_or(true);
}

}  // namespace

Threats::Threats(const ThreatChoice& choice, std::string_view now) {
  if (choice.folder.empty()) return;
  try {
    m_database.emplace(threatdb::Database::open(choice.folder));
  } catch (const SourceError&) {
    if (choice.is_named) throw;
    return;
  }
  const auto moment = threatdb::parse_moment(now);
  m_ages = threatdb::ages_of(m_database->info(), moment.value_or(0), choice.limits);
  m_freshness = threatdb::freshness_of(m_ages);
}

enrich::Intelligence Threats::intelligence() const {
  if (!m_database) return {};
  const threatdb::Database& database = *m_database;
  return {[&database](const model::Library& library) { return ask(database, library); },
          [&database](Symbol id) { return ask(database, id); }};
}

std::string Threats::digest() const { return m_database ? std::string(m_database->digest()) : std::string(); }

std::string Threats::age_text() const {
  constexpr std::array<std::string_view, 3> k_names = {"advisories", "known exploited vulnerabilities", "EPSS scores"};
  std::string text;
  for (const threatdb::KindAge& each : m_ages) {
    if (each.freshness == threatdb::Freshness::missing) continue;
    text += (text.empty() ? "" : ", ") + std::string(k_names.at(static_cast<std::size_t>(each.kind))) + " of " +
            threatdb::to_day(each.date) + " (" + app::age_text(each.age) + " old)";
  }
  return text;
}

enrich::Intelligence intelligence_of(const std::vector<policy::CaseThreat>& threats) {
  if (threats.empty()) return {};
  return {[threats](const model::Library& library) {
            std::vector<KnownWeakness> list;
            for (const policy::CaseThreat& threat : threats) {
              if (is_affected(threat, library)) list.push_back(known_of(threat));
            }
            return list;
          },
          [threats](Symbol id) -> std::optional<KnownWeakness> {
            for (const policy::CaseThreat& threat : threats) {
              if (threat.id == id.view() || std::ranges::find(threat.aliases, id.view()) != threat.aliases.end())
                return known_of(threat);
            }
            return std::nullopt;
          }};
}

}  // namespace postern::app
