// SPDX-License-Identifier: Apache-2.0
// Mermaid and DOT. Names of inputs appear in quoted labels only.
#include "render/picture.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/code_points.h"
#include "render/escape.h"
#include "render/picture_selection.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ChangeKind;
using model::EntityKind;
using model::PictureEntity;

constexpr std::size_t k_name_columns = 48;

/// How a change is drawn.
struct Style {
  std::string_view name;
  std::string_view fill;
  std::string_view stroke;
  bool is_dashed;
};
constexpr std::array k_styles = {Style{"added", "#dafbe1", "#1a7f37", false}, Style{"removed", "#ffebe9", "#cf222e", true},
                                 Style{"modified", "#fff8c5", "#9a6700", false}, Style{"context", "#f6f8fa", "#8c959f", false}};

const Style& style_of(const std::optional<ChangeKind>& change) {
  return k_styles.at(change ? static_cast<std::size_t>(*change) : k_styles.size() - 1);
}

/// The outline of a box, in both languages.
struct Shape {
  std::string_view open;
  std::string_view close;
  std::string_view dot;
};
Shape shape_of(EntityKind kind) {
  if (kind == EntityKind::queue) return {"[[\"", "\"]]", "box3d"};
  if (model::is_store(kind)) return {"[(\"", "\")]", "cylinder"};
  if (kind == EntityKind::gateway || kind == EntityKind::endpoint) return {"{{\"", "\"}}", "hexagon"};
  const bool is_outside = kind == EntityKind::third_party || kind == EntityKind::external || kind == EntityKind::unresolved;
  if (is_outside) return {"([\"", "\"])", "ellipse"};
  return {"[\"", "\"]", "box"};
}

std::string kind_words(EntityKind kind) {
  std::string text = to_string(kind);
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text;
}

/// What stands in a box under the name.
std::string notes_of(const PictureEntity& entity) {
  std::string text = kind_words(entity.kind);
  if (!entity.data_classes.empty()) text += ", " + base::join(entity.data_classes, ", ");
  return shortened(text, k_name_columns);
}

std::string name_of(const PictureEntity& entity) {
  return shortened(entity.name.empty() ? entity.id.address.str() : entity.name, k_name_columns);
}

std::string node(std::size_t at) { return "n" + std::to_string(at + 1); }

/// What stands on a line; calls are the usual thing, and nobody needs to read that forty times.
std::string relation_words(model::RelationKind kind) {
  if (kind == model::RelationKind::calls) return {};
  std::string text = to_string(kind);
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text;
}

std::string mermaid_box(const ShownEntity& shown, std::size_t at) {
  const Shape shape = shape_of(shown.entity->kind);
  return "  " + node(at) + std::string(shape.open) + mermaid_label(name_of(*shown.entity)) + "<br/>" +
         mermaid_label(notes_of(*shown.entity)) + std::string(shape.close) +
         ":::" + std::string(style_of(shown.entity->change).name) + "\n";
}

std::string mermaid_classes() {
  std::string text;
  for (const Style& style : k_styles) {
    text += "  classDef " + std::string(style.name) + " fill:" + std::string(style.fill) + ",stroke:" + std::string(style.stroke) +
            ",color:#1f2328" + (style.is_dashed ? ",stroke-dasharray:5 3" : "") + "\n";
  }
  return text + "  classDef zone fill:#0969da,stroke:#0969da,color:#ffffff\n";
}

std::string dot_node(const ShownEntity& shown, std::size_t at) {
  const Style& style = style_of(shown.entity->change);
  return "  " + node(at) + " [label=\"" + dot_string(name_of(*shown.entity)) + "\\n" + dot_string(notes_of(*shown.entity)) +
         "\", shape=" + std::string(shape_of(shown.entity->kind).dot) + ", style=\"filled" + (style.is_dashed ? ",dashed" : "") +
         "\", fillcolor=\"" + std::string(style.fill) + "\", color=\"" + std::string(style.stroke) + "\"" +
         (shown.decides ? ", penwidth=3" : "") + "];\n";
}

/// Boxes in their frames: first those that stand in none.
template <typename Open, typename Box>
std::string framed(const Selection& selection, Open open, std::string_view close, Box box) {
  std::string text;
  for (std::size_t frame = 0; frame < std::max<std::size_t>(selection.frames.size(), 1); ++frame) {
    if (frame != 0) text += open(frame);
    for (std::size_t at = 0; at < selection.entities.size(); ++at) {
      if (selection.entities[at].frame == frame) text += box(selection.entities[at], at);
    }
    if (frame != 0) text += close;
  }
  return text;
}

std::string arrow_of(const ShownRelation& shown) {
  const bool is_dashed = style_of(shown.relation->change).is_dashed;
  const std::string words = relation_words(shown.relation->kind);
  if (words.empty()) return is_dashed ? " -.-> " : " --> ";
  return (is_dashed ? " -. " : " -- ") + words + (is_dashed ? " .-> " : " --> ");
}

