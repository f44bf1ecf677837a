// SPDX-License-Identifier: Apache-2.0
// CycloneDX bills of materials: components at any depth, dependencies, and what the whole is, the same from JSON and XML.
#include <ingest/codes.h>
#include <ingest/cyclonedx/cyclonedx.h>
#include <ingest/cyclonedx/rules.h>
#include <ingest/cyclonedx/services.h>
#include <ingest/cyclonedx/shape.h>
#include <ingest/cyclonedx/vulnerabilities.h>
#include <ingest/sbom/inventory.h>

#include <algorithm>
#include <array>
#include <optional>

namespace postern::ingest::cyclonedx {
namespace {

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

constexpr std::array<std::string_view, 8> k_versions = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};
/// Of these there is no JSON.
constexpr std::size_t k_xml_only = 2;

/// Properties under which generators write the image that they looked at.
constexpr std::array<std::string_view, 8> k_image_properties = {"aquasecurity:trivy:RepoDigest", "aquasecurity:trivy:RepoTag",
                                                                "aquasecurity:trivy:Reference",  "aquasecurity:trivy:ImageID",
                                                                "syft:image:repoDigest",         "syft:image:tag",
                                                                "syft:image:manifestDigest",     "syft:image:imageID"};

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink)
      : m_trouble(sink, root.location()), m_shape(root, &m_trouble), m_root(m_shape.top()), m_inventory(m_trouble) {}

  SbomFact read() {
    SbomFact fact;
    fact.location = m_root.location();
    check_head();
    read_subject(fact);
    read_components(m_root, 0);
    read_services(m_root);
    read_dependencies();
    check_rules(m_shape, m_trouble);
    if (!m_inventory.has_rows()) {
      m_trouble.odd(code::k_no_components, m_root, "the bill of materials lists no components",
                    "a build without any library is rare: check the generator; the libraries count as unknown");
    }
    sbom::finish(fact, m_inventory, m_trouble);
    return fact;
  }

 private:
  void check_head() {
    if (!m_shape.is_xml() && m_shape.text(m_root, "bomFormat", "the bill of materials") != "CycloneDX") {
      m_trouble.odd(code::k_missing_part, m_shape.place_of(m_root, "bomFormat"),
                    "'bomFormat' is " + (m_root["bomFormat"] ? "'" + std::string(m_root["bomFormat"].text()) + "'" : "missing") +
                        ", expected 'CycloneDX'",
                    "the document is read as CycloneDX; add the field");
    }
    const std::string_view text = m_shape.version();
    const auto first = k_versions.begin() + (m_shape.is_xml() ? 0 : k_xml_only);
    if (std::find(first, k_versions.end(), text) != k_versions.end()) return;
    const std::string key = m_shape.is_xml() ? "the version of the namespace" : "specVersion";
    const std::string expected = ", expected " + std::string(*first) + " to " + std::string(k_versions.back());
    const std::string message =
        text.empty() ? '\'' + key + "' is missing" + expected : key + " '" + std::string(text) + "' is not known" + expected;
    // Versions with the same first number only add to one another.
    if (text.starts_with("1.") || text.empty()) {
      m_trouble.odd(code::k_unknown_version, m_shape.place_of(m_root, "specVersion"), message, "the document is read as 1.7");
    } else {
      m_trouble.lost(code::k_unknown_version, m_shape.place_of(m_root, "specVersion"), message,
                     "generate it in version 1.6; its libraries are unknown");
    }
  }

  void read_subject(SbomFact& fact) {
    const Node metadata = m_shape.mapping(m_root, "metadata", "the bill of materials");
    const Node component = m_shape.mapping(metadata, "component", "'metadata'");
    read_image_properties(metadata, fact);
    m_root_reference = m_shape.text(component, "bom-ref", "'metadata.component'");
    m_inventory.set_root(m_root_reference);
    if (!component) return;
    const std::string_view version = m_shape.text(component, "version", "'metadata.component'");
    fact.name = base::Symbol(name_of(component));
    fact.version = base::Symbol(version);
    if (m_shape.text(component, "type", "'metadata.component'") == "container") {
      sbom::add_image(fact.name.view(), fact);
      if (version.starts_with("sha256:")) sbom::add_image(version, fact);
    }
    for (const std::string_view key : {"purl", "bom-ref"}) {
      const auto purl = package::parse_purl(m_shape.text(component, key, "'metadata.component'"));
      if (!purl) continue;
      sbom::add_image(*purl, fact);
      if (key == "purl") fact.purl = base::Symbol(package::identity_of(*purl));
    }
    read_image_properties(component, fact);
    read_components(component, 1);
  }

  void read_image_properties(const Node& object, SbomFact& fact) {
    for (const Node& property : m_shape.items(object, "properties", "the subject")) {
      const std::string_view name = m_shape.text(property, "name", "a property");
      const bool is_image = std::find(k_image_properties.begin(), k_image_properties.end(), name) != k_image_properties.end();
      if (is_image) sbom::add_image(m_shape.is_xml() ? Shape::text_of(property) : property["value"].text(), fact);
    }
  }

  /// `GROUP/NAME`, where the name does not say the group itself.
  std::string name_of(const Node& component) {
    const std::string_view name = m_shape.text(component, "name", "a component");
    const std::string_view group = m_shape.text(component, "group", "a component");
    if (group.empty() || name.starts_with(group)) return std::string(name);
    return std::string(group) + '/' + std::string(name);
  }

  void read_components(const Node& owner, std::uint32_t depth) {
    for (const Node& item : m_shape.items(owner, "components", depth == 0 ? "the bill of materials" : "a component")) {
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
    component.reference = m_shape.text(node, "bom-ref", "a component");
    component.name = name;
    component.version = m_shape.text(node, "version", "a component");
    component.purl = m_shape.text(node, "purl", "a component");
    if (name.empty() && component.purl.empty()) {
      m_trouble.lost(code::k_missing_part, node, "a component has neither 'name' nor 'purl'",
                     "generate the bill of materials again; this component is unknown");
      return;
    }
    // Some generators list the whole among its parts.
    if (!component.reference.empty() && component.reference == m_root_reference) return;
    settle_type(node, component);
    const std::string_view scope = m_shape.text(node, "scope", "a component");
    const auto row = std::find_if(k_scopes.begin(), k_scopes.end(), [&](const ScopeRow& each) { return each.name == scope; });
    if (row != k_scopes.end()) component.scope = row->scope;
    read_licences(node, component);
    m_inventory.add(component, node);
  }

  void settle_type(const Node& node, Component& component) {
    const std::string_view type = m_shape.text(node, "type", "a component");
    const auto row = std::find_if(k_types.begin(), k_types.end(), [&](const TypeRow& each) { return each.name == type; });
    component.type = row == k_types.end() ? ComponentType::other : row->type;
    if (row == k_types.end()) {
      m_trouble.odd(type.empty() ? code::k_missing_part : code::k_unknown_type, m_shape.place_of(node, "type"),
                    type.empty() ? "the type of component '" + std::string(component.name) + "' is missing"
                                 : "component type '" + std::string(type) + "' is not known",
                    "expected library, framework, application, container, operating-system...; the component is kept");
    }
    // Applications without a version are lock files and the like: they only lead to what they list.
    const bool versioned = row != k_types.end() && row->type == ComponentType::application && !component.version.empty();
    component.is_row = !component.purl.empty() || row == k_types.end() || row->is_row || versioned;
  }

  /// Expressions, identifiers and names; in XML licences and expressions stand beside one another.
  void read_licences(const Node& node, Component& component) {
    const auto take = [&](std::string_view text) {
      if (!text.empty()) component.licences.emplace_back(text);
    };
    const auto take_licence = [&](const Node& licence) {
      const std::string_view id = m_shape.text(licence, "id", "a licence");
      take(id.empty() ? m_shape.text(licence, "name", "a licence") : id);
    };
    if (m_shape.is_xml()) {
      for (const Node& list : children(node, "licenses")) {
        for (const Node& expression : children(list, "expression")) take(Shape::text_of(expression));
        for (const Node& licence : children(list, "license")) take_licence(licence);
      }
      return;
    }
    for (const Node& choice : m_shape.items(node, "licenses", "a component")) {
      const std::string_view expression = m_shape.text(choice, "expression", "a licence");
      if (expression.empty())
        take_licence(m_shape.mapping(choice, "license", "a licence"));
      else
        take(expression);
    }
  }

  /// Services are no libraries; dependencies lead through them.
  void read_services(const Node& owner) {
    for (const Node& item : m_shape.items(owner, "services", "the bill of materials")) {
      Component service;
      service.reference = m_shape.text(item, "bom-ref", "a service");
      service.is_row = false;
      if (service.reference != m_root_reference) m_inventory.add(service, item);
      read_services(item);
    }
  }

  void read_dependencies() {
    for (const Node& item : m_shape.items(m_root, "dependencies", "the bill of materials")) {
      const std::string_view from = m_shape.text(item, "ref", "a dependency");
      if (m_shape.is_xml()) {
        for (const Node& target : children(item, "dependency")) {
          m_inventory.depend(from, m_shape.text(target, "ref", "a dependency"), target);
        }
        continue;
      }
      for (const Node& target : m_shape.items(item, "dependsOn", "a dependency")) {
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

  sbom::Trouble m_trouble;
  Shape m_shape;
  Node m_root;
  sbom::Inventory m_inventory;
  std::string_view m_root_reference;
};

}  // namespace

bool is_cyclonedx(const Node& root) {
  if (!root.is_mapping()) return false;
  const Shape shape(root);
  if (shape.is_xml()) return !shape.version().empty();
  if (const Node format = root["bomFormat"]) return format.is_scalar();
  const bool named = root["$schema"].text().find("cyclonedx") != std::string_view::npos;
  return named || (root["specVersion"] && root["components"] && !root["apiVersion"] && !root["kind"]);
}

bool is_cyclonedx_xml(std::string_view text) {
  constexpr std::size_t k_head = 16384;
  const std::string_view head = text.substr(0, k_head);
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos || head[first] != '<') return false;
  return head.find("cyclonedx.org/schema/bom/") != std::string_view::npos;
}

void extract_cyclonedx(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  const Shape shape(root);
  const Node top = shape.top();
  // What only says something of weaknesses lists no components, and nothing is missing from it.
  const bool is_statement = top["vulnerabilities"] && !top["components"] && !top["metadata"]["component"]["components"];
  model::SbomFact fact = is_statement ? model::SbomFact() : Reader(root, sink).read();
  model::ReportFact report;
  const bool has_report = extract_vulnerabilities(shape, fact, report, sink);
  if (!is_statement) facts.emplace_back(std::move(fact));
  if (has_report) facts.emplace_back(std::move(report));
  extract_services(root, facts);
}

}  // namespace postern::ingest::cyclonedx
