// SPDX-License-Identifier: Apache-2.0
// Schemas of GraphQL as interfaces.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::interface_language {

[[nodiscard]] bool wants_graphql(std::string_view path);

/// The schema files of one folder, and of folders below it that extend them, are one entity of kind api at `apis/FOLDER`. Documents
/// that only ask questions (clients) say nothing.
[[nodiscard]] std::vector<ProjectFile> read_graphql(const SourceFiles& files, const ProjectSettings& settings,
                                                    base::DiagnosticSink& sink);

}  // namespace postern::ingest::interface_language
