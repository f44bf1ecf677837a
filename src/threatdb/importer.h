// SPDX-License-Identifier: Apache-2.0
// Makes the index of a folder from sources: advisories of OSV, the KEV catalogue, scores of EPSS, and what was there before.
#pragma once
#include <postern/base/diagnostic.h>

#include <functional>
#include <string>
#include <vector>

#include "threatdb/source_info.h"
#include "threatdb/sources.h"

namespace postern::threatdb {

enum class Keeping : std::uint8_t {
  add,     ///< to what the database holds; of two records of one id the newer one is kept
  replace  ///< nothing of what it held is kept
};
/// Sources that are older than what the database holds: what a mirror offers that was stopped or rolled back.
enum class Older : std::uint8_t { refuse, allow };

struct ImportRequest {
  std::string folder;  ///< of the database; made where it is not there
  std::vector<ImportPath> paths;
  Keeping keeping = Keeping::add;
  Older older = Older::refuse;
  unsigned threads = 2;
  /// Called now and then from one thread at a time: the source, and how many of its records were read.
  std::function<void(const std::string& source, std::uint64_t records)> progress;
};

struct ImportOutcome {
  IndexInfo info;
  std::vector<SourceInfo> imported;  ///< in this call
  std::string digest;                ///< of the new index
  std::uint64_t added = 0;           ///< advisories that the database did not hold
  std::uint64_t changed = 0;         ///< newer than those that it held
  std::uint64_t unchanged = 0;
};

/// Reads all sources and replaces the index in one step; whatever goes wrong before that leaves the old one. Trouble with single
/// records goes to `sink`. Throws SourceError for a source that cannot be read, that is older than the database (unless allowed),
/// or of which more than one record in a hundred cannot be used; UsageError when the folder cannot be written.
[[nodiscard]] ImportOutcome import_data(const ImportRequest& request, base::DiagnosticSink& sink);

}  // namespace postern::threatdb
