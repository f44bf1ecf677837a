// SPDX-License-Identifier: Apache-2.0
// Answers to hunts.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/inventory/report_parts.h"
#include "app/inventory/reports.h"
#include "render/words.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;
using render::Tone;

constexpr std::size_t k_few = 5;  ///< of one row, without --verbose

std::string with_digits(double number, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  return text.data();
}

/// `CVE-2021-44228: 10.0 critical, known exploited since 2021-12-10, EPSS 0.94`.
std::string weakness_words(const model::Weakness& weakness) {
  std::string text = weakness.id.str() + ":";
  if (weakness.score) text += " " + with_digits(*weakness.score, 1);
  text += weakness.severity.empty() ? " severity unknown" : " " + weakness.severity.str();
  if (!weakness.known_exploited_since.empty()) text += ", known exploited since " + weakness.known_exploited_since.str();
  if (weakness.in_ransomware) text += ", used in ransomware";
  if (weakness.epss) text += ", EPSS " + with_digits(*weakness.epss, 2);
  if (!weakness.is_certain) text += ", whether this version is affected cannot be told";
  return text;
}

std::string package_words(const HuntRow& row) {
  if (row.package.empty()) return "no package";
  const std::string versions = joined(texts_of(row.versions), ", ");
  return row.package.str() + (versions.empty() ? ", version unknown" : " " + versions);
}

std::string fix_words(const HuntRow& row) {
  if (row.weaknesses.empty()) return {};
  return row.fixed_in.empty() ? "no version without the weakness is known" : joined(texts_of(row.fixed_in), ", ");
}

std::vector<std::string> places_of(const HuntRow& row) {
  std::vector<std::string> places;
  for (const base::Location& each : row.evidence) places.push_back(base::to_string(each));
  return places;
}

std::vector<std::string> witnesses_of(const HuntRow& row) {
  std::vector<std::string> names;
  for (const model::Weakness& weakness : row.weaknesses) {
    for (const model::Witness& witness : weakness.witnesses) names.push_back(witness.source.str());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

const char* answer_of(const HuntRow& row) {
  if (!row.is_certain) return "possible";
  return row.weaknesses.empty() ? "present" : "weak";
}

std::string some(std::vector<std::string> list, bool all) {
  const std::size_t rest = all || list.size() <= k_few ? 0 : list.size() - k_few;
  list.resize(list.size() - rest);
  return joined(list, ", ") + (rest == 0 ? "" : ", " + std::to_string(rest) + " more");
}

void write_row(render::TextLayout& out, const HuntRow& row, std::size_t number) {
  const bool all = out.options().detail == render::Detail::full;
  const InventoryEntity& entity = row.entity;
  out.blank();
  const std::string score = row.weaknesses.empty()
                                ? "no known weakness"
                                : model::tenths_to_string(entity.score_tenths) + " " + std::string(to_string(entity.band));
  out.line({{Tone::strong, std::to_string(number) + "  " + score + "  " + to_string(entity.id)},
            {Tone::faint, row.is_certain ? "" : "  (possible)"}});
  out.paragraph("   has      ", package_words(row));
  std::vector<std::string> weaknesses;
  for (const model::Weakness& each : row.weaknesses) weaknesses.push_back(weakness_words(each));
  const std::size_t shown = all ? weaknesses.size() : std::min(weaknesses.size(), k_few);
  for (std::size_t i = 0; i < shown; ++i) out.paragraph(i == 0 ? "   weak     " : "            ", weaknesses[i]);
  if (shown < weaknesses.size())
    out.paragraph("            ", std::to_string(weaknesses.size() - shown) + " more; --verbose shows all");
  if (const std::string fix = fix_words(row); !fix.empty()) out.paragraph("   fixed in ", fix);
  const std::string way = way_of(entity);
  out.paragraph("   exposed  ", entity.exposure + (way.empty() ? "" : ": " + way));
  out.paragraph("   data     ", data_words(entity));
  out.paragraph("   owner    ", (entity.owner.empty() ? std::string("nobody") : entity.owner.str()) + ", tier " +
                                    (entity.tier.empty() ? std::string("unknown") : entity.tier.str()));
  out.paragraph("   where    ", some(places_of(row), all) + " in " + entity.source);
  if (const auto names = witnesses_of(row); !names.empty()) out.paragraph("   says     ", joined(names, ", "));
}

/// What is known of the weakness itself, whoever has it.
void write_known(render::TextLayout& out, const Hunted& hunted, const Threats& threats) {
  if (hunted.kind() != HuntedKind::weakness) return;
  if (!hunted.known()) {
    out.paragraph("", threats.is_there()
                          ? "The threat database does not know " + hunted.text() + ": only reports were asked."
                          : "There is no threat database: only reports were asked. `postern threatdb import` makes one.");
    return;
  }
  const enrich::KnownWeakness& known = *hunted.known();
  std::vector<std::string> names = texts_of(known.aliases);
  std::string text = known.id.str() + (names.empty() ? "" : " (" + joined(names, ", ") + ")");
  if (!known.title.empty()) text += ": " + known.title.str();
  out.paragraph("", text);
  std::string state = known.score ? "CVSS " + with_digits(*known.score, 1) : "no CVSS score";
  state += known.known_exploited_since.empty() ? ", not known to be exploited"
                                               : ", known exploited since " + known.known_exploited_since.str();
  if (known.epss) state += ", EPSS " + with_digits(*known.epss, 2);
  out.paragraph("", state);
}

std::uint64_t services_in(const HuntAnswer& answer, bool only_open) {
  std::vector<std::pair<model::EntityId, std::string>> services;
  for (const HuntRow& row : answer.rows) {
    if (!only_open || row.entity.exposure == "internet") services.emplace_back(row.entity.id, row.entity.source);
  }
  std::sort(services.begin(), services.end());
  services.erase(std::unique(services.begin(), services.end()), services.end());
  return services.size();
}

Json json_of(const model::Weakness& weakness) {
  Json row = {{"id", weakness.id.str()},
              {"aliases", texts_of(weakness.aliases)},
              {"category", to_string(weakness.category)},
              {"title", weakness.title.str()},
              {"severity", weakness.severity.str()},
              {"vector", weakness.vector.str()},
              {"fixed_in", texts_of(weakness.fixed_in)},
              {"known_exploited_since", weakness.known_exploited_since.str()},
              {"in_ransomware", weakness.in_ransomware},
              {"certain", weakness.is_certain}};
  row["score"] = weakness.score ? Json(*weakness.score) : Json(nullptr);
  row["epss"] = weakness.epss ? Json(*weakness.epss) : Json(nullptr);
  return row;
}

Json json_of(const HuntRow& row) {
  Json whole = {{"answer", answer_of(row)},           {"entity", json_of(row.entity)},      {"package", row.package.str()},
                {"versions", texts_of(row.versions)}, {"fixed_in", texts_of(row.fixed_in)}, {"evidence", places_of(row)},
                {"sources", witnesses_of(row)}};
  Json weaknesses = Json::array();
  for (const model::Weakness& each : row.weaknesses) weaknesses.push_back(json_of(each));
  whole["weaknesses"] = std::move(weaknesses);
  return whole;
}

}  // namespace

std::string hunt_text(const HuntAnswer& answer, const Hunted& hunted, const Threats& threats, const render::TextOptions& options) {
  render::TextLayout out(options);
  const std::uint64_t services = services_in(answer, false);
  const std::string head = services == 0
                               ? "Nothing found: no service is known to have " + hunted.text()
                               : render::counted(services, "service") + (services == 1 ? " has " : " have ") + hunted.text() +
                                     ", " + std::to_string(services_in(answer, true)) + " reachable from the internet";
  out.line({{services == 0 ? Tone::plain : Tone::strong, head}});
  write_known(out, hunted, threats);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) write_row(out, answer.rows[i], i + 1);
  write_looked(out, answer.looked, threats);
  return out.take();
}

