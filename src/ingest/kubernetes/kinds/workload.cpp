// SPDX-License-Identifier: Apache-2.0
// DaemonSet, Deployment, ReplicaSet, ReplicationController, StatefulSet and Rollout: a pod template that is kept running.
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/kinds/workload.h>
#include <ingest/kubernetes/metadata.h>
#include <ingest/kubernetes/pod.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {FieldRow{"replicas", &model::attribute::replicas}};

}  // namespace

model::EntityFact begin_workload(const ObjectReader& reader, model::EntityKind kind) {
  model::EntityFact entity = reader.entity(kind);
  const Node written = reader.object().root["kind"];
  add_row(entity.attributes, model::attribute::workload_kind, Symbol(reader.object().kind),
          written ? written.location() : entity.location);
  read_declarations(reader, entity.attributes);
  return entity;
}

Node required_spec(const ObjectReader& reader) { return reader.required_mapping(reader.object().root, "spec"); }

void read_replicated(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::service);
  if (const Node spec = required_spec(reader)) {
    read_fields(reader, spec, k_fields, entity.attributes);
    if (const Node pod_template = reader.required_mapping(spec, "template")) read_pod_template(reader, pod_template, entity);
  }
  reader.emit(std::move(entity));
}

void read_rollout(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::service);
  if (const Node spec = required_spec(reader)) {
    read_fields(reader, spec, k_fields, entity.attributes);
    if (const Node reference = reader.mapping(spec, "workloadRef")) {
      // Its pods are those that a Deployment describes; the rollout takes over how many there are.
      if (const auto name = reader.required_name(reference, "name")) {
        reader.refer(model::RelationKind::scales, reader.local_address({}, *name), "workloadRef", reference.location());
      }
    } else if (const Node pod_template = reader.required_mapping(spec, "template")) {
      read_pod_template(reader, pod_template, entity);
    }
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
