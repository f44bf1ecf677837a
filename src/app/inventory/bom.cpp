// SPDX-License-Identifier: Apache-2.0
// Puts a CycloneDX document together.
#include "app/inventory/bom.h"

#include <postern/base/digest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "app/inventory/bom_parts.h"
#include "app/version.h"

namespace postern::app {
namespace {

using model::EntityIndex;
using model::Library;

/// `urn:uuid:` from the content: a UUID of version 8 (RFC 9562), whose bits the writer chooses.
std::string serial_of(const std::string& content) {
  std::string hex = base::sha256_hex(content).substr(0, 32);
  hex[12] = '8';
  constexpr std::string_view k_variants = "89ab";
  hex[16] = k_variants[static_cast<std::size_t>(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') % k_variants.size()];
  return "urn:uuid:" + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20);
}

/// Collects libraries and dependencies of one document.
class Document {
 public:
  explicit Document(const BomSource& source) : m_source(source) {}

  void add_service(const BomService& service, const std::string& reference) {
    std::set<std::string> direct;
    for (const Library* row : service.rows) {
      const std::string library = reference_of(*row);
      m_libraries[library].push_back(row);
      if (row->directness == model::Directness::direct) direct.insert(library);
    }
    m_needs[reference].insert(direct.begin(), direct.end());
    if (!service.is_known) m_incomplete.insert(reference);
  }
  void need(const std::string& from, const std::string& to) { m_needs[from].insert(to); }
  void add_component(Json component) { m_components.push_back(std::move(component)); }

  void add_flow(EntityIndex index) {
    const model::Entity& entity = m_source.graph.entity(index);
    if (!model::is_workload(entity.kind)) return;
    m_services.push_back(service_json(m_source.graph, index));
    for (const EntityIndex target : needed_by(m_source.graph, index))
      m_calls.emplace_back(service_reference(entity), service_reference(m_source.graph.entity(target)));
    m_needs[service_reference(entity)];
  }

  [[nodiscard]] std::string text(Json subject) {
    for (const auto& [reference, rows] : m_libraries) m_components.push_back(library_json(rows));
    // Of what is called, only what the document describes can be referred to.
    for (const auto& [from, to] : m_calls) {
      if (m_needs.contains(to)) m_needs[from].insert(to);
    }
    Json document;
    document["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json";
    document["bomFormat"] = "CycloneDX";
    document["specVersion"] = "1.6";
    document["version"] = 1;
    document["metadata"] = metadata(std::move(subject));
    document["components"] = std::move(m_components);
    if (!m_services.empty()) document["services"] = std::move(m_services);
    document["dependencies"] = dependencies();
    if (!m_incomplete.empty())
      document["compositions"] = Json::array({Json{{"aggregate", "incomplete"}, {"assemblies", m_incomplete}}});
    document["serialNumber"] = serial_of(document.dump(-1, ' ', false, Json::error_handler_t::replace));
    return render::json_text(document);
  }

 private:
  [[nodiscard]] Json metadata(Json subject) const {
    Json metadata;
    if (!m_source.timestamp.empty()) metadata["timestamp"] = m_source.timestamp;
    metadata["tools"]["components"] = Json::array({Json{{"type", "application"}, {"name", "postern"}, {"version", version()}}});
    metadata["component"] = std::move(subject);
    return metadata;
  }

  [[nodiscard]] Json dependencies() const {
    Json rows = Json::array();
    for (const auto& [from, to] : m_needs) {
      Json row{{"ref", from}};
      if (!to.empty()) row["dependsOn"] = to;
      rows.push_back(std::move(row));
    }
    return rows;
  }

  const BomSource& m_source;
  std::map<std::string, std::vector<const Library*>> m_libraries;
  std::map<std::string, std::set<std::string>> m_needs;
  std::vector<std::pair<std::string, std::string>> m_calls;
  std::set<std::string> m_incomplete;
  Json m_components = Json::array();
  Json m_services = Json::array();
};

}  // namespace

std::vector<BomService> bom_services(const model::ArchitectureGraph& graph, const std::vector<model::Component>& components) {
  std::map<EntityIndex, BomService> services;
  const auto entities = graph.entities();
  for (EntityIndex index = 0; index < entities.size(); ++index) {
    const model::Entity& entity = entities[index];
    const model::Attribute* libraries = entity.attributes.find(model::attribute::libraries);
    const bool is_workload = model::is_workload(entity.kind) && !entity.id.application.empty();
    if (!is_workload && (entity.kind != model::EntityKind::application || libraries == nullptr)) continue;
    services[index] = {index, {}, libraries != nullptr && std::holds_alternative<std::int64_t>(libraries->value)};
  }
  for (const model::Component& component : components) {
    const auto owner = graph.find(component.owner);
    if (owner && services.contains(*owner)) services[*owner].rows.push_back(component.library);
  }
  std::vector<BomService> result;
  for (auto& [index, service] : services) result.push_back(std::move(service));
  return result;
}

std::string service_bom(const BomSource& source, const BomService& service) {
  const model::Entity& entity = source.graph.entity(service.entity);
  Document document(source);
  document.add_service(service, component_reference(entity));
  document.add_flow(service.entity);
  return document.text(workload_json(entity));
}

std::string application_bom(const BomSource& source) {
  Document document(source);
  const std::string reference = "application:" + source.application;
  for (const BomService& service : source.services) {
    const model::Entity& entity = source.graph.entity(service.entity);
    document.add_service(service, component_reference(entity));
    document.need(reference, component_reference(entity));
    // An image is what a service runs and no library of the application: it is named in the properties.
    Json component{{"type", "application"}, {"bom-ref", component_reference(entity)}, {"name", entity.id.address.str()}};
    Json whole = workload_json(entity);
    if (whole.contains("properties")) component["properties"] = std::move(whole["properties"]);
    document.add_component(std::move(component));
    document.add_flow(service.entity);
  }
  return document.text(Json{{"type", "application"}, {"bom-ref", reference}, {"name", source.application}});
}

}  // namespace postern::app
