// SPDX-License-Identifier: Apache-2.0
// The map on a page: the picture for those who see it, a table for those who do not, or who look for a name.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>

#include "render/html/sections.h"
#include "render/words.h"

namespace postern::render::html {
namespace {

using svg::MapDrawing;

/// Wider pictures are shown in their own size, to be scrolled: made smaller, nobody could read them.
constexpr double k_widest_that_shrinks = 1'700;
constexpr std::size_t k_most_targets = 12;

Markup figure_of(const MapDrawing& drawing) {
  const bool is_large = drawing.width > k_widest_that_shrinks;
  const Markup picture =
      element("svg",
              {measure("width", drawing.width), measure("height", drawing.height), box_of_view(drawing.width, drawing.height),
               fixed("role", "img"), labelled_by({"map-title"})},
              element("title", {anchored({"map-title"})}, words("Architecture, with what changes")) + line_end() + drawing.picture);
  Markup items;
  for (const svg::LegendItem& item : drawing.legend) items += element("li", item.sample + words(item.words)) + line_end();
  Markup caption = items.empty() ? Markup() : element("ul", "legend", line_end() + items);
  if (!drawing.remark.empty()) caption += element("p", "remark", text(drawing.remark));
  return element("figure", is_large ? Word("map large") : Word("map"),
                 line_end() +
                     element("div",
                             {fixed("class", "canvas"), fixed("tabindex", "0"), fixed("role", "region"),
                              fixed("aria-label", "Picture of the architecture")},
                             picture) +
                     line_end() + element("figcaption", caption)) +
         line_end();
}

/// What a box leads to, by name.
std::map<model::EntityId, std::vector<std::string>> targets_of(const MapDrawing& drawing) {
  std::map<model::EntityId, std::vector<std::string>> targets;
  for (const model::PictureRelation& line : drawing.lines) {
    std::string kind = to_string(line.kind);
    for (char& c : kind) c = c == '_' ? ' ' : c;
    const std::string change = line.change ? std::string(", ") + to_string(*line.change) : "";
    targets[line.source].push_back(line.target.address.str() + " (" + kind + change + ")");
  }
  return targets;
}

Markup parts_of(const MapDrawing& drawing) {
  const auto targets = targets_of(drawing);
  Markup rows;
  for (const model::PictureEntity& box : drawing.boxes) {
    const auto found = targets.find(box.id);
    std::vector<std::string> leads = found == targets.end() ? std::vector<std::string>() : found->second;
    const std::size_t all = leads.size();
    leads.resize(std::min(all, k_most_targets));
    const Markup more = all > leads.size() ? text(", " + std::to_string(all - leads.size()) + " more") : Markup();
    const std::string kind = box.folded == 0 ? svg::kind_words(box.kind) : counted(box.folded, "part");
    rows += row({box.change ? change_sign(*box.change) : Markup(), code(box.id.address.view()), text(kind), text(box.exposure),
                 text(base::join(box.data_classes, ", ")), text(base::join(leads, ", ")) + more});
  }
  if (rows.empty()) return {};
  return fold(
      text("The same as a table: " + counted(drawing.boxes.size(), "box", "boxes") + ", " + counted(drawing.lines.size(), "line")),
      table("parts", "Parts of the picture", {"", "Part", "Kind", "Exposure", "Data", "Leads to"}, rows));
}

}  // namespace

Section map_section(const MapDrawing& drawing) {
  Section section{{"architecture"}, "Architecture", {}, {}};
  if (drawing.trouble.empty()) {
    section.content = figure_of(drawing);
  } else if (!drawing.boxes.empty()) {
    section.content = element("p", "notice", text(drawing.trouble)) + line_end();
  }
  section.content += parts_of(drawing);
  return section;
}

}  // namespace postern::render::html
