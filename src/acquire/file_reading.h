// SPDX-License-Identifier: Apache-2.0
// Reads many files on a few threads; the result does not depend on how many.
#pragma once
#include <acquire/folder_walk.h>
#include <acquire/source_tree.h>
#include <platform/file.h>
#include <postern/base/diagnostic.h>

#include <vector>

namespace postern::acquire {

/// Reads `candidates` below `root` into `tree.files`. Trouble goes to `sink` in the order of the candidates.
void read_files(const platform::FileDescriptor& root, const std::vector<Candidate>& candidates, const Options& options,
                SourceTree& tree, base::DiagnosticSink& sink);

/// Adds what was read to the tree, or says in `sink` why it was not read. `limit` is the file limit in force.
void take_file(const std::string& path, platform::ReadResult result, std::uint64_t limit, SourceTree& tree,
               base::DiagnosticSink& sink);

}  // namespace postern::acquire
