// SPDX-License-Identifier: Apache-2.0
// Technology of what runs, and of what relations do with it.
#include "connection/technology.h"

#include <postern/model/compose_project.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "classify/steps.h"

namespace postern::classify {
namespace {

using connection::Role;
using connection::Technology;
using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;

/// Images of the containers that do the work, in the order of their names.
std::vector<std::string_view> main_images(const Entity& entity) {
  std::vector<std::string_view> images;
  for (const model::Attribute& row : entity.attributes.of(model::attribute::image)) {
    const auto* image = std::get_if<model::Symbol>(&row.value);
    const model::Attribute* role = entity.attributes.find(model::attribute::container_role, row.scope);
    const auto* text = role == nullptr ? nullptr : std::get_if<model::Symbol>(&role->value);
    if (image != nullptr && (text == nullptr || text->view() == "main")) images.push_back(image->view());
  }
  return images;
}

bool is_store_role(Role role) {
  return role == Role::datastore || role == Role::cache || role == Role::queue || role == Role::search ||
         role == Role::object_store || role == Role::coordination;
}

/// By image: the only store among the main containers, else the technology of the only container.
const Technology* by_image(const Entity& entity) {
  const std::vector<std::string_view> images = main_images(entity);
  const Technology* store = nullptr;
  for (const std::string_view image : images) {
    const Technology* technology = connection::technology_of_image(image);
    if (technology == nullptr) continue;
    if (images.size() == 1) return technology;
    if (is_store_role(technology->role) && store == nullptr) store = technology;
  }
  return store;
}

/// The number before `/TCP` of `6379/TCP`, or after `->`.
std::optional<std::uint16_t> leading_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return port;
}

std::set<std::uint16_t> container_ports(const Entity& entity) {
  std::set<std::uint16_t> ports;
  for (const model::Attribute& row : entity.attributes.of(model::attribute::ports)) {
    const auto* list = std::get_if<model::TextList>(&row.value);
    if (list == nullptr) continue;
    for (const model::Symbol text : *list) {
      if (const auto port = leading_port(text.view())) ports.insert(*port);
    }
  }
  return ports;
}

/// Technologies that those who mention the entity say it is.
std::set<std::string_view> by_mention(const ArchitectureGraph& graph, EntityIndex index) {
  std::set<std::string_view> found;
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::TextList& list = graph.relation(incoming).attributes.list(model::attribute::spoken_technology);
    for (const model::Symbol technology : list) found.insert(technology.view());
  }
  return found;
}

/// Ports at which others call the entity: a service of Compose need not declare them.
std::set<std::uint16_t> called_ports(const ArchitectureGraph& graph, EntityIndex index) {
  std::set<std::uint16_t> ports;
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::TextList& list = graph.relation(incoming).attributes.list(model::attribute::relation_ports);
    for (const model::Symbol text : list) {
      if (const auto port = leading_port(text.view())) ports.insert(*port);
    }
  }
  return ports;
}

/// Without a telling image: a store's usual port together with its name or with what others call it. One of them alone is no proof.
const Technology* by_port_and_name(const ArchitectureGraph& graph, EntityIndex index) {
  const Entity& entity = graph.entity(index);
  std::set<std::uint16_t> ports = container_ports(entity);
  if (ports.empty() && model::project_of(entity)) ports = called_ports(graph, index);
  const Technology* named = connection::technology_of_name(entity.name.view());
  const std::set<std::string_view> mentioned = by_mention(graph, index);
  for (const std::uint16_t port : ports) {
    for (const connection::PortGuess& guess : connection::technologies_of_port(port)) {
      if (!is_store_role(guess.technology->role)) continue;
      if (guess.technology == named || mentioned.contains(guess.technology->id)) return guess.technology;
    }
  }
  return nullptr;
}

void set_technology(Entity& entity, const Technology& technology) {
  entity.attributes.set(model::attribute::technology, model::Symbol(technology.id));
  entity.attributes.set(model::attribute::role, model::Symbol(connection::to_string(technology.role)));
  if (entity.kind == EntityKind::service && is_store_role(technology.role)) entity.kind = kind_of_technology(technology.id);
}

}  // namespace

EntityKind kind_of_technology(std::string_view id) {
  const Technology* technology = connection::find_technology(id);
  if (technology == nullptr) return EntityKind::service;
  switch (technology->role) {
    case Role::datastore:
    case Role::search:
    case Role::coordination:
      return EntityKind::datastore;
    case Role::cache:
      return EntityKind::cache;
    case Role::queue:
      return EntityKind::queue;
    case Role::object_store:
      return EntityKind::bucket;
    default:
      return EntityKind::service;
  }
}

void classify_technology(ArchitectureGraph& graph) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    if (entity.kind != EntityKind::service) continue;
    const Technology* technology = by_image(entity);
    if (technology == nullptr) technology = by_port_and_name(graph, index);
    if (technology != nullptr) set_technology(graph.entity_for_derivation(index), *technology);
  }
}

void classify_relations(ArchitectureGraph& graph) {
  using model::RelationKind;
  for (model::RelationIndex index = 0; index < graph.relations().size(); ++index) {
    model::Relation& relation = graph.relation_for_derivation(index);
    if (model::family_of(relation.kind) != model::RelationFamily::network) continue;
    const EntityKind target = graph.entity(relation.target).kind;
    if (model::is_store(target)) {
      const bool told = relation.kind == RelationKind::reads || relation.kind == RelationKind::writes;  // by what the store grants
      if (!told) relation.kind = RelationKind::uses;
    } else if (target == EntityKind::third_party || target == EntityKind::external) {
      relation.kind = RelationKind::sends_to;
    } else {
      relation.kind = RelationKind::calls;
    }
  }
}

}  // namespace postern::classify
