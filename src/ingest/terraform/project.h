// SPDX-License-Identifier: Apache-2.0
// Terraform and OpenTofu as people write it: the files of a source, as modules that call one another.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::terraform {

/// `.tf`, `.tofu`, `.tfvars`, and the same as JSON.
[[nodiscard]] bool wants_file(std::string_view path);
/// Reads every folder that no other one calls as a root module. Variables get the values of `terraform.tfvars`, `*.auto.tfvars` and
/// of the environment's files, in that order. Roots that would declare the same addresses get their folders before them.
[[nodiscard]] std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings,
                                                    base::DiagnosticSink& sink);

}  // namespace postern::ingest::terraform
