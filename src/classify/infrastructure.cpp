// SPDX-License-Identifier: Apache-2.0
// What declared infrastructure says about itself: which technology a managed store runs, in which region, under whose law.
#include <array>
#include <optional>
#include <set>
#include <string>

#include "classify/steps.h"
#include "connection/host.h"
#include "connection/technology.h"

namespace postern::classify {
namespace {

using model::Entity;
using model::Symbol;
namespace attribute = model::attribute;

/// Engines as providers call them, where that is not how the table of technologies does.
struct Engine {
  std::string_view prefix;
  std::string_view technology;
};
constexpr std::array k_engines = {
    Engine{"aurora-postgresql", "postgres"},
    Engine{"aurora-mysql", "mysql"},
    Engine{"aurora", "mysql"},
    Engine{"postgres", "postgres"},
    Engine{"mysql", "mysql"},
    Engine{"mariadb", "mariadb"},
    Engine{"sqlserver", "mssql"},
    Engine{"oracle", "oracle"},
    Engine{"valkey", "redis"},
    Engine{"redis", "redis"},
    Engine{"memcached", "memcached"},
    Engine{"docdb", "documentdb"},
    Engine{"rabbitmq", "rabbitmq"},
    Engine{"activemq", "activemq"},
    Engine{"opensearch", "elasticsearch"},
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

const connection::Technology* technology_of(const Entity& entity) {
  std::string name = lower(entity.attributes.text(attribute::engine).view());
  if (name.empty()) name = lower(entity.attributes.text(attribute::engine_version).view());  // POSTGRES_15 of Cloud SQL
  if (name.empty()) return nullptr;
  if (const auto* known = connection::find_technology(name)) return known;
  for (const Engine& engine : k_engines) {
    if (name.starts_with(engine.prefix)) return connection::find_technology(engine.technology);
  }
  return nullptr;
}

std::string_view provider_of(std::string_view type) {
  if (type.starts_with("aws_") || type.starts_with("AWS::")) return "aws";
  if (type.starts_with("azurerm_") || type.starts_with("Microsoft.")) return "azure";
  return type.starts_with("google_") ? std::string_view("gcp") : std::string_view();
}

void set_region(Entity& entity) {
  const std::string_view region = entity.attributes.text(attribute::declared_region).view();
  if (region.empty()) return;
  const std::string_view provider = provider_of(entity.attributes.text(attribute::resource_type).view());
  std::string name = lower(region);
  std::erase(name, ' ');  // "West Europe"
  auto facts = connection::find_region(provider, name);
  if (!facts) facts = connection::find_region(name);
  entity.attributes.set(attribute::region, Symbol(facts ? facts->region : std::string_view(name)));
  if (!facts || facts->country.empty()) return;
  std::set<Symbol> laws{Symbol(facts->country)};
  if (facts->protection == connection::DataProtection::eu) laws.insert(Symbol("EU"));
  entity.attributes.set(attribute::jurisdictions, model::TextList(laws.begin(), laws.end()));
}

}  // namespace

void classify_infrastructure(model::ArchitectureGraph& graph) {
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    if (graph.entity(index).attributes.of(attribute::resource_type).empty()) continue;
    Entity& entity = graph.entity_for_derivation(index);
    if (const connection::Technology* technology = technology_of(entity); technology != nullptr && model::is_store(entity.kind)) {
      entity.attributes.set(attribute::technology, Symbol(technology->id));
      entity.attributes.set(attribute::role, Symbol(connection::to_string(technology->role)));
    }
    if (model::is_workload(entity.kind) || entity.kind == model::EntityKind::host) set_region(entity);
  }
}

}  // namespace postern::classify
