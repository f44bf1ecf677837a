// SPDX-License-Identifier: Apache-2.0
// The kinds of lock files: an explicit table, one row of formats each. Files are known by their names.
#pragma once
#include <ingest/project.h>

#include <array>
#include <string_view>
#include <vector>

namespace postern::ingest::lockfiles {

enum class Kind : std::uint8_t {
  cargo,
  composer,
  gemfile,
  go,
  gradle,
  npm,
  nuget,
  pdm,
  pipfile,
  pnpm,
  poetry,
  pom,
  requirements,
  uv,
  yarn
};

/// `requirements.txt`, `requirements-NAME.txt`, `requirements/NAME.txt`.
[[nodiscard]] bool is_requirements(std::string_view path);
/// Text files that say nothing by themselves and that a requirements file may include, by their names: `base.txt`,
/// `dev-constraints.txt`. They count as inputs only through what includes them.
[[nodiscard]] bool may_be_included(std::string_view path);
/// Whether the file is a lock file of that kind, or a manifest that its reader looks into.
[[nodiscard]] bool wants_kind(Kind kind, std::string_view path);
[[nodiscard]] std::vector<ProjectFile> read_kind(Kind kind, const SourceFiles& files, const ProjectSettings& settings,
                                                 base::DiagnosticSink& sink);

template <Kind kind>
bool wants(std::string_view path) {
  return wants_kind(kind, path);
}

/// One SbomFact for each lock file of the kind. Files of tests, and those that come with a package of others, are passed over.
template <Kind kind>
std::vector<ProjectFile> read(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  return read_kind(kind, files, settings, sink);
}

}  // namespace postern::ingest::lockfiles
