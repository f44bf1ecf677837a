// SPDX-License-Identifier: Apache-2.0
// Joins what describes the inside of a thing with the thing: schemas with the stores that serve them, interfaces with their
// services.
#pragma once
#include <postern/model/graph.h>

namespace postern::resolve {

/// Joins every schema of SQL scripts (`resource_type` sql-schema) with the declared store that it is for: the columns become the
/// store's, and the schema is no entity of its own. Relates every interface to the service that serves it (`exposes`). Told by
/// database names, names of folders, the store that the owner of the folder uses, and nearness of the files; where two answers are
/// equally good, or none is, schema and interface stay on their own. Asks for a graph whose technologies are classified.
/// Entries of catalogues are joined with what they describe, and rules of CODEOWNERS say who owns what nobody else says it of;
/// contradictions between a catalogue and what it describes go to `diagnostics` (P2009).
[[nodiscard]] model::ArchitectureGraph attach_descriptions(model::ArchitectureGraph graph, base::DiagnosticSink& diagnostics);

}  // namespace postern::resolve
