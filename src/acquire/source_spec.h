// SPDX-License-Identifier: Apache-2.0
// What a user may name as a source, read from its text on the command line or in the configuration.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::acquire {

/// Where the bytes come from.
enum class SourceKind : std::uint8_t {
  path,            ///< a folder or a file
  standard_input,  ///< `-`
  git,             ///< `git:REF[:PATH]`, read from the object database
  snapshot,        ///< `snapshot:FILE`
  plan,            ///< `plan:FILE`: the state before a plan of Terraform
  none,            ///< `none`: an explicit "there is nothing"
};

/// A source as it was asked for; nothing has been opened yet.
struct SourceSpec {
  SourceKind kind = SourceKind::none;
  std::string text;  ///< as the user wrote it
  std::string
      path;  ///< path: the folder or file; git: relative to the repository's top, normalised, "" is all; snapshot, plan: the file
  /// git: the REF; path and snapshot: the commit whose tree is read instead of the disk, `path` is then relative to the
  /// repository's top; empty: the disk.
  std::string reference;

  friend bool operator==(const SourceSpec&, const SourceSpec&) = default;
};

/// Reads a source: FOLDER, FILE, `-`, `git:REF[:PATH]`, `snapshot:FILE`, `plan:FILE` or `none`. Throws UsageError for anything
/// else, with a did-you-mean for a prefix that looks like a typing error; a file whose name holds a colon is written
/// `./name:with-colon`.
[[nodiscard]] SourceSpec parse_source(std::string_view text);

/// A '/'-separated path without empty and "." parts. Throws UsageError for an absolute path, a ".." part or a NUL byte; `what`
/// names the thing in the message.
[[nodiscard]] std::string normalise_relative_path(std::string_view path, std::string_view what);

}  // namespace postern::acquire
