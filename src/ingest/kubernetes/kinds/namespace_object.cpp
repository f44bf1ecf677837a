// SPDX-License-Identifier: Apache-2.0
// Namespace: labels that selectors see, and the level of the pod security standards that is enforced.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/metadata.h>

#include <algorithm>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::string_view k_enforced_level = "pod-security.kubernetes.io/enforce";
/// The platform puts this label on every namespace.
constexpr std::string_view k_name_label = "kubernetes.io/metadata.name";

}  // namespace

void read_namespace(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::namespace_);
  entity.labels = read_labels(reader, reader.object().metadata);
  std::erase_if(entity.labels, [](const model::Label& label) { return label.first.view() == k_name_label; });
  entity.labels.emplace_back(Symbol(k_name_label), entity.name);
  std::sort(entity.labels.begin(), entity.labels.end());
  const Node level = reader.object().metadata["labels"][k_enforced_level];
  if (level.is_scalar() && !level.text().empty()) {
    add_row(entity.attributes, model::attribute::pod_security, Symbol(level.text()), level.location());
  }
  read_declarations(reader, entity.attributes);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
