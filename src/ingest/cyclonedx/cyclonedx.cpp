// SPDX-License-Identifier: Apache-2.0
// CycloneDX bills of materials: components at any depth, dependencies, and what the whole is.
#include <ingest/codes.h>
#include <ingest/cyclonedx/cyclonedx.h>
#include <ingest/cyclonedx/services.h>
#include <ingest/sbom/inventory.h>

#include <algorithm>
#include <array>
#include <optional>

namespace postern::ingest::cyclonedx {
namespace {

using document::Node;
using model::ComponentType;
using model::SbomFact;
using sbom::Component;

/// How a type of the specification is kept, and whether it is a row without a package URL.
struct TypeRow {
  std::string_view name;
  ComponentType type;
  bool is_row;
};

constexpr std::array k_types = {
    TypeRow{"application", ComponentType::application, false},
    TypeRow{"container", ComponentType::container, true},
    TypeRow{"cryptographic-asset", ComponentType::other, false},
    TypeRow{"data", ComponentType::other, false},
    TypeRow{"device", ComponentType::other, false},
    TypeRow{"device-driver", ComponentType::other, true},
    TypeRow{"file", ComponentType::other, false},
    TypeRow{"firmware", ComponentType::other, true},
    TypeRow{"framework", ComponentType::framework, true},
    TypeRow{"library", ComponentType::library, true},
    TypeRow{"machine-learning-model", ComponentType::other, true},
    TypeRow{"operating-system", ComponentType::operating_system, true},
    TypeRow{"platform", ComponentType::platform, true},
};

struct ScopeRow {
  std::string_view name;
  model::ComponentScope scope;
};
constexpr std::array k_scopes = {ScopeRow{"required", model::ComponentScope::required},
                                 ScopeRow{"optional", model::ComponentScope::optional},
                                 ScopeRow{"excluded", model::ComponentScope::excluded}};

constexpr std::array<std::string_view, 6> k_versions = {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};

/// Properties under which generators write the image that they looked at.
constexpr std::array<std::string_view, 8> k_image_properties = {"aquasecurity:trivy:RepoDigest", "aquasecurity:trivy:RepoTag",
                                                                "aquasecurity:trivy:Reference",  "aquasecurity:trivy:ImageID",
                                                                "syft:image:repoDigest",         "syft:image:tag",
                                                                "syft:image:manifestDigest",     "syft:image:imageID"};

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink) : m_root(root), m_trouble(sink, root.location()), m_inventory(m_trouble) {}

  SbomFact read() {
    SbomFact fact;
    fact.location = m_root.location();
    check_head();
    read_subject(fact);
    read_components(m_root, 0);
    read_services(m_root);
    read_dependencies();
    if (!m_inventory.has_rows()) {
      m_trouble.odd(code::k_no_components, m_root, "the bill of materials lists no components",
                    "a build without any library is rare: check the generator; the libraries count as unknown");
    }
    sbom::finish(fact, m_inventory, m_trouble);
    return fact;
  }

 private:
  void check_head() {
    if (m_trouble.text(m_root, "bomFormat", "the bill of materials") != "CycloneDX") {
      m_trouble.odd(code::k_missing_part, m_root["bomFormat"] ? m_root["bomFormat"] : m_root,
                    "'bomFormat' is " + (m_root["bomFormat"] ? "'" + std::string(m_root["bomFormat"].text()) + "'" : "missing") +
                        ", expected 'CycloneDX'",
                    "the document is read as CycloneDX; add the field");
    }
    const Node version = m_root["specVersion"];
    const std::string_view text = m_trouble.text(m_root, "specVersion", "the bill of materials");
    if (std::find(k_versions.begin(), k_versions.end(), text) != k_versions.end()) return;
    const std::string message = text.empty() ? std::string("'specVersion' is missing, expected 1.2 to 1.7")
                                             : "specVersion '" + std::string(text) + "' is not known, expected 1.2 to 1.7";
    // Versions with the same first number only add to one another.
    if (text.starts_with("1.") || text.empty()) {
      m_trouble.odd(code::k_unknown_version, version ? version : m_root, message, "the document is read as 1.7");
    } else {
      m_trouble.lost(code::k_unknown_version, version, message, "generate it in version 1.6; its libraries are unknown");
    }
  }

  void read_subject(SbomFact& fact) {
    const Node metadata = m_trouble.mapping(m_root, "metadata", "the bill of materials");
    const Node component = m_trouble.mapping(metadata, "component", "'metadata'");
    read_image_properties(metadata, fact);
    m_root_reference = m_trouble.text(component, "bom-ref", "'metadata.component'");
    m_inventory.set_root(m_root_reference);
    if (!component) return;
    const std::string_view version = m_trouble.text(component, "version", "'metadata.component'");
    fact.name = base::Symbol(name_of(component));
    fact.version = base::Symbol(version);
    if (m_trouble.text(component, "type", "'metadata.component'") == "container") {
      sbom::add_image(fact.name.view(), fact);
      if (version.starts_with("sha256:")) sbom::add_image(version, fact);
    }
    for (const std::string_view key : {"purl", "bom-ref"}) {
      const auto purl = package::parse_purl(component[key].text());
      if (!purl) continue;
      sbom::add_image(*purl, fact);
      if (key == "purl") fact.purl = base::Symbol(package::identity_of(*purl));
    }
    read_image_properties(component, fact);
    read_components(component, 1);
  }

