// SPDX-License-Identifier: Apache-2.0
// CODEOWNERS: who owns which paths.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::catalogue {

[[nodiscard]] bool wants_code_owners(std::string_view path);

/// Each file is an entry at `catalogue/codeowners/FOLDER` whose settings are its rules in their order; linking says for what is
/// declared in a file who owns it, and takes the entry out.
[[nodiscard]] std::vector<ProjectFile> read_code_owners(const SourceFiles& files, const ProjectSettings& settings,
                                                        base::DiagnosticSink& sink);

}  // namespace postern::ingest::catalogue
