// SPDX-License-Identifier: Apache-2.0
// Google Cloud Asset Inventory: `gcloud asset export`, `gcloud asset list`.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::exports {

/// `.jsonl` and `.ndjson`, beside the documents that are acquired anyway.
[[nodiscard]] bool wants_google_assets(std::string_view path);
/// Resources by `TYPE/NAME`, types as Terraform has them; two of one name have the rest of their path behind it.
[[nodiscard]] std::vector<ProjectFile> read_google_assets(const SourceFiles& files, const ProjectSettings& settings,
                                                          base::DiagnosticSink& sink);

}  // namespace postern::ingest::exports
