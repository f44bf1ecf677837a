// SPDX-License-Identifier: Apache-2.0
// ReferenceGrant: which references from other namespaces are allowed here.
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/gateway_api/grants.h>
#include <ingest/kubernetes/gateway_api/kinds.h>

#include <string>
#include <utility>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::size_t k_most_entries = 16;  // of a list: the platform refuses more

struct Named {
  std::string kind;
  std::string other;  ///< namespace or name
};

std::vector<Named> read_entries(const ObjectReader& reader, std::string_view list, std::string_view other) {
  std::vector<Named> entries;
  reader.each_mapping(reader.spec(), list, [&](const Node& item) {
    const auto kind = reader.required_name(item, "kind");
    if (kind) entries.push_back({std::string(*kind), std::string(reader.name(item, other).value_or("*"))});
  });
  if (entries.size() > k_most_entries) {
    reader.error(code::k_out_of_range, reader.spec()[list],
                 "'" + std::string(list) + "' has " + std::to_string(entries.size()) + " entries, expected at most 16");
    entries.resize(k_most_entries);
  }
  return entries;
}

}  // namespace

Symbol grant_text(std::string_view from_kind, std::string_view from_namespace, std::string_view to_kind, std::string_view to_name) {
  std::string text(from_kind);
  (text += " of ") += from_namespace;
  (text += " may name ") += to_kind;
  (text += ' ') += to_name;
  return Symbol(text);
}

std::vector<Symbol> grants_for(const ObjectReader& reader, std::string_view to_namespace, std::string_view to_kind,
                               std::string_view to_name) {
  const std::string_view own = reader.object().namespace_name.view();
  if (to_namespace.empty() || to_namespace == own) return {};
  return {grant_text(reader.object().kind, own, to_kind, to_name), grant_text(reader.object().kind, own, to_kind, "*")};
}

void read_reference_grant(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (reader.required_mapping(reader.object().root, "spec")) {
    const std::vector<Named> from = read_entries(reader, "from", "namespace");
    const std::vector<Named> to = read_entries(reader, "to", "name");
    std::vector<Symbol> texts;
    for (const Named& source : from) {
      for (const Named& target : to) texts.push_back(grant_text(source.kind, source.other, target.kind, target.other));
    }
    add_set(entity.attributes, model::attribute::grants, std::move(texts), reader.spec().location());
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
