// SPDX-License-Identifier: Apache-2.0
// Security settings of pods and containers, and near-misses of their names.
#pragma once
#include <ingest/kubernetes/field_table.h>

namespace postern::ingest::kubernetes {

/// Reads `securityContext` of a PodSpec; the rows have no scope.
void read_pod_security_context(const ObjectReader& reader, const Node& pod, Rows& rows);
/// Reads `securityContext` of a container.
void read_container_security_context(const ObjectReader& reader, const Node& container, Symbol scope, Rows& rows);

/// Warns about security fields of a PodSpec, or of a container, that are written in other capitals: the platform ignores them.
void check_pod_spelling(const ObjectReader& reader, const Node& pod);
void check_container_spelling(const ObjectReader& reader, const Node& container);

}  // namespace postern::ingest::kubernetes
