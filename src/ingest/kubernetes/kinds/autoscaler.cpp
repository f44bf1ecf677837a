// SPDX-License-Identifier: Apache-2.0
// HorizontalPodAutoscaler: who decides how many replicas there are.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {
    FieldRow{"maxReplicas", &model::attribute::max_replicas},
    FieldRow{"minReplicas", &model::attribute::min_replicas},
};

}  // namespace

void read_autoscaler(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::autoscaler);
  if (reader.required_mapping(reader.object().root, "spec")) {
    read_fields(reader, reader.spec(), k_fields, entity.attributes);
    const Node target = reader.required_mapping(reader.spec(), "scaleTargetRef");
    const auto name = target ? reader.required_name(target, "name") : std::nullopt;
    if (name) {
      reader.refer(model::RelationKind::scales, reader.local_address({}, *name), "scaleTargetRef", target.location());
    }
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
