// SPDX-License-Identifier: Apache-2.0
// Answers of the threat database for people and for programs; every text of an advisory is somebody else's.
#include "app/threat_data/lookup_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "render/escape.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;
using package::Affected;
using threatdb::Match;

constexpr std::size_t k_shown_versions = 12;

const char* affected_name(Affected affected) {
  if (affected == Affected::yes) return "affected";
  return affected == Affected::no ? "not affected" : "unknown";
}

const char* reason_text(threatdb::Reason reason) {
  constexpr const char* k_texts[] = {"the version lies in an affected range",
                                     "the version is listed",
                                     "the commit is named",
                                     "the version lies outside of all affected ranges and lists",
                                     "no version was named",
                                     "the version or a range cannot be compared"};
  return k_texts[static_cast<std::size_t>(reason)];
}

template <typename List>
std::string joined(const List& list, std::size_t most = SIZE_MAX) {
  std::string text;
  std::size_t count = 0;
  for (const auto& each : list) {
    if (count++ == most) return text + ", ...";
    text += (text.empty() ? "" : ", ") + render::terminal(each);
  }
  return text;
}

std::string severity_text(const Match& match) {
  if (const threatdb::Severity* best = match.best_severity()) {
    const auto rating = cvss::severity_of(*best->version, best->score);
    return fmt::format("CVSS {} {:.1f} {} ({})", cvss::to_string(*best->version), best->score, cvss::to_string(rating),
                       render::terminal(best->text));
  }
  if (!match.severity_word.empty()) return render::terminal(match.severity_word);
  return match.severities.empty() ? "not stated" : render::terminal(match.severities.front().text);
}

std::string exploited_text(const threatdb::KnownExploited& row) {
  return "known exploited since " + render::terminal(row.added) + (row.is_ransomware ? ", in ransomware campaigns" : "") +
         (row.due.empty() ? "" : ", to be mended by " + render::terminal(row.due));
}

std::string probability_text(const threatdb::ExploitProbability& row) {
  std::string text = fmt::format("EPSS {:.5f}", row.probability);
  if (row.percentile) text += fmt::format(", percentile {:.5f}", *row.percentile);
  return text;
}

/// What is the same for a package and for an id.
std::string weakness_lines(const Match& match) {
  std::string text;
  const auto line = [&](const char* title, const std::string& value) {
    if (!value.empty()) text += fmt::format("    {:<10} {}\n", title, value);
  };
  line("summary", render::terminal(match.summary));
  line("severity", severity_text(match));
  if (match.exploited) line("exploited", exploited_text(*match.exploited));
  if (match.probability) line("chance", probability_text(*match.probability));
  if (match.ids.size() > 1) line("also", joined(std::vector(match.ids.begin() + 1, match.ids.end())));
  line("upstream", joined(match.upstream, k_shown_versions));
  line("published", threatdb::to_day(match.published));
  line("changed", threatdb::to_day(match.modified));
  if (match.withdrawn != threatdb::k_never) line("withdrawn", threatdb::to_day(match.withdrawn));
  return text;
}

std::string match_text(const Match& match) {
  std::string text =
      fmt::format("  {}  {}: {}\n", render::terminal(match.canonical_id), affected_name(match.affected), reason_text(match.reason));
  text +=
      fmt::format("    {:<10} {}\n", "fixed in", match.fixed.empty() ? "no version known" : joined(match.fixed, k_shown_versions));
  text += weakness_lines(match);
  std::string advisories;
  for (const threatdb::AdvisoryMatch& each : match.advisories)
    advisories += (advisories.empty() ? "" : ", ") + render::terminal(each.id) + " (" + affected_name(each.affected) + ")";
  text += fmt::format("    {:<10} {}\n", "said by", advisories);
  for (const threatdb::AffectedSymbols& symbols : match.symbols)
    text += fmt::format("    {:<10} {}{}\n", "in", render::terminal(symbols.path),
                        symbols.names.empty() ? std::string() : ": " + joined(symbols.names, k_shown_versions));
  return text;
}

