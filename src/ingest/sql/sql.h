// SPDX-License-Identifier: Apache-2.0
// SQL scripts and migrations -> the tables and columns that they leave behind, as a store.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::sql {

[[nodiscard]] bool wants_sql(std::string_view path);

/// Applies the scripts of each series in their order. A series that defines tables is one entity of kind datastore at
/// `schemas/NAME`, with an attribute `column` for each column; linking joins it with the store that serves it.
[[nodiscard]] std::vector<ProjectFile> read_sql(const SourceFiles& files, const ProjectSettings& settings,
                                                base::DiagnosticSink& sink);

}  // namespace postern::ingest::sql