bool has_entries(const Selection& selection) {
  for (const ShownEntity& shown : selection.entities) {
    if (shown.is_entry) return true;
  }
  return false;
}

}  // namespace

std::string left_out(const model::Picture& picture, const PictureOptions& options) {
  const Selection selection = select(picture, options);
  const std::size_t shown = selection.entities.size();
  if (shown == selection.entities_in_all && selection.relations.size() == selection.relations_in_all) return {};
  const bool changes = std::any_of(picture.entities.begin(), picture.entities.end(),
                                   [](const PictureEntity& entity) { return entity.change.has_value(); });
  return "The picture shows " + std::to_string(shown) + " of " + counted(selection.entities_in_all, "part") + " and " +
         std::to_string(selection.relations.size()) + " of " + counted(selection.relations_in_all, "relation") +
         (changes ? ": first what decides, then what changes." : ": first what is exposed or holds data.");
}

std::string mermaid(const model::Picture& picture, const PictureOptions& options) {
  const Selection selection = select(picture, options);
  std::string text = "flowchart LR\n";
  std::string styles;
  std::size_t links = 0;
  if (has_entries(selection)) text += "  internet((\"internet\")):::zone\n";
  text += framed(
      selection,
      [&](std::size_t frame) {
        return "  subgraph f" + std::to_string(frame) + "[\"" + mermaid_label(shortened(selection.frames[frame], k_name_columns)) +
               "\"]\n";
      },
      "  end\n", mermaid_box);
  for (std::size_t at = 0; at < selection.entities.size(); ++at) {
    if (selection.entities[at].decides) styles += "  style " + node(at) + " stroke-width:4px\n";
  }
  for (std::size_t at = 0; at < selection.entities.size(); ++at) {
    if (!selection.entities[at].is_entry) continue;
    text += "  internet --> " + node(at) + "\n";
    styles += "  linkStyle " + std::to_string(links++) + " stroke:#0969da\n";
  }
  for (const ShownRelation& shown : selection.relations) {
    const Style& style = style_of(shown.relation->change);
    text += "  " + node(shown.source) + arrow_of(shown) + node(shown.target) + "\n";
    styles += "  linkStyle " + std::to_string(links++) + " stroke:" + std::string(style.stroke) +
              (shown.relation->change ? ",stroke-width:2px" : "") + "\n";
  }
  if (const std::string note = left_out(picture, options); !note.empty() && options.remark == Remark::inside)
    text += "  remark[\"" + mermaid_label(note) + "\"]:::context\n";
  for (std::size_t frame = 1; frame < selection.frames.size(); ++frame)
    styles += "  style f" + std::to_string(frame) + " fill:none,stroke:#8c959f,stroke-dasharray:2 3\n";
  return text + mermaid_classes() + styles;
}

std::string dot(const model::Picture& picture, const PictureOptions& options) {
  const Selection selection = select(picture, options);
  std::string text =
      "digraph architecture {\n  rankdir=LR;\n  node [fontname=\"Helvetica\", fontsize=11];\n  edge [fontname=\"Helvetica\", "
      "fontsize=9];\n";
  if (has_entries(selection)) text += "  internet [shape=circle, style=filled, fillcolor=\"#0969da\", fontcolor=\"#ffffff\"];\n";
  if (const std::string note = left_out(picture, options); !note.empty() && options.remark == Remark::inside)
    text += "  label=\"" + dot_string(note) + "\";\n  fontname=\"Helvetica\";\n";
  text += framed(
      selection,
      [&](std::size_t frame) {
        return "  subgraph cluster_" + std::to_string(frame) + " {\n  label=\"" +
               dot_string(shortened(selection.frames[frame], k_name_columns)) +
               "\";\n  style=dashed;\n  color=\"#8c959f\";\n  fontname=\"Helvetica\";\n  fontsize=10;\n";
      },
      "  }\n", dot_node);
  for (std::size_t at = 0; at < selection.entities.size(); ++at) {
    if (selection.entities[at].is_entry) text += "  internet -> " + node(at) + " [color=\"#0969da\"];\n";
  }
  for (const ShownRelation& shown : selection.relations) {
    const Style& style = style_of(shown.relation->change);
    const std::string words = relation_words(shown.relation->kind);
    text += "  " + node(shown.source) + " -> " + node(shown.target) + " [" + (words.empty() ? "" : "label=\"" + words + "\", ") +
            "color=\"" + std::string(style.stroke) + "\"" + (style.is_dashed ? ", style=dashed" : "") + "];\n";
  }
  return text + "}\n";
}

PictureOptions picture_options_for(const model::Decision& decision) {
  PictureOptions options;
  for (const std::size_t index : groups_of(decision).top) {
    const model::FindingSubject& subject = decision.findings[index].subject;
    options.deciding.push_back(subject.relation ? subject.relation->source : subject.entity);
    if (subject.relation) options.deciding.push_back(subject.relation->target);
  }
  return options;
}

}  // namespace postern::render
