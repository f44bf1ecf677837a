// SPDX-License-Identifier: Apache-2.0
// PersistentVolumeClaim and PersistentVolume: storage that outlives what runs.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/links.h>

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
    // A claim that names no volume gets whichever fits; a volume may name its claim instead.
    if (const auto volume = reader.name(reader.spec(), "volumeName")) {
      Link bound{model::RelationKind::mounts, make_address({}, "persistentvolumes", *volume), "volumeName",
                 reader.spec()["volumeName"].location()};
      bound.optional = true;
      link(reader, std::move(bound));
    }
  }
  reader.emit(std::move(entity));
}

void read_volume(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::volume);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  read_fields(reader, spec, k_fields, entity.attributes);
  for (const std::string_view source : {"hostPath", "local"}) {  // both are a folder of a node
    const Node folder = reader.mapping(spec, source);
    const auto path = folder ? reader.required_name(folder, "path") : std::nullopt;
    if (!path) continue;
    add_set(entity.attributes, model::attribute::volumes, {Symbol("hostPath:" + std::string(*path))}, folder.location());
  }
  const Node claim = reader.mapping(spec, "claimRef");
  const auto name = claim ? reader.name(claim, "name") : std::nullopt;
  if (name) {
    Link bound{model::RelationKind::mounts,
               make_address(reader.name(claim, "namespace").value_or("default"), "persistentvolumeclaims", *name), "claimRef",
               claim.location()};
    bound.optional = true;
    bound.incoming = true;
    link(reader, std::move(bound));
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
