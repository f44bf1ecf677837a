// SPDX-License-Identifier: Apache-2.0
// From packages and relationships to rows.
#include <ingest/codes.h>
#include <ingest/spdx/packages.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::spdx {
namespace {

using model::ComponentScope;
using model::ComponentType;
using sbom::Component;

struct PurposeRow {
  std::string_view name;
  ComponentType type;
  bool is_row;
};
constexpr std::array k_purposes = {
    PurposeRow{"", ComponentType::library, true},
    PurposeRow{"LIBRARY", ComponentType::library, true},
    PurposeRow{"FRAMEWORK", ComponentType::framework, true},
    PurposeRow{"APPLICATION", ComponentType::application, false},
    PurposeRow{"CONTAINER", ComponentType::container, true},
    PurposeRow{"OPERATING-SYSTEM", ComponentType::operating_system, true},
    PurposeRow{"OPERATING_SYSTEM", ComponentType::operating_system, true},
    PurposeRow{"FILE", ComponentType::other, false},
};

enum class Direction : std::uint8_t { forward, backward };

/// Relationships that are dependencies, and what they say about the scope of the end that is depended on.
struct RelationshipRow {
  std::string_view name;
  Direction direction;
  ComponentScope scope;
};
constexpr std::array k_relationships = {
    RelationshipRow{"DEPENDS_ON", Direction::forward, ComponentScope::unknown},
    RelationshipRow{"DEPENDENCY_OF", Direction::backward, ComponentScope::unknown},
    RelationshipRow{"RUNTIME_DEPENDENCY_OF", Direction::backward, ComponentScope::required},
    RelationshipRow{"OPTIONAL_DEPENDENCY_OF", Direction::backward, ComponentScope::optional},
    RelationshipRow{"BUILD_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
    RelationshipRow{"DEV_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
    RelationshipRow{"TEST_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
};

}  // namespace

std::string_view meaningful(std::string_view text) { return text == "NOASSERTION" || text == "NONE" ? std::string_view() : text; }

void Collector::add(Package package) {
  if (package.name.empty()) {
    m_trouble.lost(code::k_missing_part, package.at, "a package has no 'name'",
                   "generate the document again; this package is unknown");
    return;
  }
  if (package.reference.empty()) {
    m_trouble.odd(code::k_missing_part, package.at, "package '" + std::string(package.name) + "' has no 'SPDXID'",
                  "its dependencies cannot be told; add the field");
  }
  m_packages.push_back(std::move(package));
}

void Collector::relate(std::string_view from, std::string_view type, std::string_view to, const sbom::Place& at) {
  if (type == "DESCRIBES" && from == k_document) describe(to);
  if (type == "DESCRIBED_BY" && to == k_document) describe(from);
  const auto row =
      std::find_if(k_relationships.begin(), k_relationships.end(), [&](const RelationshipRow& each) { return each.name == type; });
  if (row == k_relationships.end()) return;
  if (row->direction == Direction::backward) std::swap(from, to);
  depend(from, to, row->scope, at);
}

void Collector::depend(std::string_view from, std::string_view to, ComponentScope scope, const sbom::Place& at) {
  m_dependencies.push_back({from, to, scope, at});
}

/// Files, snippets and other documents are no packages: what hangs on them is nothing that is missing.
bool Collector::is_package_reference(std::string_view reference) const {
  return !meaningful(reference).empty() && reference != k_document && !reference.starts_with("DocumentRef-") &&
         !reference.starts_with("SPDXRef-File") && !m_others.contains(reference);
}

void Collector::add_subject(const Package& package, model::SbomFact& fact) const {
  fact.name = base::Symbol(package.name);
  fact.version = base::Symbol(meaningful(package.version));
  if (package.purpose == "CONTAINER") {
    sbom::add_image(package.name, fact);
    if (package.version.starts_with("sha256:")) sbom::add_image(package.version, fact);
  }
  if (const auto purl = package::parse_purl(package.purl)) {
    fact.purl = base::Symbol(package::identity_of(*purl));
    sbom::add_image(*purl, fact);
  }
}

void Collector::add_row(Package& package) {
  Component component;
  component.reference = package.reference;
  component.name = package.name;
  component.version = meaningful(package.version);
  component.purl = package.purl;
  const auto row =
      std::find_if(k_purposes.begin(), k_purposes.end(), [&](const PurposeRow& each) { return each.name == package.purpose; });
  component.type = row == k_purposes.end() ? ComponentType::other : row->type;
  component.is_row = !component.purl.empty() || row == k_purposes.end() || row->is_row || !component.version.empty();
  if (!package.licence.empty()) component.licences.push_back(std::move(package.licence));
  m_inventory.add(component, package.at);
}

model::SbomFact Collector::finish() {
  model::SbomFact fact;
  fact.location = m_top.location();
  // Several that are described are what it lists, and nothing is the whole.
  const bool is_whole = m_described.size() == 1 && m_packages.size() > 1;
  const std::string_view described = is_whole ? *m_described.begin() : std::string_view();
  m_inventory.set_root(described);
  for (Package& package : m_packages) {
    if (!described.empty() && package.reference == described)
      add_subject(package, fact);
    else
      add_row(package);
  }
  for (const Dependency& each : m_dependencies) {
    if (!is_package_reference(each.from) || !is_package_reference(each.to)) continue;
    m_inventory.depend(each.from, each.to, each.at);
    if (each.scope != ComponentScope::unknown) m_inventory.set_scope(each.to, each.scope);
  }
  if (fact.name.empty()) fact.name = base::Symbol(m_name);
  if (!m_inventory.has_rows()) {
    m_trouble.odd(code::k_no_components, m_top, "the document lists no packages",
                  "a build without any library is rare: check the generator; the libraries count as unknown");
  }
  sbom::finish(fact, m_inventory, m_trouble);
  return fact;
}

}  // namespace postern::ingest::spdx
