// SPDX-License-Identifier: Apache-2.0
// What every link is made with: relations, entities that nobody declares, and the linked whole.
#include "resolve/linker.h"

#include <algorithm>

#include "resolve/linker_parts.h"

namespace postern::resolve {

using model::Attributes;
using model::EntityKind;
using model::Evidence;
using model::RelationKind;

namespace {

/// What people call an undeclared entity: the address without what kind of thing it is.
Symbol name_of(EntityKind kind, std::string_view address) {
  for (const std::string_view prefix : {model::k_group_prefix, model::k_user_prefix, model::k_cloud_identity_prefix}) {
    if (address.starts_with(prefix)) return Symbol(address.substr(prefix.size()));
  }
  if (kind == EntityKind::role || kind == EntityKind::identity) return Symbol(address.substr(address.rfind('/') + 1));
  return Symbol(address.substr(address.find('/') + 1));
}

}  // namespace

std::string_view namespace_of(std::string_view address) {
  return std::count(address.begin(), address.end(), '/') == 2 ? address.substr(0, address.find('/')) : std::string_view();
}

void add_text(Attributes& attributes, const model::AttributeDefinition& definition, std::string_view text) {
  if (!text.empty()) attributes.set(definition, model::TextList{Symbol(text)});
}

void Linker::relate(EntityIndex source, EntityIndex target, RelationKind kind, Attributes attributes,
                    std::vector<Evidence> evidence) {
  if (source == target) return;
  m_relations.push_back({source, target, kind, std::move(attributes), std::move(evidence)});
}

EntityIndex Linker::placeholder(EntityKind kind, const model::EntityId& id) {
  if (const auto present = m_index.find(id)) return *present;
  model::Entity entity;
  entity.id = id;
  entity.kind = kind;
  entity.name = name_of(kind, id.address.view());
  if (kind == EntityKind::identity) entity.namespace_name = Symbol(namespace_of(id.address.view()));
  return m_index.add(std::move(entity), Declared{{id.application, id.target}, true});
}

model::GraphFragment Linker::finish() { return {std::move(m_index.entities()), std::move(m_relations), std::move(m_policies)}; }

}  // namespace postern::resolve
