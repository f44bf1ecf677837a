// SPDX-License-Identifier: Apache-2.0
// Role and ClusterRole: what is allowed.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <postern/model/access_rule.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

struct PartRow {
  std::string_view key;
  std::vector<Symbol> model::AccessRule::*values;
};
constexpr std::array k_parts = {
    PartRow{"verbs", &model::AccessRule::verbs},          PartRow{"resources", &model::AccessRule::resources},
    PartRow{"apiGroups", &model::AccessRule::groups},     PartRow{"resourceNames", &model::AccessRule::names},
    PartRow{"nonResourceURLs", &model::AccessRule::urls},
};

std::string rule_text(const ObjectReader& reader, const Node& node) {
  model::AccessRule rule;
  for (const PartRow& part : k_parts) rule.*part.values = reader.sorted_texts(node, part.key);
  return to_string(rule);
}

}  // namespace

void read_role(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::role);
  const Node& root = reader.object().root;
  // Roles of the whole cluster are joined into others by their labels.
  if (reader.object().namespace_name.empty()) entity.labels = read_labels(reader, reader.object().metadata);
  std::vector<Symbol> texts;
  reader.each_mapping(root, "rules", [&](const Node& rule) { texts.emplace_back(rule_text(reader, rule)); });
  if (const Node aggregation = reader.mapping(root, "aggregationRule")) {
    reader.each_mapping(aggregation, "clusterRoleSelectors", [&](const Node& selector) {
      texts.emplace_back(std::string(model::k_aggregation) + to_string(read_selector(reader, selector)));
    });
  }
  add_set(entity.attributes, model::attribute::rules, std::move(texts), root["rules"] ? root["rules"].location() : root.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
