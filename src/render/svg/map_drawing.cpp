// SPDX-License-Identifier: Apache-2.0
// A map from the choice of its boxes to the finished drawing.
#include "render/svg/map_drawing.h"

#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <optional>

#include "render/svg/parts.h"

namespace postern::render::svg {
namespace {

using model::LayoutAnswer;
using model::LayoutTrouble;
using model::PictureEntity;

constexpr double k_margin = 14;  // for what stands over the edge of a box
constexpr std::size_t k_least_boxes = 8;

Markup drawing_of(const Figure& figure, const model::Layout& layout) {
  Markup frames;
  Markup lines;
  Markup signs;
  Markup boxes;
  Markup titles;
  for (std::size_t frame = 1; frame < figure.selection.frames.size(); ++frame) {
    frames += frame_drawing(layout.frames.at(frame - 1));
    titles += frame_title(layout.frames.at(frame - 1), figure.selection.frames[frame]);
  }
  const std::size_t relations = figure.selection.relations.size();
  for (std::size_t at = 0; at < relations; ++at) {
    const model::PictureRelation& relation = *figure.selection.relations[at].relation;
    lines += line_drawing(layout.lines.at(at), look_of(relation.change), line_words(relation));
    signs += line_sign(layout.lines.at(at), look_of(relation.change));
  }
  for (std::size_t at = relations; at < layout.lines.size(); ++at) lines += entry_drawing(layout.lines[at]);
  for (std::size_t at = 0; at < figure.boxes.size(); ++at) boxes += box_drawing(figure.boxes[at], layout.boxes.at(at));
  if (figure.has_internet) boxes += internet_drawing(layout.boxes.back());
  return element("g", {moved(k_margin, k_margin), fixed("font-family", k_font)}, frames + lines + titles + boxes + signs);
}

/// A box of the legend: the shape of `kind` in the look of `change`.
Markup sample_box(model::EntityKind kind, std::optional<model::ChangeKind> change, std::uint64_t folded = 0) {
  PictureEntity entity;
  entity.kind = kind;
  entity.folded = folded;
  const Look& look = look_of(change);
  return element("g", {fixed("class", look.name), moved(3, 3)},
                 shape_drawing(entity, folded == 0 ? 24 : 20, folded == 0 ? 14 : 10, look)) +
         (change ? element("g", {fixed("class", look.name)},
                           element("g", "sign", disc_drawing({15, 10}, 6, look.stroke, words(look.sign))))
                 : Markup());
}

/// One row of the table of legends: whether it is needed, and what it looks like.
struct LegendRow {
  bool (*applies)(const MapDrawing& drawing);
  Markup (*sample)();
  Word words;
};

template <model::ChangeKind Kind>
bool has_change(const MapDrawing& drawing) {
  const auto is_it = [](const auto& part) { return part.change == Kind; };
  return std::any_of(drawing.boxes.begin(), drawing.boxes.end(), is_it) ||
         std::any_of(drawing.lines.begin(), drawing.lines.end(), is_it);
}
template <bool (*Is)(const PictureEntity&)>
bool has_box(const MapDrawing& drawing) {
  return std::any_of(drawing.boxes.begin(), drawing.boxes.end(), Is);
}
bool is_store(const PictureEntity& entity) { return entity.folded == 0 && model::is_store(entity.kind); }
bool is_outside(const PictureEntity& entity) { return entity.folded == 0 && entity.id.application.empty(); }
bool is_exposed(const PictureEntity& entity) { return entity.exposure == "internet"; }
bool is_folded(const PictureEntity& entity) { return entity.folded != 0; }
bool has_data(const PictureEntity& entity) { return !entity.data_classes.empty(); }

using model::ChangeKind;
using model::EntityKind;
constexpr std::array k_legend = {
    LegendRow{has_change<ChangeKind::added>, [] { return sample_box(EntityKind::service, ChangeKind::added); }, "added"},
    LegendRow{has_change<ChangeKind::removed>, [] { return sample_box(EntityKind::service, ChangeKind::removed); }, "removed"},
    LegendRow{has_change<ChangeKind::modified>, [] { return sample_box(EntityKind::service, ChangeKind::modified); }, "changed"},
    LegendRow{has_box<is_store>, [] { return sample_box(EntityKind::datastore, {}); }, "holds data"},
    LegendRow{has_box<is_outside>, [] { return sample_box(EntityKind::third_party, {}); }, "outside"},
    LegendRow{has_box<is_folded>, [] { return sample_box(EntityKind::service, {}, 2); }, "several, folded"},
    LegendRow{has_box<is_exposed>,
              [] {
                return globe_drawing({15, 10}, k_accent);
              },
              "reachable from the internet"},
    LegendRow{has_box<has_data>, [] { return tag_drawing(2, 10, "PII"); }, "class of data"},
};

void add_legend(MapDrawing& drawing) {
  for (const LegendRow& row : k_legend) {
    if (!row.applies(drawing)) continue;
    drawing.legend.push_back({element("svg",
                                      {fixed("class", "sample"), measure("width", 30), measure("height", 20), box_of_view(30, 20),
                                       fixed("aria-hidden", "true"), fixed("font-family", k_font)},
                                      row.sample()),
                              row.words});
  }
}

/// The answer for the figure with as many boxes as can be laid out.
LayoutAnswer laid_out(const model::Picture& picture, MapOptions options, const model::LayoutEngine& engine,
                      std::optional<Figure>& figure) {
  LayoutAnswer answer;
  for (;;) {
    figure.emplace(picture, options);
    if (!engine) return {LayoutTrouble::no_engine, "No layout engine is there to draw the picture.", {}};
    answer = engine(figure->request());
    if (answer.trouble != LayoutTrouble::too_slow || options.most_boxes <= k_least_boxes) return answer;
    options.most_boxes = std::max(k_least_boxes, std::min(options.most_boxes, figure->boxes.size()) / 3);
  }
}

}  // namespace

MapDrawing draw_map(const model::Picture& picture, const MapOptions& options, const model::LayoutEngine& engine) {
  MapDrawing drawing;
  if (picture.entities.empty()) {
    drawing.trouble = "There is nothing to draw.";
    return drawing;
  }
  std::optional<Figure> figure;
  const LayoutAnswer answer = laid_out(picture, options, engine, figure);
  drawing.remark = figure->remark;
  for (const ShownEntity& shown : figure->selection.entities) drawing.boxes.push_back(*shown.entity);
  for (const ShownRelation& shown : figure->selection.relations) drawing.lines.push_back(*shown.relation);
  if (answer.trouble != LayoutTrouble::none) {
    drawing.trouble = answer.reason;
    return drawing;
  }
  drawing.width = answer.layout.width + 2 * k_margin;
  drawing.height = answer.layout.height + 2 * k_margin;
  drawing.picture = drawing_of(*figure, answer.layout);
  add_legend(drawing);
  return drawing;
}

std::string map_document(const model::Picture& picture, const MapOptions& options, const model::LayoutEngine& engine) {
  const MapDrawing drawing = draw_map(picture, options, engine);
  if (!drawing.trouble.empty()) throw UsageError("no picture can be drawn: " + drawing.trouble, "`--format dot` needs no layout");
  constexpr double k_row = 26;
  double width = drawing.width;
  if (!drawing.remark.empty()) width = std::max(width, text_width(drawing.remark, 12) + 40);
  double x = 20;
  double y = drawing.height + 12;
  Markup below;
  for (const LegendItem& item : drawing.legend) {
    const double item_width = 40 + text_width(item.words.view(), 12) + 18;
    if (x > 20 && x + item_width > width) {
      x = 20;
      y += k_row;
    }
    below += element(
        "g", {moved(x, y)},
        item.sample + element("text", {measure("x", 38), measure("y", 14.5), measure("font-size", 12), fixed("fill", k_ink)},
                              words(item.words)));
    x += item_width;
  }
  if (!drawing.legend.empty()) y += k_row;
  if (!drawing.remark.empty()) {
    below += element("text", {measure("x", 20), measure("y", y + 14), measure("font-size", 12), fixed("fill", k_faint_ink)},
                     text(drawing.remark));
    y += k_row;
  }
  const double height = y + 8;
  const Markup document =
      element("svg",
              {fixed("xmlns", "http://www.w3.org/2000/svg"), measure("width", width), measure("height", height),
               box_of_view(width, height), fixed("role", "img"), labelled_by({"title"})},
              element("title", {anchored({"title"})}, words("Architecture")) +
                  element("rect", {measure("width", width), measure("height", height), fixed("fill", "#ffffff")}) +
                  drawing.picture + element("g", {fixed("font-family", k_font)}, below)) +
      line_end();
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document.str();
}

}  // namespace postern::render::svg
