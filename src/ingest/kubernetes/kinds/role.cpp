// SPDX-License-Identifier: Apache-2.0
// Role and ClusterRole: what is allowed.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

struct PartRow {
  std::string_view key;
  std::string_view label;
};
/// In the order of the text.
constexpr std::array k_parts = {
    PartRow{"verbs", "verbs"},         PartRow{"resources", "resources"},  PartRow{"apiGroups", "groups"},
    PartRow{"resourceNames", "names"}, PartRow{"nonResourceURLs", "urls"},
};

/// Comma-separated; the empty text is the core group, which is written only beside others.
std::string values_text(const std::vector<Symbol>& values) {
  if (values.size() == 1) return values.front().str();
  std::string text;
  for (const Symbol value : values) text += (text.empty() ? "" : ",") + (value.empty() ? "core" : value.str());
  return text;
}

/// `verbs: get,list resources: deployments groups: apps`
std::string rule_text(const ObjectReader& reader, const Node& rule) {
  std::string text;
  for (const PartRow& part : k_parts) {
    const std::string values = values_text(reader.sorted_texts(rule, part.key));
    if (values.empty()) continue;
    text += (text.empty() ? "" : " ") + std::string(part.label) + ": " + values;
  }
  return text;
}

}  // namespace

void read_role(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::role);
  const Node& root = reader.object().root;
  std::vector<Symbol> texts;
  reader.each_mapping(root, "rules", [&](const Node& rule) { texts.emplace_back(rule_text(reader, rule)); });
  if (const Node aggregation = reader.mapping(root, "aggregationRule")) {
    reader.each_mapping(aggregation, "clusterRoleSelectors", [&](const Node& selector) {
      texts.emplace_back("aggregates roles: " + to_string(read_selector(reader, selector)));
    });
  }
  add_set(entity.attributes, model::attribute::rules, std::move(texts), root["rules"] ? root["rules"].location() : root.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
