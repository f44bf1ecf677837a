// SPDX-License-Identifier: Apache-2.0
// Workloads by name, for configurations that say a name.
#include "resolve/attachments.h"

#include <postern/base/text.h>
#include <postern/model/service_label.h>

#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace postern::resolve {
namespace {

using model::Entity;
using model::EntityKind;

std::optional<Symbol> service_of(const Entity& entity) {
  if (entity.kind != EntityKind::configuration) return std::nullopt;
  for (const auto& [key, value] : entity.labels) {
    if (key.view() == model::k_service_label || key.view() == model::k_known_service_label) return value;
  }
  return std::nullopt;
}

using Key = std::tuple<Symbol, Symbol, std::string>;  ///< application, target, name

/// A service that only its configuration tells of.
Entity make_service(const Entity& configuration, Symbol name) {
  Entity entity;
  entity.id = {configuration.id.application, configuration.id.target, name};
  entity.kind = EntityKind::service;
  entity.name = name;
  entity.attributes.set(model::attribute::workload_kind, Symbol("Application"), configuration.locations.front());
  entity.aliases.push_back({model::AliasKind::dns_name, name});
  entity.locations = configuration.locations;
  return entity;
}

}  // namespace

std::vector<Attachment> attach_configurations(LinkIndex& index) {
  std::map<Key, std::vector<EntityIndex>> workloads;
  std::vector<std::pair<EntityIndex, Symbol>> wanted;
  for (EntityIndex at = 0; at < index.entities().size(); ++at) {
    const Entity& entity = index.entities()[at];
    if (const auto service = service_of(entity)) wanted.emplace_back(at, *service);
  }
  if (wanted.empty()) return {};
  for (EntityIndex at = 0; at < index.entities().size(); ++at) {
    const Entity& entity = index.entities()[at];
    if (!model::is_workload(entity.kind)) continue;
    workloads[{entity.id.application, entity.id.target, base::to_lower(entity.name.view())}].push_back(at);
  }
  std::vector<Attachment> attachments;
  for (const auto& [configuration, service] : wanted) {
    const Entity& declared = index.entities()[configuration];
    std::vector<EntityIndex>& found = workloads[{declared.id.application, declared.id.target, service.str()}];
    if (found.empty()) {
      Entity made = make_service(declared, service);
      if (index.find(made.id)) continue;
      found.push_back(index.add(std::move(made), index.declared(configuration)));
    }
    if (found.size() == 1) attachments.push_back({found.front(), configuration});
  }
  return attachments;
}

}  // namespace postern::resolve