std::string range_text(const threatdb::VersionRange& range) {
  constexpr const char* k_kinds[] = {"from", "fixed in", "last affected", "before"};
  std::string text;
  for (const package::Event& event : range.events)
    text += (text.empty() ? "" : ", ") + std::string(k_kinds[static_cast<std::size_t>(event.kind)]) + " " +
            render::terminal(event.version);
  return text;
}

std::string record_text(const threatdb::Advisory& advisory) {
  std::string text = "  " + render::terminal(advisory.id);
  if (advisory.withdrawn != threatdb::k_never) text += ", withdrawn " + threatdb::to_day(advisory.withdrawn);
  text += "\n";
  for (const threatdb::AffectedPackage& affected : advisory.affected) {
    text += "    " + render::terminal(affected.ecosystem) + " " + render::terminal(affected.name);
    for (const threatdb::VersionRange& range : affected.ranges) {
      if (range.type != threatdb::RangeType::git || affected.ecosystem == "GIT") text += "; " + range_text(range);
    }
    if (!affected.versions.empty()) text += fmt::format("; {} listed", affected.versions.size());
    text += "\n";
  }
  for (const std::string_view reference : advisory.references) text += "    " + render::terminal(reference) + "\n";
  return text;
}

std::string answer_text(const LookupAnswer& answer) {
  std::string text = render::terminal(answer.asked) + "\n";
  if (answer.weakness) {
    text += "  " + render::terminal(answer.weakness->weakness.canonical_id) + "\n" + weakness_lines(answer.weakness->weakness);
    for (const threatdb::AdvisoryRecord& record : answer.weakness->advisories) text += record_text(record.advisory);
    return text;
  }
  if (answer.exploited) text += "  " + exploited_text(*answer.exploited) + "\n";
  if (answer.probability) text += "  " + probability_text(*answer.probability) + "\n";
  for (const Match& match : answer.matches) text += match_text(match);
  if (!answer.matches.empty() || answer.exploited || answer.probability) return text;
  if (!answer.package) return text + "  no advisory has this id or alias\n";
  return text + (answer.is_known ? "  no known weakness concerns this version\n" : "  no advisory speaks of this package\n");
}

Json texts_json(const auto& list) {
  Json json = Json::array();
  for (const auto& each : list) json.push_back(std::string(each));
  return json;
}

Json exploited_json(const threatdb::KnownExploited& row) {
  return {{"id", row.id},         {"added", row.added},     {"due", row.due},   {"ransomware", row.is_ransomware},
          {"vendor", row.vendor}, {"product", row.product}, {"name", row.name}, {"action", row.action}};
}

Json probability_json(const threatdb::ExploitProbability& row) {
  // Scores are published with five digits, and a float has no more.
  const auto rounded = [](double value) { return std::stod(fmt::format("{:.5f}", value)); };
  Json json{{"id", row.id}, {"probability", rounded(row.probability)}};
  if (row.percentile) json["percentile"] = rounded(*row.percentile);
  return json;
}

Json severities_json(const Match& match) {
  Json json = Json::array();
  for (const threatdb::Severity& each : match.severities) {
    Json row{{"advisory", each.advisory}, {"type", each.type}, {"text", each.text}};
    if (each.version) row.update({{"version", cvss::to_string(*each.version)}, {"score", each.score}});
    json.push_back(std::move(row));
  }
  return json;
}

Json weakness_json(const Match& match) {
  Json json{{"id", match.canonical_id}, {"ids", texts_json(match.ids)}, {"summary", match.summary}};
  if (!match.upstream.empty()) json["upstream"] = texts_json(match.upstream);
  json["severities"] = severities_json(match);
  if (const threatdb::Severity* best = match.best_severity())
    json["severity"] = {{"version", cvss::to_string(*best->version)},
                        {"score", best->score},
                        {"rating", cvss::to_string(cvss::severity_of(*best->version, best->score))},
                        {"vector", best->text}};
  if (!match.severity_word.empty()) json["severity_word"] = match.severity_word;
  if (match.exploited) json["exploited"] = exploited_json(*match.exploited);
  if (match.probability) json["epss"] = probability_json(*match.probability);
  const auto moment = [&](const char* key, threatdb::Moment value) {
    if (value != threatdb::k_never) json[key] = threatdb::to_text(value);
  };
  moment("published", match.published);
  moment("modified", match.modified);
  moment("withdrawn", match.withdrawn);
  return json;
}

