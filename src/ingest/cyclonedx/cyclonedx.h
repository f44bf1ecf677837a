// SPDX-License-Identifier: Apache-2.0
// CycloneDX bills of materials in JSON, specification 1.2 to 1.7, and in XML, 1.0 to 1.7.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <string_view>
#include <vector>

namespace postern::ingest::cyclonedx {

/// Whether a document is one, by its content; also one that forgot to say `bomFormat`.
[[nodiscard]] bool is_cyclonedx(const document::Node& root);
/// Whether a text of XML whose outermost element is `bom` is to be read as one. Looks at the beginning.
[[nodiscard]] bool is_cyclonedx_xml(std::string_view text);
/// Appends an SbomFact, a ReportFact where it speaks of weaknesses, and what its services are (a SaaSBOM). A document that speaks
/// of weaknesses and lists no components (VEX) gives no SbomFact.
void extract_cyclonedx(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::cyclonedx
