// SPDX-License-Identifier: Apache-2.0
// CycloneDX bills of materials in JSON, specification 1.2 to 1.7.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::cyclonedx {

/// Whether a document is one, by its content; also one that forgot to say `bomFormat`.
[[nodiscard]] bool is_cyclonedx(const document::Node& root);
/// Appends one SbomFact, and what its services are (a SaaSBOM).
void extract_cyclonedx(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::cyclonedx
