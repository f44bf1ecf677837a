// SPDX-License-Identifier: Apache-2.0
// Volumes of a pod: what is mounted, and which objects that names.
#pragma once
#include <ingest/kubernetes/field_table.h>

namespace postern::ingest::kubernetes {

/// Reads `volumes` of a PodSpec and the claim templates of a StatefulSet: attribute `volumes`, references to configurations,
/// secrets and claims, addresses of file servers.
void read_volumes(ObjectReader& reader, const Node& pod, Rows& rows);

}  // namespace postern::ingest::kubernetes
