// SPDX-License-Identifier: Apache-2.0
// Reads catalog-info.yaml and its like.
#include <ingest/catalogue/backstage.h>
#include <ingest/source_layout.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace postern::ingest::catalogue {
namespace {

using base::Symbol;
using document::Node;
namespace attribute = model::attribute;

constexpr std::string_view k_api_group = "backstage.io/";

/// Kinds of entries that describe something which runs, holds data or is called.
struct KindRow {
  std::string_view kind;
  std::string_view word;  ///< in references, lower case
  std::string_view plural;
  std::string_view type;
};
constexpr std::array k_kinds = {KindRow{"API", "api", "apis", "backstage-api"},
                                KindRow{"Component", "component", "components", "backstage-component"},
                                KindRow{"Resource", "resource", "resources", "backstage-resource"}};

bool is_entry(const Node& root) { return root["apiVersion"].text().starts_with(k_api_group) && root["kind"].is_scalar(); }

/// `KIND:NAMESPACE/NAME`, each of the first two optional.
struct EntryReference {
  std::string kind;
  std::string name;
};
EntryReference reference_of(std::string_view text, std::string_view usual_kind) {
  EntryReference reference{std::string(usual_kind), {}};
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    reference.kind = base::to_lower(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  reference.name = base::file_name(text);
  return reference;
}

std::optional<Symbol> address_of(const EntryReference& reference) {
  for (const KindRow& row : k_kinds) {
    if (row.word == reference.kind && !reference.name.empty())
      return Symbol("catalogue/" + std::string(row.plural) + '/' + reference.name);
  }
  return std::nullopt;
}

/// One entry and what it says of others.
class EntryReader {
 public:
  EntryReader(const Node& root, const KindRow& kind, std::string_view path) : m_root(root), m_kind(kind), m_path(path) {}

  std::vector<model::Fact> read() {
    const Node metadata = m_root["metadata"];
    const std::string_view name = metadata["name"].text();
    if (name.empty()) return {};
    m_entity.address = Symbol("catalogue/" + std::string(m_kind.plural) + '/' + std::string(name));
    m_entity.kind = model::EntityKind::application;
    m_entity.name = Symbol(name);
    m_entity.location = m_root.location();
    add(attribute::resource_type, m_kind.type, m_root);
    const Node spec = m_root["spec"];
    const std::string_view owner = spec["owner"].text();
    if (!owner.empty()) add(attribute::owner, reference_of(owner, "group").name, spec["owner"]);
    if (const Node value = spec["lifecycle"]; value.is_scalar()) add(attribute::lifecycle, value.text(), value);
    if (const Node value = spec["system"]; value.is_scalar())
      add(attribute::system, reference_of(value.text(), "system").name, value);
    read_criticality(metadata);
    const Node id = metadata["annotations"]["backstage.io/kubernetes-id"];
    if (id.is_scalar()) add(attribute::settings, id.text(), id, "workload");
    read_definition(spec);
    refer(spec["providesApis"], "api", model::RelationKind::exposes, "spec.providesApis");
    refer(spec["consumesApis"], "api", model::RelationKind::calls, "spec.consumesApis");
    refer(spec["dependsOn"], "component", model::RelationKind::calls, "spec.dependsOn");
    m_facts.emplace_back(std::move(m_entity));
    return std::move(m_facts);
  }

 private:
  void add(const model::AttributeDefinition& definition, std::string_view value, const Node& at, std::string_view key = {}) {
    m_entity.attributes.push_back({&definition, {}, Symbol(key), Symbol(value), at.location()});
  }

  void read_criticality(const Node& metadata) {
    constexpr std::array<std::string_view, 4> k_tiers = {"mission-critical", "high", "normal", "low"};
    for (const char* section : {"labels", "annotations"}) {
      for (const char* key : {"postern.dev/tier", "tier", "criticality", "business-criticality"}) {
        const Node value = metadata[section][key];
        const std::string text = base::to_lower(value.text());
        if (std::find(k_tiers.begin(), k_tiers.end(), text) == k_tiers.end()) continue;
        add(attribute::tier, text, value);
        return;
      }
    }
  }

  /// `definition: {$text: ./openapi.yaml}`: the file of the interface.
  void read_definition(const Node& spec) {
    for (const char* key : {"$text", "$openapi", "$yaml", "$json"}) {
      const Node place = spec["definition"][key];
      if (!place.is_scalar()) continue;
      const auto path = normal_path(std::string(base::folder_of(m_path)) + '/' + std::string(place.text()));
      if (path) add(attribute::settings, *path, place, "definition");
    }
  }

  void refer(const Node& list, std::string_view usual_kind, model::RelationKind kind, std::string_view note) {
    for (const Node item : list.items()) {
      const EntryReference reference = reference_of(item.text(), usual_kind);
      const auto target = address_of(reference);
      if (!target || *target == m_entity.address) continue;
      model::ReferenceFact fact;
      fact.source = m_entity.address;
      fact.kind = kind == model::RelationKind::calls && reference.kind == "resource" ? model::RelationKind::uses : kind;
      fact.target = *target;
      fact.note = Symbol(note);
      fact.optional = true;  // the other one may be in the catalogue of somebody else
      fact.location = item.location();
      m_facts.emplace_back(std::move(fact));
    }
  }

  Node m_root;
  const KindRow& m_kind;
  std::string_view m_path;
  model::EntityFact m_entity;
  std::vector<model::Fact> m_facts;
};

std::vector<model::Fact> facts_of(const document::Documents& documents, std::string_view path) {
  std::vector<model::Fact> facts;
  for (const document::Document& document : documents) {
    const Node root = document.root();
    const auto kind =
        std::find_if(k_kinds.begin(), k_kinds.end(), [&](const KindRow& row) { return root["kind"].text() == row.kind; });
    if (kind == k_kinds.end() || !is_entry(root)) continue;
    std::vector<model::Fact> read = EntryReader(root, *kind, path).read();
    std::move(read.begin(), read.end(), std::back_inserter(facts));
  }
  return facts;
}

}  // namespace

bool wants_backstage(std::string_view) { return false; }

std::vector<ProjectFile> read_backstage(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  std::vector<ProjectFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!is_document_file(files[i].path) || !files[i].hints.hold(Hint::backstage)) continue;
    base::DiagnosticSink parsing;
    const document::Documents documents = document::read_documents(std::string(files[i].bytes), document::Format::detect,
                                                                   Symbol(files[i].path), settings.limits, parsing);
    const bool has_entry =
        std::any_of(documents.begin(), documents.end(), [](const document::Document& each) { return is_entry(each.root()); });
    if (!has_entry) continue;
    const bool failed = parsing.has_errors();
    sink.merge(std::move(parsing));
    result.push_back({i, failed, facts_of(documents, files[i].path)});
  }
  return result;
}

}  // namespace postern::ingest::catalogue
