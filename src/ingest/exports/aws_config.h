// SPDX-License-Identifier: Apache-2.0
// AWS Config: snapshots and histories of configuration items, and answers to queries.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::exports {

/// Nothing beside the documents that are acquired anyway.
[[nodiscard]] bool wants_aws_config(std::string_view path);
/// Resources by `TYPE/NAME`; two of one name have their account and region behind it.
[[nodiscard]] std::vector<ProjectFile> read_aws_config(const SourceFiles& files, const ProjectSettings& settings,
                                                       base::DiagnosticSink& sink);

}  // namespace postern::ingest::exports
