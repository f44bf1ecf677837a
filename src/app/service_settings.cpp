// SPDX-License-Identifier: Apache-2.0
// From settings of services to attributes.
#include "app/service_settings.h"

#include <algorithm>

namespace postern::app {
namespace {

using model::Symbol;
namespace attribute = model::attribute;

/// What can be meant: what runs, holds data or is called. Endpoints and objects beside a service often share its name.
bool can_be_meant(const model::Entity& entity) {
  return (model::is_workload(entity.kind) || entity.kind == model::EntityKind::api ||
          entity.kind == model::EntityKind::third_party || entity.kind == model::EntityKind::external ||
          entity.kind == model::EntityKind::resource);
}

bool is_meant(const std::string& key, const model::Entity& entity) {
  return entity.id.address.view() == key || (can_be_meant(entity) && entity.name.view() == key);
}

void apply(const ServiceSetting& setting, model::Attributes& attributes) {
  const auto set = [&](const model::AttributeDefinition& definition, const std::string& text) {
    if (!text.empty()) attributes.set(definition, Symbol(text), setting.location);
  };
  set(attribute::owner, setting.owner);
  set(attribute::tier, setting.tier);
  set(attribute::system, setting.system);
  if (!setting.data_classes) return;
  model::TextList classes;
  for (const std::string& name : *setting.data_classes) classes.emplace_back(name);
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  attributes.set(attribute::data_classes, std::move(classes), setting.location);
}

}  // namespace

void apply_service_settings(const std::map<std::string, ServiceSetting>& services, model::ArchitectureGraph& graph) {
  if (services.empty()) return;
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    for (const auto& [key, setting] : services) {
      if (is_meant(key, graph.entity(index))) apply(setting, graph.entity_for_derivation(index).attributes);
    }
  }
}

void report_unused_service_settings(const std::map<std::string, ServiceSetting>& services, const model::ArchitectureGraph& graph,
                                    base::DiagnosticSink& diagnostics) {
  for (const auto& [key, setting] : services) {
    const auto entities = graph.entities();
    if (std::any_of(entities.begin(), entities.end(), [&](const model::Entity& entity) { return is_meant(key, entity); })) continue;
    diagnostics.warning("P2010", setting.location, "nothing is called '" + key + "', so what is said of it has no effect",
                        "`postern map` lists what there is");
  }
}

}  // namespace postern::app
