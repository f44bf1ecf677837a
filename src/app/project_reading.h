// SPDX-License-Identifier: Apache-2.0
// All formats of projects over the files of one source, put together by file.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>
#include <postern/model/snapshot.h>

#include <utility>
#include <vector>

#include "ingest/project.h"

namespace postern::app {

/// What the readers of projects say about one file.
struct ProjectAnswer {
  bool taken = false;  ///< some reader understands the file
  /// By kind of input, in the order of the table; may be empty lists: the file is an input that says nothing by itself.
  std::vector<std::pair<model::InputKind, std::vector<model::Fact>>> facts;
};

/// Asks every format about all files, on up to `threads` threads; one answer a file, in their order. Several formats may know the
/// same file: a specification can refer to a file of settings, and must not hide it from who reads settings.
[[nodiscard]] std::vector<ProjectAnswer> read_projects(const ingest::SourceFiles& files, const ingest::ProjectSettings& settings,
                                                       unsigned threads, base::DiagnosticSink& sink);

}  // namespace postern::app
