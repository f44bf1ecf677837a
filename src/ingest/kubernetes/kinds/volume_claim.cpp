// SPDX-License-Identifier: Apache-2.0
// PersistentVolumeClaim: storage that outlives what runs.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {
    FieldRow{"accessModes", &model::attribute::access_modes},
    FieldRow{"storageClassName", &model::attribute::storage_class},
};
constexpr std::array k_requests = {FieldRow{"storage", &model::attribute::storage_request, Measure::whole}};

}  // namespace

void read_volume_claim(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::volume);
  if (reader.required_mapping(reader.object().root, "spec")) {
    read_fields(reader, reader.spec(), k_fields, entity.attributes);
    const Node resources = reader.mapping(reader.spec(), "resources");
    read_fields(reader, reader.mapping(resources, "requests"), k_requests, entity.attributes);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
