// SPDX-License-Identifier: Apache-2.0
// Choosing, naming and measuring.
#include "render/svg/figure.h"

#include <postern/base/text.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "render/code_points.h"
#include "render/fold.h"
#include "render/words.h"

namespace postern::render::svg {
namespace {

using model::LineUse;
using model::PictureEntity;

constexpr std::size_t k_name_columns = 26;
constexpr std::size_t k_frame_columns = 40;
constexpr std::size_t k_most_tags = 3;
constexpr std::size_t k_lines_per_box = 4;  // more lines than that hide the boxes
constexpr double k_height = 48;
constexpr double k_least_width = 112;

/// `FINANCIAL`, `PCI`, `+2`.
std::vector<std::string> tags_of(const PictureEntity& entity) {
  std::vector<std::string> tags;
  for (const std::string& name : entity.data_classes) {
    if (tags.size() == k_most_tags) {
      tags.push_back("+" + std::to_string(entity.data_classes.size() - k_most_tags));
      break;
    }
    tags.push_back(shortened(name, 12));
  }
  return tags;
}

/// What most names begin with up to a hyphen, as release names of charts do; nothing where they differ.
std::string common_prefix(const Selection& selection) {
  constexpr std::size_t k_shortest = 6;
  std::map<std::string, std::size_t> counts;
  for (const ShownEntity& shown : selection.entities) {
    const std::string& name = shown.entity->name;
    for (std::size_t at = name.find('-'); at != std::string::npos && at < 64; at = name.find('-', at + 1)) {
      if (at + 1 >= k_shortest && at + 1 < name.size()) ++counts[name.substr(0, at + 1)];
    }
  }
  std::string longest;
  for (const auto& [prefix, count] : counts) {
    const bool is_common = count >= 4 && count * 2 > selection.entities.size();
    if (is_common && prefix.size() > longest.size()) longest = prefix;
  }
  return longest;
}

std::string name_of(const ShownEntity& shown, const std::string& prefix) {
  const PictureEntity& entity = *shown.entity;
  if (entity.folded != 0 && shown.frame != 0) return "more of " + shortened(entity.name, k_name_columns - 8);
  if (entity.name.empty()) return shortened(entity.id.address.str(), k_name_columns);
  const bool has_prefix = !prefix.empty() && entity.folded == 0 && entity.name.starts_with(prefix) && entity.name != prefix;
  return shortened(has_prefix ? "…" + entity.name.substr(prefix.size()) : entity.name, k_name_columns);
}

FigureBox box_of(const ShownEntity& shown, const std::string& prefix) {
  const PictureEntity& entity = *shown.entity;
  FigureBox box{&entity, name_of(shown, prefix), {}, tags_of(entity), {}, 0, k_height};
  box.kind = entity.folded == 0 ? kind_words(entity.kind) : counted(entity.folded, "part");
  double second_row = text_width(box.kind, 11);
  for (const std::string& tag : box.tags) second_row += tag_width(tag) + k_tag_gap;
  const double first_row = text_width(box.name, 13) + (entity.exposure == "internet" ? 20 : 0);
  box.width = std::ceil(std::max({k_least_width, first_row + 28, second_row + 30}));
  return box;
}

bool is_outside(const PictureEntity& entity) {
  using model::EntityKind;
  return entity.kind == EntityKind::third_party || entity.kind == EntityKind::external || entity.kind == EntityKind::unresolved;
}

/// Frames around one box that stands for a group itself, and around what belongs to nobody, say nothing.
void drop_idle_frames(Selection& selection) {
  std::vector<std::size_t> members(selection.frames.size(), 0);
  std::vector<bool> is_idle(selection.frames.size(), true);
  for (const ShownEntity& shown : selection.entities) {
    if (shown.frame == 0) continue;
    ++members[shown.frame];
    if (!is_outside(*shown.entity)) is_idle[shown.frame] = is_idle[shown.frame] && shown.entity->folded != 0;
  }
  std::vector<std::size_t> numbers(selection.frames.size(), 0);
  std::vector<std::string> kept;
  if (!selection.frames.empty()) kept.push_back(selection.frames.front());
  for (std::size_t frame = 1; frame < selection.frames.size(); ++frame) {
    if (is_idle[frame]) continue;
    numbers[frame] = kept.size();
    kept.push_back(selection.frames[frame]);
  }
  for (ShownEntity& shown : selection.entities) {
    if (shown.frame != 0) shown.frame = numbers[shown.frame];
  }
  selection.frames = std::move(kept);
}

/// Where parts are folded, lines between those that neither decide nor change would hide the ones that do.
void drop_far_lines(Selection& selection) {
  const auto is_near = [&](std::size_t at) { return selection.entities[at].decides || selection.entities[at].entity->change; };
  const auto is_folded = [&](std::size_t at) { return selection.entities[at].entity->folded != 0; };
  bool any_near = false;
  bool any_folded = false;
  for (std::size_t at = 0; at < selection.entities.size(); ++at) {
    any_near = any_near || is_near(at);
    any_folded = any_folded || is_folded(at);
  }
  if (!any_folded) return;
  std::erase_if(selection.relations, [&](const ShownRelation& shown) {
    if (shown.relation->change) return false;
    return any_near ? !is_near(shown.source) && !is_near(shown.target) : is_folded(shown.source) && is_folded(shown.target);
  });
}

std::string remark_of(const model::Picture& whole, const model::Picture& folded, const Selection& selection) {
  std::vector<std::string> sentences;
  std::size_t groups = 0;
  std::size_t inside = 0;
  for (const PictureEntity& entity : folded.entities) {
    groups += entity.folded == 0 ? 0 : 1;
    inside += entity.folded;
  }
  if (groups != 0) {
    const bool changes = std::any_of(whole.entities.begin(), whole.entities.end(),
                                     [](const PictureEntity& entity) { return entity.change.has_value(); });
    sentences.push_back(std::to_string(inside) + " of " + counted(parts_of(whole), "part") + " are folded into " +
                        counted(groups, "group") + (changes ? ": they are far from what changes." : "."));
  }
  if (const std::size_t left = folded.relations.size() - selection.relations.size(); left != 0)
    sentences.push_back(counted(left, "line") + (left == 1 ? " is" : " are") + " left out" +
                        (groups != 0 ? " between parts that do not change." : "."));
  return base::join(sentences, " ");
}

/// Boxes without lines stand in rows instead of one endless column.
void add_spacers(model::LayoutRequest& request) {
  std::vector<bool> is_linked(request.boxes.size(), false);
  for (const model::LayoutLine& line : request.lines) is_linked[line.source] = is_linked[line.target] = true;
  std::map<std::size_t, std::vector<std::size_t>> alone;  // by frame
  for (std::size_t at = 0; at < request.boxes.size(); ++at) {
    if (!is_linked[at]) alone[request.boxes[at].frame].push_back(at);
  }
  for (const auto& [frame, boxes] : alone) {
    const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(boxes.size()) / 1.5)));
    const std::size_t row = std::clamp<std::size_t>(columns, 1, 5);
    for (std::size_t at = 0; at + 1 < boxes.size(); ++at) {
      if (at % row != row - 1) request.lines.push_back({boxes[at], boxes[at + 1], LineUse::spacer});
    }
  }
}

}  // namespace

