// SPDX-License-Identifier: Apache-2.0
// Parts of CycloneDX documents.
#include "app/inventory/bom_parts.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "package/image_name.h"
#include "package/purl.h"

namespace postern::app {
namespace {

using model::ComponentScope;
using model::ComponentType;
using model::Entity;
using model::EntityIndex;
using model::Library;
namespace attribute = model::attribute;

/// The package URL of a row with its version; nothing where it has none.
std::optional<package::PackageUrl> purl_of(const Library& row) {
  const std::string qualifiers = row.qualifiers.empty() ? std::string() : '?' + row.qualifiers.str();
  auto purl = package::parse_purl(row.purl.str() + qualifiers);
  if (purl) purl->version = row.version.str();
  return purl;
}

const char* type_of(ComponentType type) {
  switch (type) {
    case ComponentType::application:
      return "application";
    case ComponentType::container:
      return "container";
    case ComponentType::framework:
      return "framework";
    case ComponentType::operating_system:
      return "operating-system";
    case ComponentType::platform:
      return "platform";
    default:
      return "library";
  }
}

/// A longer one is not allowed there; it stands in the package URL and the reference.
void set_version(Json& component, const std::string& version) {
  constexpr std::size_t k_longest = 1024;
  if (!version.empty() && version.size() <= k_longest) component["version"] = version;
}

/// What is needed anywhere is needed; what nobody says counts before what is left out.
ComponentScope widest(const std::vector<const Library*>& rows) {
  for (const ComponentScope scope : {ComponentScope::required, ComponentScope::unknown, ComponentScope::optional}) {
    if (std::any_of(rows.begin(), rows.end(), [&](const Library* row) { return row->scope == scope; })) return scope;
  }
  return ComponentScope::excluded;
}

/// Identifiers of the SPDX list that most packages have; another one is written as a name, which the format allows for any.
bool is_common_identifier(std::string_view text) {
  constexpr std::array<std::string_view, 44> k_known = {"0BSD",
                                                        "AFL-2.1",
                                                        "AGPL-3.0-only",
                                                        "AGPL-3.0-or-later",
                                                        "Apache-1.1",
                                                        "Apache-2.0",
                                                        "Artistic-2.0",
                                                        "BlueOak-1.0.0",
                                                        "BSD-2-Clause",
                                                        "BSD-3-Clause",
                                                        "BSL-1.0",
                                                        "CC-BY-3.0",
                                                        "CC-BY-4.0",
                                                        "CC0-1.0",
                                                        "CDDL-1.0",
                                                        "CDDL-1.1",
                                                        "EPL-1.0",
                                                        "EPL-2.0",
                                                        "EUPL-1.2",
                                                        "GPL-2.0-only",
                                                        "GPL-2.0-or-later",
                                                        "GPL-3.0-only",
                                                        "GPL-3.0-or-later",
                                                        "ISC",
                                                        "LGPL-2.0-only",
                                                        "LGPL-2.0-or-later",
                                                        "LGPL-2.1-only",
                                                        "LGPL-2.1-or-later",
                                                        "LGPL-3.0-only",
                                                        "LGPL-3.0-or-later",
                                                        "MIT",
                                                        "MIT-0",
                                                        "MPL-1.1",
                                                        "MPL-2.0",
                                                        "MS-PL",
                                                        "OpenSSL",
                                                        "PostgreSQL",
                                                        "PSF-2.0",
                                                        "Python-2.0",
                                                        "Ruby",
                                                        "Unicode-DFS-2016",
                                                        "Unlicense",
                                                        "WTFPL",
                                                        "Zlib"};
  return std::find(k_known.begin(), k_known.end(), text) != k_known.end();
}

bool is_expression(std::string_view text) {
  return text.find(" AND ") != std::string_view::npos || text.find(" OR ") != std::string_view::npos ||
         text.find(" WITH ") != std::string_view::npos;
}

/// The format takes either one expression or any number of licences.
Json licences_json(const std::vector<const Library*>& rows) {
  std::set<std::string> texts;
  for (const Library* row : rows) {
    if (row->licences.empty()) continue;
    for (const std::string_view each : base::split(row->licences.view(), '\n')) texts.emplace(each);
  }
  Json licences = Json::array();
  if (texts.size() == 1 && is_expression(*texts.begin())) {
    licences.push_back(Json{{"expression", *texts.begin()}});
    return licences;
  }
  for (const std::string& text : texts)
    licences.push_back(Json{{"license", Json{{is_common_identifier(text) ? "id" : "name", text}}}});
  return licences;
}

std::vector<std::string> images_of(const Entity& entity) {
  std::set<std::string> images;
  for (const model::Attribute& row : entity.attributes.of(attribute::image)) {
    if (const auto* text = std::get_if<model::Symbol>(&row.value)) images.insert(text->str());
  }
  return {images.begin(), images.end()};
}

/// `pkg:oci/cart@sha256:...?repository_url=...&tag=...`; without a digest there is none.
std::string purl_of_image(const package::ImageName& image) {
  if (image.digest.empty()) return {};
  package::PackageUrl purl;
  purl.type = "oci";
  purl.name = image.repository.substr(image.repository.rfind('/') + 1);
  purl.version = image.digest;
  purl.qualifiers.emplace_back("repository_url", image.repository);
  if (!image.tag.empty()) purl.qualifiers.emplace_back("tag", image.tag);
  const package::PurlReading built = package::build_purl(std::move(purl));
  return built.purl ? to_string(*built.purl) : std::string();
}

/// The format takes references (RFC 3987): a name that is none is left out.
bool is_host(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == '*';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_plain);
}

/// Names from outside: of the gateways and names whose requests end at the workload.
void add_endpoints(const model::ArchitectureGraph& graph, EntityIndex index, std::set<std::string>& endpoints) {
  std::set<EntityIndex> seen{index};
  std::vector<EntityIndex> open{index};
  while (!open.empty()) {
    const EntityIndex at = open.back();
    open.pop_back();
    for (const model::Alias& alias : graph.entity(at).aliases) {
      if (alias.kind == model::AliasKind::host && is_host(alias.text.view())) endpoints.insert(alias.text.str());
    }
    for (const model::RelationIndex each : graph.incoming(at)) {
      const model::Relation& relation = graph.relation(each);
      if (family_of(relation.kind) == model::RelationFamily::routing && seen.insert(relation.source).second)
        open.push_back(relation.source);
    }
  }
}

std::set<std::string> classes_of(const Entity& entity) {
  std::set<std::string> classes;
  for (const auto* definition : {&attribute::data_classes, &attribute::data_reach}) {
    const model::Attribute* row = entity.attributes.find(*definition);
    const auto* texts = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
    if (texts == nullptr) continue;
    for (const model::Symbol name : *texts) classes.insert(name.str());
  }
  return classes;
}

}  // namespace

