// SPDX-License-Identifier: Apache-2.0
// CSAF 2.0: advisories and VEX of vendors. Products are declared in a tree and named by their ids.
#include <ingest/scanners/readers.h>

#include <map>
#include <string>

namespace postern::ingest::scanners {
namespace {

struct Product {
  std::string_view purl;
  std::string_view name;
};
using Products = std::map<std::string_view, Product>;

constexpr int k_deepest_branch = 32;

void add_product(const Node& product, Products& products) {
  const std::string_view id = text(product, "product_id");
  if (!id.empty()) products[id] = {text(product, "product_identification_helper.purl"), text(product, "name")};
}

void add_branches(const Node& node, int depth, Products& products) {
  if (depth > k_deepest_branch) return;
  for (const Node& branch : each(node, "branches")) {
    if (branch["product"]) add_product(branch["product"], products);
    add_branches(branch, depth + 1, products);
  }
}

/// A component of a platform has an id of its own, and the package URL of the component.
void add_relationships(const Node& tree, Products& products) {
  for (const Node& relationship : each(tree, "relationships")) {
    const std::string_view id = text(relationship, "full_product_name.product_id");
    const std::string_view stated = text(relationship, "full_product_name.product_identification_helper.purl");
    const auto part = products.find(text(relationship, "product_reference"));
    const std::string_view inherited = part == products.end() ? std::string_view() : part->second.purl;
    if (!id.empty()) products[id] = {stated.empty() ? inherited : stated, text(relationship, "full_product_name.name")};
  }
}

struct StatusRow {
  const char* key;
  ToolStatus status;
};
constexpr std::array k_statuses = {
    StatusRow{"known_affected", ToolStatus::open},
    StatusRow{"first_affected", ToolStatus::open},
    StatusRow{"last_affected", ToolStatus::open},
    StatusRow{"under_investigation", ToolStatus::open},
    StatusRow{"known_not_affected", ToolStatus::false_positive},
    StatusRow{"fixed", ToolStatus::fixed},
    StatusRow{"first_fixed", ToolStatus::fixed},
};

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "cve"},
    FieldRow{Part::id, "ids.*.text"},
    FieldRow{Part::title, "title"},
    FieldRow{Part::cwe, "cwe.id"},
    FieldRow{Part::vector, "scores.*.cvss_v4.vectorString"},
    FieldRow{Part::vector, "scores.*.cvss_v3.vectorString"},
    FieldRow{Part::vector, "scores.*.cvss_v2.vectorString"},
    FieldRow{Part::severity, "scores.*.cvss_v3.baseSeverity"},
};

void read_vulnerability(const Node& node, const Products& products, Report& report) {
  for (const StatusRow& status : k_statuses) {
    for (const Node& id : each(node["product_status"], status.key)) {
      Row row(node, FindingCategory::vulnerability);
      row.fill(node, k_vulnerability).set(status.status);
      const auto product = products.find(text_of(id));
      if (product != products.end()) {
        row.set(Part::purl, product->second.purl);
        row.set(Part::package, product->second.name);
      } else {
        row.set(Part::package, text_of(id));
      }
      report.add(node, std::move(row));
    }
  }
}

bool knows(const Node& root) {
  return root.is_mapping() && root["document"].is_mapping() && text(root, "document.csaf_version|document.category").size() >= 3 &&
         (root["document"]["csaf_version"] || text(root, "document.category").starts_with("csaf_"));
}

void read(const Node& root, Report& report) {
  report.product(text(root, "document.publisher.name"));
  report.version(text(root, "document.tracking.version"));
  Products products;
  for (const Node& product : each(root["product_tree"], "full_product_names")) add_product(product, products);
  add_branches(root["product_tree"], 0, products);
  add_relationships(root["product_tree"], products);
  for (const Node& vulnerability : report.rows(root, "vulnerabilities")) read_vulnerability(vulnerability, products, report);
}

}  // namespace

constinit const Reader k_csaf{"csaf", "CSAF", "Advisories and VEX of vendors in CSAF 2.0, product by product", knows, read};

}  // namespace postern::ingest::scanners
