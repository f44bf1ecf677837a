// SPDX-License-Identifier: Apache-2.0
// Probes as one line of text.
#pragma once
#include <ingest/kubernetes/field_table.h>

namespace postern::ingest::kubernetes {

/// Adds the liveness, readiness and startup probe of a container: `http :PORT/PATH`, `https :PORT/PATH`, `tcp :PORT`, `grpc :PORT`,
/// `exec COMMAND...` (redacted). Timings and headers are not part of it. Places that held a secret are appended to `secrets`.
void read_probes(const ObjectReader& reader, const Node& container, Symbol scope, Rows& rows, std::vector<Symbol>& secrets);

}  // namespace postern::ingest::kubernetes
