// SPDX-License-Identifier: Apache-2.0
// Azure Resource Graph: answers of `az graph query`, and lists of `az resource list`.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::exports {

/// Nothing beside the documents that are acquired anyway.
[[nodiscard]] bool wants_azure_graph(std::string_view path);
/// Resources by `TYPE/NAME`, as templates have them; two of one name have their resource group behind it.
[[nodiscard]] std::vector<ProjectFile> read_azure_graph(const SourceFiles& files, const ProjectSettings& settings,
                                                        base::DiagnosticSink& sink);

}  // namespace postern::ingest::exports
