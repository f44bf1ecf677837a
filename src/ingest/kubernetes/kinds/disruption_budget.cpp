// SPDX-License-Identifier: Apache-2.0
// PodDisruptionBudget: how many instances stay while nodes are drained.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {
    FieldRow{"maxUnavailable", &model::attribute::max_unavailable},
    FieldRow{"minAvailable", &model::attribute::min_available},
};

}  // namespace

void read_disruption_budget(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::disruption_budget);
  if (reader.required_mapping(reader.object().root, "spec")) {
    read_fields(reader, reader.spec(), k_fields, entity.attributes);
    const Node node = reader.mapping(reader.spec(), "selector");
    model::LabelSelector selector = read_selector(reader, node);
    // No selector selects nothing; an empty one everything, but nothing before policy/v1.
    const bool selects = node && (!selector.requirements.empty() || reader.object().version != "v1beta1");
    if (selects) {
      reader.emit(model::SelectorFact{entity.address, model::RelationKind::protects, entity.namespace_name, std::move(selector),
                                      node.location()});
    }
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
