// SPDX-License-Identifier: Apache-2.0
// What the kinds that run something share.
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

/// An entity of `kind` with its workload kind, declared owner and tier.
[[nodiscard]] model::EntityFact begin_workload(const ObjectReader& reader, model::EntityKind kind);

/// `spec`, complaining when it is missing.
[[nodiscard]] Node required_spec(const ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
