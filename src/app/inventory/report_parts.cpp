// SPDX-License-Identifier: Apache-2.0
// Common parts of reports of queries and hunts.
#include "app/inventory/report_parts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/escape.h"
#include "render/words.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_few = 10;  ///< shown without --verbose

std::string database_words(const Threats& threats) {
  if (!threats.is_there()) return "no threat database: only reports say what is weak";
  const std::string age = threats.age_text();
  return "threat database: " + (age.empty() ? std::string("without dates") : age);
}

template <typename T, typename Text>
std::string some_of(const std::vector<T>& list, bool all, Text text) {
  std::vector<std::string> words;
  for (const T& each : list) {
    if (!all && words.size() == k_few) break;
    words.push_back(text(each));
  }
  const std::size_t rest = list.size() - words.size();
  return joined(words, ", ") + (rest == 0 ? "" : ", and " + std::to_string(rest) + " more; --verbose shows all");
}

}  // namespace

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

std::vector<std::string> texts_of(const std::vector<model::Symbol>& symbols) {
  std::vector<std::string> texts;
  for (const model::Symbol each : symbols) texts.push_back(each.str());
  return texts;
}

std::string way_of(const InventoryEntity& entity) {
  if (entity.path.nodes.empty()) return {};
  return std::string(to_string(entity.path.entry)) + " -> " + joined(entity.path.nodes, " -> ");
}

std::string data_words(const InventoryEntity& entity) { return entity.data.empty() ? "none" : joined(entity.data, ", "); }

void write_looked(render::TextLayout& out, const LookedAt& looked, const Threats& threats) {
  const bool all = out.options().detail == render::Detail::full;
  out.blank();
  out.paragraph("looked at          ",
                render::counted(looked.sources, "source") + ": " + render::counted(looked.services, "service") + ", " +
                    render::counted(looked.components, "component") + " in bills of materials; " + database_words(threats));
  if (!looked.unknown.empty()) {
    out.paragraph("libraries unknown  ",
                  render::counted(looked.unknown.size(), "service") + ", of which nothing can be said: " +
                      some_of(looked.unknown, all, [](const InventoryEntity& each) { return to_string(each.id); }));
  }
  if (!looked.unread.empty()) {
    out.paragraph("not read           ", render::counted(looked.unread.size(), "source") + ": " +
                                             some_of(looked.unread, all, [](const std::string& each) { return each; }));
  }
}

Json json_of(const InventoryEntity& entity) {
  Json row = {{"application", entity.id.application.str()},
              {"target", entity.id.target.str()},
              {"address", entity.id.address.str()},
              {"kind", std::string(to_string(entity.kind))},
              {"exposure", entity.exposure},
              {"data", entity.data},
              {"owner", entity.owner.str()},
              {"tier", entity.tier.str()},
              {"risk", {{"score", static_cast<double>(entity.score_tenths) / 10}, {"band", std::string(to_string(entity.band))}}},
              {"location", base::to_string(entity.location)},
              {"source", entity.source}};
  if (!entity.path.nodes.empty()) {
    Json evidence = Json::array();
    for (const base::Location& each : entity.path.evidence) evidence.push_back(base::to_string(each));
    row["path"] = {
        {"entry", std::string(to_string(entity.path.entry))}, {"nodes", entity.path.nodes}, {"evidence", std::move(evidence)}};
  }
  return row;
}

Json json_of(const LookedAt& looked, const Threats& threats) {
  Json unknown = Json::array();
  for (const InventoryEntity& each : looked.unknown) {
    unknown.push_back({{"application", each.id.application.str()},
                       {"target", each.id.target.str()},
                       {"address", each.id.address.str()},
                       {"owner", each.owner.str()},
                       {"source", each.source}});
  }
  return {{"sources", looked.sources},
          {"services", looked.services},
          {"components", looked.components},
          {"threat_database", threats.is_there() ? Json{{"digest", threats.digest()}, {"age", threats.age_text()}} : Json(nullptr)},
          {"libraries_unknown", std::move(unknown)},
          {"not_read", looked.unread}};
}

std::string json_text(const Json& whole) { return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + render::csv_cell(cell);
  return line + "\n";
}

std::vector<std::string> csv_titles() {
  return {"application", "target", "address", "kind", "exposure", "data",  "owner",
          "tier",        "score",  "band",    "path", "location", "source"};
}

std::vector<std::string> csv_cells(const InventoryEntity& entity) {
  return {entity.id.application.str(),
          entity.id.target.str(),
          entity.id.address.str(),
          std::string(to_string(entity.kind)),
          entity.exposure,
          joined(entity.data, "; "),
          entity.owner.str(),
          entity.tier.str(),
          model::tenths_to_string(entity.score_tenths),
          std::string(to_string(entity.band)),
          way_of(entity),
          base::to_string(entity.location),
          entity.source};
}

}  // namespace postern::app
