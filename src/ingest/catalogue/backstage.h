// SPDX-License-Identifier: Apache-2.0
// Entries of a Backstage catalogue: who owns a component, how far it is, what it is part of, gives and needs.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::catalogue {

[[nodiscard]] bool wants_backstage(std::string_view path);

/// Every Component, Resource and API is an entry at `catalogue/components/NAME`, `catalogue/resources/NAME`, `catalogue/apis/NAME`;
/// linking joins it with the service, store or interface that it describes.
[[nodiscard]] std::vector<ProjectFile> read_backstage(const SourceFiles& files, const ProjectSettings& settings,
                                                      base::DiagnosticSink& sink);

}  // namespace postern::ingest::catalogue
