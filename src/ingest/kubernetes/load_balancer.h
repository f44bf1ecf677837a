// SPDX-License-Identifier: Apache-2.0
// Annotations by which clouds are asked for a load balancer that only the private network reaches.
#pragma once
#include <ingest/kubernetes/object_reader.h>

#include <optional>

namespace postern::ingest::kubernetes {

/// The place of the annotation that asks for an internal load balancer; nothing where none does, or where one says otherwise: which
/// cloud reads them is not known, and the riskier counts. `annotations` may be missing.
[[nodiscard]] std::optional<Location> internal_load_balancer_annotation(const ObjectReader& reader, const Node& annotations);

}  // namespace postern::ingest::kubernetes
