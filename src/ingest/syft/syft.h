// SPDX-License-Identifier: Apache-2.0
// The JSON that Syft writes in a format of its own, schema 1 to 16.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::syft {

/// Whether a document is one, by its content.
[[nodiscard]] bool is_syft(const document::Node& root);
/// Appends one SbomFact.
void extract_syft(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::syft
