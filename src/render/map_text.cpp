// SPDX-License-Identifier: Apache-2.0
// A linked graph for people: what is there, from where it can be reached, what it holds, what it leads to.
#include <postern/base/text.h>

#include <algorithm>
#include <map>

#include "render/map.h"
#include "render/text_layout.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;

constexpr std::string_view k_margin = "      ";

std::string plural_of(EntityKind kind) {
  std::string text = to_string(kind);
  for (char& c : text) c = c == '_' ? ' ' : c;
  if (text.ends_with("ch") || text.ends_with("ss")) return text + "es";
  if (text.ends_with("y")) return (text == "gateway" ? text + "s" : text.substr(0, text.size() - 1) + "ies");
  if (kind == EntityKind::external) return "external hosts";
  if (kind == EntityKind::unresolved) return "unresolved names";
  return text + "s";
}

void add_known(std::vector<std::string>& words, const Entity& entity, const model::AttributeDefinition& definition,
               std::string_view label) {
  const model::Attribute* attribute = entity.attributes.find(definition);
  if (attribute == nullptr || std::holds_alternative<model::Unknown>(attribute->value)) return;
  const std::string value = to_string(attribute->value);
  if (value.empty() || value == "[]") return;
  words.push_back(label.empty() ? value : std::string(label) + " " + value);
}

std::string traits_of(const Entity& entity) {
  std::vector<std::string> words;
  if (const model::Symbol exposure = entity.attributes.text(model::attribute::exposure); !exposure.empty()) {
    words.push_back("exposed to " + exposure.str());
  }
  add_known(words, entity, model::attribute::technology, "");
  add_known(words, entity, model::attribute::vendor, "");
  add_known(words, entity, model::attribute::data_classes, "holds");
  add_known(words, entity, model::attribute::data_reach, "reaches");
  add_known(words, entity, model::attribute::region, "in");
  add_known(words, entity, model::attribute::tier, "tier");
  if (const auto reason = entity.attributes.text(model::attribute::criticality_reason); !reason.empty())
    words.push_back("tier high because " + reason.str());
  add_known(words, entity, model::attribute::owner, "owner");
  if (const model::Attribute* count = entity.attributes.find(model::attribute::libraries)) {
    words.push_back(std::holds_alternative<model::Unknown>(count->value)
                        ? "libraries unknown"
                        : counted(static_cast<std::uint64_t>(std::get<std::int64_t>(count->value)), "library", "libraries"));
  }
  return base::join(words, ", ");
}

std::string evidence_words(const model::Evidence& evidence) {
  const std::string place = to_string(evidence.location);
  return evidence.note.empty() ? place : place + ": " + evidence.note.str();
}

void write_relations(TextLayout& out, const ArchitectureGraph& graph, EntityIndex index) {
  for (const model::RelationIndex at : graph.outgoing(index)) {
    const model::Relation& relation = graph.relation(at);
    if (relation.kind == model::RelationKind::contains) continue;  // a section of its own
    std::string kind = to_string(relation.kind);
    for (char& c : kind) c = c == '_' ? ' ' : c;
    const Entity& target = graph.entity(relation.target);
    std::string text = target.id.address.str() + " (" + to_string(target.kind) + ")";
    if (out.options().detail == Detail::essential && !relation.evidence.empty()) {
      text += "  " + to_string(relation.evidence.front().location);
    }
    out.paragraph(std::string(k_margin) + kind + " -> ", text);
    if (out.options().detail == Detail::essential) continue;
    for (const model::Evidence& evidence : relation.evidence)
      out.paragraph(std::string(k_margin) + "    at ", evidence_words(evidence));
  }
}

void write_entity(TextLayout& out, const ArchitectureGraph& graph, EntityIndex index) {
  const Entity& entity = graph.entity(index);
  const std::string traits = traits_of(entity);
  out.line({{Tone::plain, "  "}, {Tone::strong, entity.id.address.str()}, {Tone::faint, traits.empty() ? "" : "  " + traits}});
  if (out.options().detail == Detail::full) {
    for (const model::Location& location : entity.locations)
      out.paragraph(std::string(k_margin) + "declared at ", to_string(location));
    for (const model::Attribute& attribute : entity.attributes.all()) {
      out.paragraph(std::string(k_margin) + path_of(attribute) + ": ", to_string(attribute.value));
    }
  }
  write_relations(out, graph, index);
}

std::string library_words(const Entity& library) {
  std::vector<std::string> words;
  for (const model::AttributeDefinition* definition : {&model::attribute::versions, &model::attribute::licences,
                                                       &model::attribute::component_scope, &model::attribute::directness}) {
    const model::Attribute* attribute = library.attributes.find(*definition);
    if (attribute == nullptr) continue;
    std::string value = to_string(attribute->value);
    if (value.starts_with('[')) value = value.substr(1, value.size() - 2);
    words.push_back(std::move(value));
  }
  const model::Symbol through = library.attributes.text(model::attribute::introduced_by);
  return base::join(words, ", ") + (through.empty() ? "" : " through " + through.str());
}

/// One line a library, below the address of what contains them.
void write_libraries(TextLayout& out, const ArchitectureGraph& graph, const std::vector<EntityIndex>& indexes) {
  constexpr std::string_view k_below = "/libraries/";
  std::string last_owner;
  for (const EntityIndex index : indexes) {
    const Entity& library = graph.entity(index);
    const std::string& address = library.id.address.str();
    const std::size_t below = address.find(k_below);
    const std::string owner = address.substr(0, below);
    if (owner != last_owner) out.line({{Tone::plain, "  "}, {Tone::strong, owner}});
    last_owner = owner;
    const std::string name = below == std::string::npos ? address : address.substr(below + k_below.size());
    out.paragraph(k_margin, name + "  " + library_words(library));
  }
}

}  // namespace

std::string map_text(const ArchitectureGraph& graph, const RenderOptions& options) {
  std::map<EntityKind, std::vector<EntityIndex>> by_kind;
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) by_kind[graph.entity(index).kind].push_back(index);
  TextLayout out(options.text);
  const std::size_t libraries = by_kind.contains(EntityKind::library) ? by_kind[EntityKind::library].size() : 0;
  const auto contains = [](const model::Relation& relation) { return relation.kind == model::RelationKind::contains; };
  const auto relations = graph.relations();
  const auto contained = static_cast<std::size_t>(std::count_if(relations.begin(), relations.end(), contains));
  out.paragraph("", counted(graph.entities().size() - libraries, "entity", "entities") + ", " +
                        counted(relations.size() - contained, "relation"));
  if (const std::string unread = unread_words(options.unread.kinds); !unread.empty()) out.paragraph("", unread);
  if (options.text.detail == Detail::full && options.unread.files != 0)
    out.paragraph("", counted(options.unread.files, "file") + " not recognised");
  for (const auto& [kind, indexes] : by_kind) {
    out.blank();
    out.line({{Tone::strong, plural_of(kind) + " (" + std::to_string(indexes.size()) + ")"}});
    if (kind == EntityKind::library) {
      write_libraries(out, graph, indexes);
      continue;
    }
    for (const EntityIndex index : indexes) write_entity(out, graph, index);
  }
  return out.take();
}

}  // namespace postern::render
