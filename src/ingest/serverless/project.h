// SPDX-License-Identifier: Apache-2.0
// Services of the Serverless Framework among the files of a source.
#pragma once
#include <ingest/project.h>

#include <set>
#include <string_view>
#include <vector>

namespace postern::ingest::serverless {

/// Nothing beside the documents that are acquired anyway.
[[nodiscard]] bool wants_file(std::string_view path);
/// Reads every service. Addresses begin with the name of the service, since each is deployed on its own.
[[nodiscard]] std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings,
                                                    base::DiagnosticSink& sink);

/// Files whose resources services take into their own template: they are declared by the service and not once more.
[[nodiscard]] std::set<std::size_t> template_files(const SourceFiles& files, const document::Limits& limits);

}  // namespace postern::ingest::serverless
