// SPDX-License-Identifier: Apache-2.0
// Templates of CloudFormation and SAM among the files of a source. They are read together, because logical ids are unique within
// one template only.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::cloudformation {

/// `.template`, beside the documents that are acquired anyway.
[[nodiscard]] bool wants_file(std::string_view path);
/// Reads every template. Two files beside each other that are one template in YAML and in JSON count once. Templates that would
/// declare the same ids get their names before them.
[[nodiscard]] std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings,
                                                    base::DiagnosticSink& sink);

}  // namespace postern::ingest::cloudformation
