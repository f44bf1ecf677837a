// SPDX-License-Identifier: Apache-2.0
// Folders, named files and standard input as sources.
#pragma once
#include <acquire/source_spec.h>
#include <acquire/source_tree.h>
#include <postern/base/diagnostic.h>

#include <string>

namespace postern::acquire {

/// Reads the folder or file `path`. Throws SourceError when it does not exist, cannot be opened, or is a link out of its git work
/// tree.
[[nodiscard]] SourceTree load_path(const std::string& path, const Options& options, base::DiagnosticSink& sink);

/// Likewise, for a file only; a folder is refused.
[[nodiscard]] SourceTree load_file(const std::string& path, const Options& options, base::DiagnosticSink& sink);

/// Reads `descriptor` to its end as the one file `stdin`.
[[nodiscard]] SourceTree load_stream(int descriptor, const Options& options, base::DiagnosticSink& sink);

}  // namespace postern::acquire
