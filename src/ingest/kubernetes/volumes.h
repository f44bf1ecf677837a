// SPDX-License-Identifier: Apache-2.0
// Volumes of a pod: what is mounted, and which objects that names.
#pragma once
#include <ingest/kubernetes/field_table.h>

namespace postern::ingest::kubernetes {

/// Reads `volumes` of a PodSpec: attribute `volumes`, references to configurations, secrets and claims, addresses of file servers.
void read_volumes(ObjectReader& reader, const Node& pod, Rows& rows);

/// Adds `volumeClaimTemplate:NAME` for every claim template of a StatefulSet to attribute `volumes`.
void read_claim_templates(const ObjectReader& reader, const Node& spec, Rows& rows);

}  // namespace postern::ingest::kubernetes
