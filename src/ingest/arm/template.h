// SPDX-License-Identifier: Apache-2.0
// Templates of Azure Resource Manager in JSON, as people write them and as `bicep build` does.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::arm {

/// Whether a document is such a template, by its schema.
[[nodiscard]] bool is_template(const document::Node& root);
/// Resources by `TYPE/NAME`; what is only known when it is deployed is unknown.
void extract_template(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::arm
