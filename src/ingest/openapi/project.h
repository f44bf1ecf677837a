// SPDX-License-Identifier: Apache-2.0
// Specifications of interfaces among the files of a source, with the files that they refer to.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::openapi {

[[nodiscard]] bool wants_specification(std::string_view path);

/// Every specification is an entity of kind api at `apis/NAME`; files that only references lead to are part of the answer.
[[nodiscard]] std::vector<ProjectFile> read_specifications(const SourceFiles& files, const ProjectSettings& settings,
                                                           base::DiagnosticSink& sink);

}  // namespace postern::ingest::openapi
