// SPDX-License-Identifier: Apache-2.0
// Selectors and targets of the mesh's policies.
#include <ingest/kubernetes/istio/scope.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

/// Istio's default; another one is chosen when the mesh is installed, which is not seen here.
constexpr std::string_view k_root_namespace = "istio-system";

struct TargetRow {
  std::string_view kind;
  std::string_view plural;
};
constexpr std::array k_targets = {TargetRow{"Gateway", "gateways"}, TargetRow{"Service", "services"},
                                  TargetRow{"ServiceEntry", "serviceentries"}};

bool read_target(ObjectReader& reader, const Node& item, model::RelationKind kind) {
  const auto name = reader.required_name(item, "name");
  const auto written = reader.required_name(item, "kind");
  if (!name || !written) return false;
  const auto row = std::find_if(k_targets.begin(), k_targets.end(), [&](const TargetRow& known) { return known.kind == *written; });
  if (row != k_targets.end()) link(reader, {kind, reader.local_address(row->plural, *name), "targetRefs", item.location()});
  return true;
}

}  // namespace

void apply_to_workloads(ObjectReader& reader, model::RelationKind kind, RootSelector root, Rows& rows) {
  const Node selector = reader.mapping(reader.spec(), "selector");
  const Location location = selector ? selector.location() : reader.object().root.location();
  model::LabelSelector labels = read_plain_selector(reader, selector, "matchLabels");
  const bool at_root = reader.object().namespace_name.view() == k_root_namespace;
  const bool selects = !labels.requirements.empty();
  const bool everywhere = at_root && (!selects || root == RootSelector::everywhere);
  const std::string_view reach = selects ? "workload" : at_root ? "mesh" : "namespace";
  add_row(rows, model::attribute::policy_scope, Symbol(reach), location);
  if (selects) add_set(rows, model::attribute::selector, selector_texts(labels), location);
  select(reader, kind, everywhere ? Symbol() : reader.object().namespace_name, std::move(labels), location);
}

bool apply_to_targets(ObjectReader& reader, model::RelationKind kind, Rows& rows) {
  bool any = false;
  reader.each_mapping(reader.spec(), "targetRefs", [&](const Node& item) { any = read_target(reader, item, kind) || any; });
  const Node single = reader.mapping(reader.spec(), "targetRef");
  if (single) any = read_target(reader, single, kind) || any;
  if (any) add_row(rows, model::attribute::policy_scope, Symbol("target"), reader.spec().location());
  return any;
}

}  // namespace postern::ingest::kubernetes
