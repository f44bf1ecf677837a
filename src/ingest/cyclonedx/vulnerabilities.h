// SPDX-License-Identifier: Apache-2.0
// Weaknesses that a CycloneDX document holds, alone (VEX, VDR) or beside its components.
#pragma once
#include <ingest/cyclonedx/shape.h>
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>

namespace postern::ingest::cyclonedx {

/// What the document says of weaknesses, as the report of a tool: a row for each thing that a weakness affects, and its `analysis`
/// as the status of the row. `about` says which images the document describes. False: it has no list of weaknesses.
[[nodiscard]] bool extract_vulnerabilities(const Shape& shape, const model::SbomFact& about, model::ReportFact& report,
                                           base::DiagnosticSink& sink);

}  // namespace postern::ingest::cyclonedx
