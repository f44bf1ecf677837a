// SPDX-License-Identifier: Apache-2.0
// SPDX documents of version 3.0 in JSON-LD.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::spdx {

/// Whether a document is one, by its context.
[[nodiscard]] bool is_spdx3(const document::Node& root);
/// Appends one SbomFact.
void extract_spdx3(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::spdx
