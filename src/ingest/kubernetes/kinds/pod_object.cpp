// SPDX-License-Identifier: Apache-2.0
// A Pod that is declared by itself.
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/kinds/workload.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/pod.h>

namespace postern::ingest::kubernetes {

void read_pod_object(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::service);
  entity.labels = read_labels(reader, reader.object().metadata);
  if (const Node spec = required_spec(reader)) read_pod(reader, spec, entity);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
