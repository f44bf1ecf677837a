// SPDX-License-Identifier: Apache-2.0
// What folder and git sources share: judging names and links, recognising LFS pointers, finishing a tree.
#pragma once
#include <acquire/source_tree.h>
#include <postern/base/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// A symbolic link that was met: where it lies and where it says it leads.
struct LinkFound {
  std::string path;
  std::string target;  ///< as stored; empty when it could not be read
  bool to_folder = false;
};

/// Whether the `count`-th trouble of one sort is still reported by itself: a hostile tree must not flood the report. All are
/// counted.
[[nodiscard]] constexpr bool is_reported(std::uint64_t count) { return count <= 100; }

/// `path` as a location, with bytes that are not UTF-8 written as \xNN.
[[nodiscard]] base::Location location_of(std::string_view path);
/// Whether the path is well-formed UTF-8; says P1116 when not.
bool accept_name(std::string_view path, base::DiagnosticSink& sink);
/// Whether `bytes` are a Git LFS pointer (specification v1); says P1107 when so.
bool refuse_lfs_pointer(std::string_view path, std::string_view bytes, base::DiagnosticSink& sink);
/// P1101 for one file; `size` 0 is "not known".
void report_too_large(std::string_view path, std::uint64_t size, std::uint64_t limit, base::DiagnosticSink& sink);
/// Where a link leads, relative to what its path is relative to; nothing when it leaves that.
[[nodiscard]] std::optional<std::string> resolve_link(const LinkFound& link);
/// P1105 or P1106 for each link that has the name of an input or leads to a folder; files of the tree must be sorted.
void report_links(const std::vector<LinkFound>& links, const SourceTree& tree, const WantedFile& wanted,
                  base::DiagnosticSink& sink);
/// Whether the file could be an input.
[[nodiscard]] bool is_wanted(const WantedFile& wanted, std::string_view path);
/// How many threads read: as asked for, else as many as there are processors, at most 4.
[[nodiscard]] unsigned thread_count(const Options& options);
/// Sorts the files by path.
void sort_files(SourceTree& tree);
/// Empties the tree and says P1102 (files or entries) or P1103 (bytes): half of a source is never judged.
void refuse_for_count(SourceTree& tree, const Limits& limits, base::DiagnosticSink& sink);
void refuse_for_bytes(SourceTree& tree, const Limits& limits, base::DiagnosticSink& sink);

}  // namespace postern::acquire