Figure::Figure(const model::Picture& picture, const MapOptions& options) {
  std::vector<model::EntityId> deciding;
  for (const std::vector<model::EntityId>& subjects : options.findings)
    deciding.insert(deciding.end(), subjects.begin(), subjects.end());
  folded = render::folded(picture, {options.most_boxes, deciding});
  selection = select(folded, {0, deciding, Frames::namespaces, Remark::none});
  drop_far_lines(selection);
  selection.relations.resize(std::min(selection.relations.size(), k_lines_per_box * folded.entities.size()));
  drop_idle_frames(selection);
  const std::string prefix = common_prefix(selection);
  for (const ShownEntity& shown : selection.entities) {
    boxes.push_back(box_of(shown, prefix));
    has_internet = has_internet || shown.is_entry;
    for (std::size_t at = 0; at < options.findings.size(); ++at) {
      const std::vector<model::EntityId>& subjects = options.findings[at];
      if (std::find(subjects.begin(), subjects.end(), shown.entity->id) != subjects.end()) boxes.back().numbers.push_back(at + 1);
    }
  }
  remark = remark_of(picture, folded, selection);
}

model::LayoutRequest Figure::request() const {
  model::LayoutRequest request;
  for (std::size_t frame = 1; frame < selection.frames.size(); ++frame)
    request.frames.push_back({text_width(shortened(selection.frames[frame], k_frame_columns), 11)});
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    // A stack of groups is drawn a little larger than a box.
    const double stack = boxes[at].entity->folded != 0 ? 5 : 0;
    request.boxes.push_back({boxes[at].width + stack, boxes[at].height + stack, selection.entities[at].frame});
  }
  for (const ShownRelation& shown : selection.relations) request.lines.push_back({shown.source, shown.target, LineUse::drawn});
  if (has_internet) {
    for (std::size_t at = 0; at < boxes.size(); ++at) {
      if (selection.entities[at].is_entry) request.lines.push_back({boxes.size(), at, LineUse::drawn});
    }
    request.boxes.push_back({k_internet_width, k_internet_height, 0});
  }
  add_spacers(request);
  return request;
}

double text_width(std::string_view text, double size) {
  constexpr std::string_view k_narrow = "iljtfrI.,:;'|!()[]{} -/";
  constexpr std::string_view k_wide = "mwMW@%";
  double ems = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const char c = point.value < 0x80 ? static_cast<char>(point.value) : '\0';
    if (point.value >= 0x1100) {
      ems += 1.05;
    } else if (c != '\0' && k_narrow.find(c) != std::string_view::npos) {
      ems += 0.43;
    } else if ((c >= 'A' && c <= 'Z') || k_wide.find(c) != std::string_view::npos) {
      ems += k_wide.find(c) != std::string_view::npos ? 1.02 : 0.77;
    } else {
      ems += 0.69;
    }
    at += point.length;
  }
  return ems * size;
}

double tag_width(std::string_view tag) { return std::ceil(text_width(tag, 9.5)) + 8; }

std::string kind_words(model::EntityKind kind) {
  std::string text = kind == model::EntityKind::external ? "external host" : to_string(kind);
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text;
}

std::string box_words(const PictureEntity& entity) {
  std::string text = entity.id.address.str() + ": ";
  text += entity.folded == 0 ? kind_words(entity.kind) : counted(entity.folded, "part");
  if (entity.change) text += std::string(", ") + to_string(*entity.change);
  if (entity.exposure == "internet") text += ", reachable from the internet";
  if (!entity.data_classes.empty()) text += ", holds " + base::join(entity.data_classes, ", ");
  return text;
}

std::string line_words(const model::PictureRelation& relation) {
  std::string kind = to_string(relation.kind);
  for (char& c : kind) c = c == '_' ? ' ' : c;
  return relation.source.address.str() + " " + kind + " " + relation.target.address.str() +
         (relation.change ? std::string(", ") + to_string(*relation.change) : "");
}

}  // namespace postern::render::svg
