// SPDX-License-Identifier: Apache-2.0
// The pod: what every workload kind has in common.
#pragma once
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/object_reader.h>
#include <postern/model/fact.h>

namespace postern::ingest::kubernetes {

/// Reads a PodSpec into `entity` (attributes, aliases), with the settings, references and mentions of its containers and volumes.
void read_pod(ObjectReader& reader, const Node& pod, model::EntityFact& entity);

/// Reads a PodTemplateSpec: its labels become the entity's, its spec is read like a pod's.
void read_pod_template(ObjectReader& reader, const Node& pod_template, model::EntityFact& entity);

}  // namespace postern::ingest::kubernetes
