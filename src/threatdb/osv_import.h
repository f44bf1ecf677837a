// SPDX-License-Identifier: Apache-2.0
// Reads many advisories on several threads, in batches, so that memory does not grow with the source.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "threatdb/archive.h"
#include "threatdb/record_codec.h"
#include "threatdb/sources.h"

namespace postern::threatdb {

/// What became of one file.
struct ReadFile {
  std::vector<EncodedAdvisory> advisories;
  std::uint64_t refused = 0;  ///< records that could not be used
  bool is_other = false;      ///< JSON, but no advisory
  std::string other;          ///< the text, when it is the KEV catalogue
  std::string digest;         ///< SHA-256 of a loose file
  std::uint64_t bytes = 0;    ///< that were read, for the progress
  base::DiagnosticSink sink;
};

/// Reads one JSON text: an advisory, a list of them, or `{"vulns": [...]}`.
[[nodiscard]] ReadFile read_advisories(std::string text, std::string_view name, base::Symbol file);

/// Calls `take` with what became of each entry, in order, from one thread at a time. Throws SourceError.
using TakeFile = std::function<void(const std::string& name, ReadFile& file)>;
void read_archive(std::string_view bytes, const FoundSource& source, unsigned threads, const TakeFile& take);
void read_loose_files(const FoundSource& source, unsigned threads, const TakeFile& take);

}  // namespace postern::threatdb