Json property(const std::string& name, const std::string& value) { return Json{{"name", name}, {"value", value}}; }

std::string reference_of(const Library& row) {
  const auto purl = purl_of(row);
  if (purl) return to_string(*purl);
  return row.version.empty() ? row.purl.str() : row.purl.str() + '@' + row.version.str();
}

Json library_json(const std::vector<const Library*>& rows) {
  const Library& first = *rows.front();
  const auto purl = purl_of(first);
  Json component{{"type", type_of(first.type)}, {"bom-ref", reference_of(first)}};
  if (purl && !purl->namespace_path.empty()) component["group"] = purl->namespace_path;
  component["name"] = purl ? purl->name : first.name.str();
  set_version(component, first.version.str());
  const ComponentScope scope = widest(rows);
  if (scope != ComponentScope::unknown) component["scope"] = to_string(scope);
  Json licences = licences_json(rows);
  if (!licences.empty()) component["licenses"] = std::move(licences);
  if (purl) component["purl"] = to_string(*purl);
  // By which direct dependency it comes is known, and not by which way: that is no dependency of the format.
  std::set<std::string> through;
  for (const Library* row : rows) {
    if (!row->introduced_by.empty()) through.insert(row->introduced_by.str());
  }
  Json properties = Json::array();
  for (const std::string& each : through) properties.push_back(property("postern:introduced_by", each));
  if (!properties.empty()) component["properties"] = std::move(properties);
  return component;
}

std::string component_reference(const Entity& entity) { return "component:" + to_string(entity.id); }
std::string service_reference(const Entity& entity) { return "service:" + to_string(entity.id); }

Json workload_json(const Entity& entity) {
  const std::vector<std::string> images = images_of(entity);
  Json component{{"type", images.empty() ? "application" : "container"}, {"bom-ref", component_reference(entity)}};
  component["name"] = entity.id.address.str();
  Json properties = Json::array();
  if (images.size() == 1) {
    const package::ImageName image = package::image_name(images.front());
    component["name"] = image.repository;
    set_version(component, image.digest.empty() ? image.tag : image.digest);
    constexpr std::string_view k_algorithm = "sha256:";
    constexpr std::size_t k_digits = 64;
    const std::string digits = image.digest.substr(std::min(k_algorithm.size(), image.digest.size()));
    const bool is_hash = image.digest.starts_with(k_algorithm) && digits.size() == k_digits &&
                         digits.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (is_hash) component["hashes"] = Json::array({Json{{"alg", "SHA-256"}, {"content", digits}}});
    if (const std::string purl = purl_of_image(image); !purl.empty()) component["purl"] = purl;
  }
  properties.push_back(property("postern:service", entity.id.address.str()));
  for (const std::string& image : images) properties.push_back(property("postern:image", image));
  component["properties"] = std::move(properties);
  return component;
}

Json service_json(const model::ArchitectureGraph& graph, EntityIndex index) {
  const Entity& entity = graph.entity(index);
  Json service{{"bom-ref", service_reference(entity)}};
  if (!entity.namespace_name.empty()) service["group"] = entity.namespace_name.str();
  service["name"] = entity.name.str();
  std::set<std::string> endpoints;
  add_endpoints(graph, index, endpoints);
  if (!endpoints.empty()) service["endpoints"] = endpoints;
  const model::Symbol exposure = entity.attributes.text(attribute::exposure);
  if (exposure == model::Symbol("internet")) service["x-trust-boundary"] = true;
  Json data = Json::array();
  for (const std::string& each : classes_of(entity)) data.push_back(Json{{"flow", "unknown"}, {"classification", each}});
  if (!data.empty()) service["data"] = std::move(data);
  if (!exposure.empty()) service["properties"] = Json::array({property("postern:exposure", exposure.str())});
  return service;
}

std::vector<EntityIndex> needed_by(const model::ArchitectureGraph& graph, EntityIndex index) {
  std::set<EntityIndex> needed;
  for (const model::RelationIndex each : graph.outgoing(index)) {
    const model::Relation& relation = graph.relation(each);
    const bool is_flow = family_of(relation.kind) == model::RelationFamily::network;
    if (is_flow && relation.target != index && model::is_workload(graph.entity(relation.target).kind))
      needed.insert(relation.target);
  }
  return {needed.begin(), needed.end()};
}

}  // namespace postern::app
