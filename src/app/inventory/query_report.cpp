// SPDX-License-Identifier: Apache-2.0
// Answers to queries.
#include <nlohmann/json.hpp>

#include "app/inventory/report_parts.h"
#include "app/inventory/reports.h"
#include "render/words.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> table_row(const InventoryEntity& entity) {
  return {model::tenths_to_string(entity.score_tenths) + " " + std::string(to_string(entity.band)),
          entity.id.application.str(),
          entity.id.target.str(),
          entity.id.address.str(),
          std::string(to_string(entity.kind)),
          entity.exposure,
          data_words(entity),
          entity.owner.empty() ? "nobody" : entity.owner.str(),
          entity.tier.empty() ? "unknown" : entity.tier.str()};
}

void write_table(render::TextLayout& out, const std::vector<InventoryEntity>& entities) {
  if (entities.empty()) return;
  std::vector<std::vector<std::string>> rows = {
      {"risk", "application", "target", "address", "kind", "exposure", "data in reach", "owner", "tier"}};
  for (const InventoryEntity& each : entities) rows.push_back(table_row(each));
  out.table(rows);
}

Json rows_of(const std::vector<InventoryEntity>& entities) {
  Json rows = Json::array();
  for (const InventoryEntity& each : entities) rows.push_back(json_of(each));
  return rows;
}

}  // namespace

std::string query_text(const QueryResult& result, const Threats& threats, const render::TextOptions& options) {
  render::TextLayout out(options);
  out.line({{render::Tone::strong,
             render::counted(result.matches.size(), "match", "matches") + " among " + std::to_string(result.asked)}});
  write_table(out, result.matches);
  if (!result.undecided.empty()) {
    out.blank();
    out.line(
        {{render::Tone::amber, render::counted(result.undecided.size(), "answer") + " unknown: they depend on what nobody says"}});
    write_table(out, result.undecided);
  }
  if (result.failed != 0) {
    out.blank();
    out.paragraph("failed             ", std::to_string(result.failed) + ": " + result.first_failure);
  }
  write_looked(out, result.looked, threats);
  return out.take();
}

std::string query_json(const QueryResult& result, const policy::Query& query, const Threats& threats) {
  return json_text({{"query", query.program.source()},
                    {"asked", result.asked},
                    {"matches", rows_of(result.matches)},
                    {"unknown", rows_of(result.undecided)},
                    {"failed", {{"count", result.failed}, {"first", result.first_failure}}},
                    {"looked_at", json_of(result.looked, threats)}});
}

std::string query_csv(const QueryResult& result) {
  const auto line = [](std::string answer, std::vector<std::string> cells) {
    cells.insert(cells.begin(), std::move(answer));
    return csv_line(cells);
  };
  std::string text = line("answer", csv_titles());
  for (const InventoryEntity& each : result.matches) text += line("match", csv_cells(each));
  for (const InventoryEntity& each : result.undecided) text += line("unknown", csv_cells(each));
  return text;
}

}  // namespace postern::app