std::string hunt_json(const HuntAnswer& answer, const Hunted& hunted, const Threats& threats) {
  constexpr std::array k_kinds = {"weakness", "package", "name"};
  Json rows = Json::array();
  for (const HuntRow& row : answer.rows) rows.push_back(json_of(row));
  const bool is_known = hunted.kind() != HuntedKind::weakness || hunted.known().has_value();
  return json_text({{"hunted", hunted.text()},
                    {"as", k_kinds.at(static_cast<std::size_t>(hunted.kind()))},
                    {"known_to_threat_database", is_known},
                    {"services", services_in(answer, false)},
                    {"rows", std::move(rows)},
                    {"looked_at", json_of(answer.looked, threats)}});
}

std::string hunt_csv(const HuntAnswer& answer) {
  const auto line = [](std::vector<std::string> first, const std::vector<std::string>& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return csv_line(first);
  };
  std::string text =
      line({"answer", "package", "versions", "weaknesses", "fixed_in", "known_exploited_since", "evidence"}, csv_titles());
  for (const HuntRow& row : answer.rows) {
    std::vector<std::string> ids;
    std::string since;
    for (const model::Weakness& each : row.weaknesses) {
      ids.push_back(each.id.str());
      const std::string day = each.known_exploited_since.str();
      if (!day.empty() && (since.empty() || day < since)) since = day;
    }
    text += line({answer_of(row), row.package.str(), joined(texts_of(row.versions), "; "), joined(ids, "; "),
                  joined(texts_of(row.fixed_in), "; "), since, joined(places_of(row), "; ")},
                 csv_cells(row.entity));
  }
  for (const InventoryEntity& each : answer.looked.unknown) text += line({"unknown", "", "", "", "", "", ""}, csv_cells(each));
  return text;
}

}  // namespace postern::app
