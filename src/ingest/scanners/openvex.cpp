// SPDX-License-Identifier: Apache-2.0
// OpenVEX: statements of an author about weaknesses of products, and of components within them.
#include <ingest/scanners/readers.h>
#include <package/purl.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::string_view k_images = "pkg:oci/";
constexpr std::string_view k_docker = "pkg:docker/";

bool is_image(std::string_view product) { return product.starts_with(k_images) || product.starts_with(k_docker); }

/// The package URL of a product: a text, its `@id`, or one of its identifiers.
std::string_view purl_of(const Node& product) {
  if (product.is_scalar()) return text_of(product);
  const std::string_view stated = text(product, "identifiers.purl");
  return stated.empty() ? text(product, "@id") : stated;
}

ToolStatus status_in(std::string_view word) {
  if (word == "not_affected") return ToolStatus::false_positive;
  return word == "fixed" ? ToolStatus::fixed : ToolStatus::open;
}

/// `REPOSITORY:TAG@DIGEST` of a package URL of an image, as far as it says them.
std::string reference_of(std::string_view purl_text) {
  const auto purl = package::parse_purl(purl_text);
  if (!purl) return {};
  const std::string_view stated = purl->qualifier("repository_url");
  std::string reference(stated.empty() ? std::string_view(purl->name) : stated);
  if (stated.empty() && !purl->namespace_path.empty()) reference.insert(0, purl->namespace_path + "/");
  if (const std::string_view tag = purl->qualifier("tag"); !tag.empty()) reference.append(":").append(tag);
  const bool is_digest = purl->version.starts_with("sha256:");
  if (!purl->version.empty()) reference.append(is_digest ? "@" : ":").append(purl->version);
  return reference;
}

void add_statement(const Node& statement, const Node* product, const Node* component, Report& report) {
  Row row(statement, FindingCategory::vulnerability);
  const Node& weakness = statement["vulnerability"];
  if (weakness.is_scalar()) {
    row.set(Part::id, text_of(weakness));
  } else {
    row.set(Part::id, text(weakness, "name|@id"));
    for (const std::string_view alias : texts(weakness, "aliases.*")) row.set(Part::alias, alias);
  }
  row.set(status_in(text(statement, "status")));
  row.set(Part::title, text(statement, "justification|impact_statement|action_statement|status"));
  const std::string_view whole = product == nullptr ? std::string_view() : purl_of(*product);
  if (is_image(whole)) row.set(Part::image, reference_of(whole));
  if (component != nullptr) {
    row.set(Part::purl, purl_of(*component));
  } else if (!whole.empty() && !is_image(whole)) {
    row.set(Part::purl, whole);
  }
  report.add(statement, std::move(row));
}

bool knows(const Node& root) {
  return root.is_mapping() && root["statements"].is_sequence() && text(root, "@context").find("openvex") != std::string_view::npos;
}

void read(const Node& root, Report& report) {
  report.product(text(root, "author"));
  report.version(text(root, "version"));
  for (const Node& statement : report.rows(root, "statements")) {
    const std::vector<Node> products = each(statement, "products");
    if (products.empty()) add_statement(statement, nullptr, nullptr, report);
    for (const Node& product : products) {
      const std::vector<Node> parts = product.is_mapping() ? each(product, "subcomponents") : std::vector<Node>();
      if (parts.empty()) add_statement(statement, &product, nullptr, report);
      for (const Node& part : parts) add_statement(statement, &product, &part, report);
    }
  }
}

}  // namespace

constinit const Reader k_openvex{"openvex", "OpenVEX", "Statements about weaknesses of products and their components, in JSON",
                                 knows, read};

}  // namespace postern::ingest::scanners
