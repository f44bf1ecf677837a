// SPDX-License-Identifier: Apache-2.0
// Which files an import is about: paths as the operator names them, folders looked through, contents sniffed.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "threatdb/timestamp.h"

namespace postern::threatdb {

/// A path to import, and what is known of it besides.
struct ImportPath {
  std::string path;
  std::string name;            ///< what it is called in the index; empty: by its path
  Moment published = k_never;  ///< when its mirror says that it was written
};

enum class Content : std::uint8_t { archive, gzip, json, scores, other };
/// What bytes are, by their beginning.
[[nodiscard]] Content sniff(std::string_view bytes);

/// One file, or the loose JSON files of one folder.
struct FoundSource {
  std::string name;
  std::string path;                ///< of the file, or of the folder
  std::vector<std::string> files;  ///< of a folder, relative, sorted; empty: `path` is a file
  Moment published = k_never;
  bool was_named = false;  ///< by the operator: then it must be threat data
};

/// Everything below the paths, in a stable order: files are found in folders by `.json`, `.zip`, `.gz` and `.csv`, others are
/// noted (P5106). No link is followed in a folder. Throws SourceError for a path that is not there.
[[nodiscard]] std::vector<FoundSource> find_sources(const std::vector<ImportPath>& paths, base::DiagnosticSink& sink);

}  // namespace postern::threatdb
