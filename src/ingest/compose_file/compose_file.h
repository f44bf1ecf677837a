// SPDX-License-Identifier: Apache-2.0
// Docker Compose: which files of a source are projects, and what they say. Source: the Compose specification.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::compose_file {

/// Whether a file is called as Compose files are: `compose` in it, or `docker-stack` before it, and the ending of YAML.
[[nodiscard]] bool has_compose_name(std::string_view path);
/// Files of variables, and files that services mount.
[[nodiscard]] bool wants(std::string_view path);

/// Reads every project: the file that Compose takes by itself (compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml)
/// with its override; in a folder without one each other Compose file as a project of its own.
[[nodiscard]] std::vector<ProjectFile> read_projects(const SourceFiles& source, const ProjectSettings& settings,
                                                     base::DiagnosticSink& sink);

}  // namespace postern::ingest::compose_file
