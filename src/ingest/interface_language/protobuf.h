// SPDX-License-Identifier: Apache-2.0
// Services of protobuf files (gRPC) as interfaces.
#pragma once
#include <ingest/project.h>

namespace postern::ingest::interface_language {

[[nodiscard]] bool wants_protobuf(std::string_view path);

/// Every service is an entity of kind api at `apis/PACKAGE.SERVICE`; messages are found in all files of the source.
[[nodiscard]] std::vector<ProjectFile> read_protobuf(const SourceFiles& files, const ProjectSettings& settings,
                                                     base::DiagnosticSink& sink);

}  // namespace postern::ingest::interface_language