Json match_json(const Match& match) {
  Json json = weakness_json(match);
  json["affected"] = match.affected == Affected::yes ? "yes" : match.affected == Affected::no ? "no" : "unknown";
  json["reason"] = threatdb::to_string(match.reason);
  json["fixed"] = texts_json(match.fixed);
  json["advisories"] = Json::array();
  for (const threatdb::AdvisoryMatch& each : match.advisories) {
    json["advisories"].push_back({{"id", each.id},
                                  {"affected", each.affected == Affected::yes  ? "yes"
                                               : each.affected == Affected::no ? "no"
                                                                               : "unknown"},
                                  {"reason", threatdb::to_string(each.reason)},
                                  {"ecosystem", each.ecosystem},
                                  {"fixed", texts_json(each.fixed)}});
  }
  for (const threatdb::AffectedSymbols& symbols : match.symbols)
    json["symbols"].push_back({{"path", symbols.path}, {"names", texts_json(symbols.names)}});
  return json;
}

Json record_json(const threatdb::Advisory& advisory) {
  constexpr const char* k_kinds[] = {"introduced", "fixed", "last_affected", "limit"};
  constexpr const char* k_types[] = {"SEMVER", "ECOSYSTEM", "GIT", "other"};
  Json json{{"id", advisory.id}, {"aliases", texts_json(advisory.aliases)}, {"references", texts_json(advisory.references)}};
  if (advisory.withdrawn != threatdb::k_never) json["withdrawn"] = threatdb::to_text(advisory.withdrawn);
  json["affected"] = Json::array();
  for (const threatdb::AffectedPackage& affected : advisory.affected) {
    Json row{{"ecosystem", affected.ecosystem}, {"name", affected.name}, {"ranges", Json::array()}};
    for (const threatdb::VersionRange& range : affected.ranges) {
      Json events = Json::array();
      for (const package::Event& event : range.events)
        events.push_back({{k_kinds[static_cast<std::size_t>(event.kind)], event.version}});
      row["ranges"].push_back({{"type", k_types[static_cast<std::size_t>(range.type)]}, {"events", std::move(events)}});
    }
    row["versions"] = texts_json(affected.versions);
    json["affected"].push_back(std::move(row));
  }
  return json;
}

Json answer_json(const LookupAnswer& answer) {
  Json json{{"asked", answer.asked}, {"known", answer.is_known}};
  if (answer.package) {
    json["package"] = {{"ecosystem", answer.package->package.ecosystem},
                       {"release", answer.package->package.release},
                       {"name", answer.package->package.name},
                       {"version", answer.package->version}};
    json["matches"] = Json::array();
    for (const Match& match : answer.matches) json["matches"].push_back(match_json(match));
  }
  if (answer.weakness) {
    json["weakness"] = weakness_json(answer.weakness->weakness);
    json["weakness"]["advisories"] = Json::array();
    for (const threatdb::AdvisoryRecord& record : answer.weakness->advisories)
      json["weakness"]["advisories"].push_back(record_json(record.advisory));
  }
  if (answer.exploited) json["exploited"] = exploited_json(*answer.exploited);
  if (answer.probability) json["epss"] = probability_json(*answer.probability);
  return json;
}

}  // namespace

std::string lookup_text(const std::vector<LookupAnswer>& answers) {
  std::string text;
  for (const LookupAnswer& answer : answers) text += answer_text(answer);
  return text;
}

std::string lookup_json(const std::vector<LookupAnswer>& answers) {
  Json json = Json::array();
  for (const LookupAnswer& answer : answers) json.push_back(answer_json(answer));
  // Text that is no UTF-8 is replaced: nothing in an advisory may break the output.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace postern::app
