// SPDX-License-Identifier: Apache-2.0
// Sources, ages and counts of a threat database.
#include "app/threat_data/info_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/threat_data/settings.h"
#include "render/escape.h"
#include "render/words.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;
using threatdb::IndexInfo;
using threatdb::KindAge;
using threatdb::SourceInfo;
using threatdb::SourceKind;

constexpr std::size_t k_shown_digest = 12;

std::string kind_title(SourceKind kind) {
  constexpr const char* k_titles[] = {"advisories", "exploited (KEV)", "probabilities (EPSS)"};
  return k_titles[static_cast<std::size_t>(kind)];
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string source_line(const SourceInfo& source) {
  std::string line = "  " + padded(threatdb::to_string(source.kind), 6) + padded(render::terminal(source.name), 40) + " " +
                     render::counted(source.records, "record");
  if (source.refused > 0) line += " (" + std::to_string(source.refused) + " could not be used)";
  line += ", of " + (source.date == threatdb::k_never ? "an unknown day" : threatdb::to_day(source.date));
  if (!source.edition.empty()) line += ", edition " + render::terminal(source.edition);
  return line + ", sha256 " + render::terminal(source.digest.substr(0, k_shown_digest)) + "\n";
}

Json source_json(const SourceInfo& source) {
  Json json{{"kind", threatdb::to_string(source.kind)}, {"name", source.name}};
  if (!source.edition.empty()) json["edition"] = source.edition;
  json["date"] = source.date == threatdb::k_never ? Json(nullptr) : Json(threatdb::to_text(source.date));
  json["sha256"] = source.digest;
  json["records"] = source.records;
  json["refused"] = source.refused;
  return json;
}

Json counts_json(const IndexInfo& info) {
  return {{"advisories", info.advisories}, {"withdrawn", info.withdrawn}, {"weaknesses", info.weaknesses},
          {"packages", info.packages},     {"exploited", info.exploited}, {"probabilities", info.probabilities}};
}

std::string counts_text(const IndexInfo& info) {
  std::string text = "holds       " + render::counted(info.advisories, "advisory", "advisories");
  if (info.withdrawn > 0) text += " (" + std::to_string(info.withdrawn) + " withdrawn)";
  text += " of " + render::counted(info.weaknesses, "weakness", "weaknesses") + " in " + render::counted(info.packages, "package") +
          "; " + render::counted(info.exploited, "exploited vulnerability", "exploited vulnerabilities") + "; " +
          render::counted(info.probabilities, "probability", "probabilities") + "\n";
  return text;
}

/// Text that is no UTF-8 is replaced: nothing in an index may break the output.
std::string dumped(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string info_text(const ThreatDataState& state) {
  const auto ages = threatdb::ages_of(state.info, state.now, state.limits);
  std::string text = "database    " + render::terminal(state.folder) + "\n";
  text += "digest      sha256 " + render::terminal(state.digest) + (state.is_verified ? ", verified" : "") + "\n";
  text += counts_text(state.info);
  text += std::string("state       ") + to_string(threatdb::freshness_of(ages)) + "\n";
  for (const KindAge& row : ages) {
    text += "  " + padded(kind_title(row.kind), 22) + padded(to_string(row.freshness), 8);
    if (row.date != threatdb::k_never) text += " " + threatdb::to_text(row.date) + ", " + age_text(row.age) + " old";
    text += "\n";
  }
  text += "sources\n";
  for (const SourceInfo& source : state.info.sources) text += source_line(source);
  text += "ecosystems\n";
  for (const auto& [name, ecosystem] : state.info.ecosystems)
    text += "  " + padded(render::terminal(name), 22) + " " + render::counted(ecosystem.advisories, "advisory", "advisories") +
            (ecosystem.newest == threatdb::k_never ? "" : ", newest of " + threatdb::to_day(ecosystem.newest)) + "\n";
  return text;
}

std::string info_json(const ThreatDataState& state) {
  const auto ages = threatdb::ages_of(state.info, state.now, state.limits);
  Json json{{"folder", state.folder}, {"sha256", state.digest}, {"bytes", state.file_size}, {"verified", state.is_verified}};
  json["state"] = to_string(threatdb::freshness_of(ages));
  json["counts"] = counts_json(state.info);
  for (const KindAge& row : ages) {
    Json each{{"state", to_string(row.freshness)}};
    if (row.date != threatdb::k_never) {
      each["date"] = threatdb::to_text(row.date);
      each["age_hours"] = row.age / threatdb::k_hour;
    }
    json["ages"][threatdb::to_string(row.kind)] = std::move(each);
  }
  json["sources"] = Json::array();
  for (const SourceInfo& source : state.info.sources) json["sources"].push_back(source_json(source));
  json["ecosystems"] = Json::object();
  for (const auto& [name, ecosystem] : state.info.ecosystems)
    json["ecosystems"][name] = {{"advisories", ecosystem.advisories}, {"newest", threatdb::to_text(ecosystem.newest)}};
  return dumped(json);
}

std::string import_text(const threatdb::ImportOutcome& outcome, const std::string& folder) {
  std::string text = "imported\n";
  for (const SourceInfo& source : outcome.imported) text += source_line(source);
  text += "advisories  " + std::to_string(outcome.added) + " new, " + std::to_string(outcome.changed) + " changed, " +
          std::to_string(outcome.unchanged) + " as before\n";
  text += "database    " + render::terminal(folder) + "\n";
  return text + counts_text(outcome.info);
}

std::string import_json(const threatdb::ImportOutcome& outcome, const std::string& folder) {
  Json json{{"folder", folder}, {"sha256", outcome.digest}};
  json["imported"] = Json::array();
  for (const SourceInfo& source : outcome.imported) json["imported"].push_back(source_json(source));
  json["advisories"] = {{"added", outcome.added}, {"changed", outcome.changed}, {"unchanged", outcome.unchanged}};
  json["counts"] = counts_json(outcome.info);
  return dumped(json);
}

}  // namespace postern::app