  void read_image_properties(const Node& object, SbomFact& fact) {
    for (const Node property : m_trouble.list(object, "properties", "the subject").items()) {
      const std::string_view name = property["name"].text();
      const bool is_image = std::find(k_image_properties.begin(), k_image_properties.end(), name) != k_image_properties.end();
      if (is_image) sbom::add_image(property["value"].text(), fact);
    }
  }

  /// `GROUP/NAME`, where the name does not say the group itself.
  std::string name_of(const Node& component) {
    const std::string_view name = m_trouble.text(component, "name", "a component");
    const std::string_view group = m_trouble.text(component, "group", "a component");
    if (group.empty() || name.starts_with(group)) return std::string(name);
    return std::string(group) + '/' + std::string(name);
  }

  void read_components(const Node& owner, std::uint32_t depth) {
    for (const Node item : m_trouble.list(owner, "components", depth == 0 ? "the bill of materials" : "a component").items()) {
      if (!item.is_mapping()) {
        m_trouble.lost(code::k_wrong_type, item, std::string("a component is ") + to_string(item.kind()) + ", expected an object",
                       "generate the bill of materials again; this component is unknown");
        continue;
      }
      read_component(item);
      read_components(item, depth + 1);
    }
  }

  void read_component(const Node& node) {
    const std::string name = name_of(node);
    Component component;
    component.reference = m_trouble.text(node, "bom-ref", "a component");
    component.name = name;
    component.version = m_trouble.text(node, "version", "a component");
    component.purl = m_trouble.text(node, "purl", "a component");
    if (name.empty() && component.purl.empty()) {
      m_trouble.lost(code::k_missing_part, node, "a component has neither 'name' nor 'purl'",
                     "generate the bill of materials again; this component is unknown");
      return;
    }
    // Some generators list the whole among its parts.
    if (!component.reference.empty() && component.reference == m_root_reference) return;
    settle_type(node, component);
    const std::string_view scope = m_trouble.text(node, "scope", "a component");
    const auto row = std::find_if(k_scopes.begin(), k_scopes.end(), [&](const ScopeRow& each) { return each.name == scope; });
    if (row != k_scopes.end()) component.scope = row->scope;
    read_licences(node, component);
    m_inventory.add(component, node);
  }

  void settle_type(const Node& node, Component& component) {
    const std::string_view type = m_trouble.text(node, "type", "a component");
    const auto row = std::find_if(k_types.begin(), k_types.end(), [&](const TypeRow& each) { return each.name == type; });
    component.type = row == k_types.end() ? ComponentType::other : row->type;
    if (row == k_types.end()) {
      m_trouble.odd(type.empty() ? code::k_missing_part : code::k_unknown_type, node["type"] ? node["type"] : node,
                    type.empty() ? "the type of component '" + std::string(component.name) + "' is missing"
                                 : "component type '" + std::string(type) + "' is not known",
                    "expected library, framework, application, container, operating-system...; the component is kept");
    }
    // Applications without a version are lock files and the like: they only lead to what they list.
    const bool versioned = row != k_types.end() && row->type == ComponentType::application && !component.version.empty();
    component.is_row = !component.purl.empty() || row == k_types.end() || row->is_row || versioned;
  }

  void read_licences(const Node& node, Component& component) {
    for (const Node choice : m_trouble.list(node, "licenses", "a component").items()) {
      const std::string_view expression = m_trouble.text(choice, "expression", "a licence");
      const Node licence = m_trouble.mapping(choice, "license", "a licence");
      std::string_view text = expression.empty() ? m_trouble.text(licence, "id", "a licence") : expression;
      if (text.empty()) text = m_trouble.text(licence, "name", "a licence");
      if (!text.empty()) component.licences.emplace_back(text);
    }
  }

  /// Services are no libraries; dependencies lead through them.
  void read_services(const Node& owner) {
    for (const Node item : m_trouble.list(owner, "services", "the bill of materials").items()) {
      Component service;
      service.reference = m_trouble.text(item, "bom-ref", "a service");
      service.is_row = false;
      if (service.reference != m_root_reference) m_inventory.add(service, item);
      read_services(item);
    }
  }

  void read_dependencies() {
    for (const Node item : m_trouble.list(m_root, "dependencies", "the bill of materials").items()) {
      const std::string_view from = m_trouble.text(item, "ref", "a dependency");
      for (const Node target : m_trouble.list(item, "dependsOn", "a dependency").items()) {
        if (const auto to = target.as_string()) {
          m_inventory.depend(from, *to, target);
        } else {
          m_trouble.lost(code::k_wrong_type, target,
                         std::string("an item of 'dependsOn' is ") + to_string(target.kind()) + ", expected a string",
                         "generate the bill of materials again");
        }
      }
    }
  }

  Node m_root;
  sbom::Trouble m_trouble;
  sbom::Inventory m_inventory;
  std::string_view m_root_reference;
};

}  // namespace

bool is_cyclonedx(const Node& root) {
  if (!root.is_mapping()) return false;
  if (const Node format = root["bomFormat"]) return format.is_scalar();
  const bool named = root["$schema"].text().find("cyclonedx") != std::string_view::npos;
  return named || (root["specVersion"] && root["components"] && !root["apiVersion"] && !root["kind"]);
}

void extract_cyclonedx(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  facts.emplace_back(Reader(root, sink).read());
  extract_services(root, facts);
}

}  // namespace postern::ingest::cyclonedx
