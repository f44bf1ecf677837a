// SPDX-License-Identifier: Apache-2.0
// SPDX documents in JSON and YAML, version 2.2 and 2.3.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::spdx {

/// Whether a document is one, by its content.
[[nodiscard]] bool is_spdx(const document::Node& root);
/// Appends one SbomFact.
void extract_spdx(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::spdx
