// SPDX-License-Identifier: Apache-2.0
// Libraries as entities of a graph that is linked already.
#include "resolve/libraries/entities.h"

#include <algorithm>
#include <unordered_map>

namespace postern::resolve::libraries {
namespace {

using model::Attribute;
using model::Entity;
using model::EntityId;
using model::Library;
using model::Symbol;
namespace attribute = model::attribute;

/// `npm` of `pkg:npm/left-pad`; empty for what has no package URL.
Symbol package_type_of(Symbol purl) {
  constexpr std::string_view k_scheme = "pkg:";
  if (!purl.view().starts_with(k_scheme)) return {};
  const std::string_view rest = purl.view().substr(k_scheme.size());
  return Symbol(rest.substr(0, rest.find('/')));
}

base::Location location_in(const Holding& holding, const Library& row) {
  for (const Sbom& sbom : holding.sboms) {
    const auto& rows = sbom.fact->libraries;
    if (!rows.empty() && &row >= rows.data() && &row < rows.data() + rows.size()) return {sbom.path, row.line, row.column};
  }
  return {};
}

/// The strongest of what several rows say.
const Library& most_direct(const Group& group) {
  const auto rank = [](const Library* row) {
    return row->directness == model::Directness::unknown ? 3 : static_cast<int>(row->directness);
  };
  return **std::min_element(group.begin(), group.end(), [&](const Library* a, const Library* b) { return rank(a) < rank(b); });
}

/// What a damaged bill of materials does not say is unknown, not absent.
void add_texts(const model::AttributeDefinition& definition, model::TextList texts, bool is_known, base::Location at,
               std::vector<Attribute>& rows) {
  if (!texts.empty()) {
    rows.push_back({&definition, {}, {}, std::move(texts), at});
  } else if (!is_known) {
    rows.push_back({&definition, {}, {}, model::Unknown{}, at});
  }
}

void describe(const Group& group, bool is_known, base::Location at, std::vector<Attribute>& rows) {
  const Library& first = *group.front();
  const Library& direct = most_direct(group);
  const auto add = [&](const model::AttributeDefinition& definition, model::AttributeValue value) {
    rows.push_back({&definition, {}, {}, std::move(value), at});
  };
  const auto add_text = [&](const model::AttributeDefinition& definition, std::string_view text) {
    if (!text.empty()) add(definition, Symbol(text));
  };
  add_texts(attribute::versions, versions_of(group), is_known, at, rows);
  add_texts(attribute::licences, licences_of(group), is_known, at, rows);
  add_text(attribute::purl, package_type_of(first.purl).empty() ? std::string_view() : first.purl.view());
  add_text(attribute::package_type, package_type_of(first.purl).view());
  add_text(attribute::component_type, to_string(first.type));
  const model::ComponentScope scope = scope_of(group);
  if (scope != model::ComponentScope::unknown) add_text(attribute::component_scope, to_string(scope));
  if (direct.directness != model::Directness::unknown) add_text(attribute::directness, to_string(direct.directness));
  add_text(attribute::introduced_by, direct.introduced_by.view());
}

Entity application_called(const EntityId& id, const Holding& holding) {
  Entity entity;
  entity.id = id;
  entity.kind = model::EntityKind::application;
  entity.name = Symbol(id.address.view().substr(id.address.view().find('/') + 1));
  model::TextList versions;
  for (const Sbom& sbom : holding.sboms) {
    entity.locations.push_back({sbom.path, sbom.fact->location.line, sbom.fact->location.column});
    if (!sbom.fact->version.empty()) versions.push_back(sbom.fact->version);
    if (!sbom.fact->purl.empty()) entity.attributes.set(attribute::purl, sbom.fact->purl, entity.locations.back());
  }
  std::sort(versions.begin(), versions.end());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  std::sort(entity.locations.begin(), entity.locations.end());
  if (!versions.empty()) entity.attributes.set(attribute::versions, std::move(versions), entity.locations.front());
  return entity;
}

}  // namespace

void EntityBuilder::add_owner(const EntityId& owner, const Holding& holding, std::size_t libraries) {
  const auto index = m_graph.find(owner);
  if (!index) m_applications.push_back(application_called(owner, holding));
  Entity& entity = index ? m_graph.entity_for_derivation(*index) : m_applications.back();
  const base::Location at = holding.sboms.empty() ? base::Location{} : base::Location{holding.sboms.front().path, 1, 1};
  const model::AttributeValue count =
      holding.is_known ? model::AttributeValue(static_cast<std::int64_t>(libraries)) : model::AttributeValue(model::Unknown{});
  entity.attributes.set(attribute::libraries, count, at);
}

void EntityBuilder::add_library(const EntityId& owner, const Holding& holding, const Group& group) {
  Entity entity;
  entity.id = {owner.application, owner.target, Symbol(owner.address.str() + "/libraries/" + key_of(group).str())};
  entity.kind = model::EntityKind::library;
  entity.name = group.front()->name;
  entity.locations = {location_in(holding, *group.front())};
  std::vector<Attribute> rows;
  rows.reserve(8);
  describe(group, holding.is_known, entity.locations.front(), rows);
  entity.attributes = model::Attributes::from_rows(std::move(rows));
  m_libraries.push_back({owner, std::move(entity)});
}

void EntityBuilder::finish() {
  if (m_applications.empty() && m_libraries.empty()) return;
  model::GraphFragment fragment = std::move(m_graph).release();
  std::unordered_map<EntityId, model::EntityIndex, model::EntityIdHash> places;
  for (model::EntityIndex index = 0; index < fragment.entities.size(); ++index) places.emplace(fragment.entities[index].id, index);
  const auto add = [&](Entity entity) {
    const auto [at, fresh] = places.emplace(entity.id, static_cast<model::EntityIndex>(fragment.entities.size()));
    if (fresh) fragment.entities.push_back(std::move(entity));
    return fresh;
  };
  for (Entity& application : m_applications) add(std::move(application));
  for (Contained& each : m_libraries) {
    const EntityId id = each.library.id;
    const base::Location at = each.library.locations.front();
    if (!add(std::move(each.library))) continue;  // a hostile name poses as another's library: the first counts
    model::Relation relation;
    relation.source = places.at(each.owner);
    relation.target = places.at(id);
    relation.kind = model::RelationKind::contains;
    relation.evidence = {{at, {}}};
    fragment.relations.push_back(std::move(relation));
  }
  m_graph = model::ArchitectureGraph(std::move(fragment));
}

}  // namespace postern::resolve::libraries
