// SPDX-License-Identifier: Apache-2.0
// What a threat database says about itself, as text and as JSON.
#pragma once
#include <string>

#include "threatdb/importer.h"
#include "threatdb/staleness.h"

namespace postern::app {

/// A database as it is told.
struct ThreatDataState {
  std::string folder;
  std::string digest;
  std::uint64_t file_size = 0;
  threatdb::IndexInfo info;
  threatdb::Moment now = 0;
  threatdb::AgeLimits limits;
  bool is_verified = false;  ///< the whole file was read and matches its digest
};
[[nodiscard]] std::string info_text(const ThreatDataState& state);
[[nodiscard]] std::string info_json(const ThreatDataState& state);

/// What an import did.
[[nodiscard]] std::string import_text(const threatdb::ImportOutcome& outcome, const std::string& folder);
[[nodiscard]] std::string import_json(const threatdb::ImportOutcome& outcome, const std::string& folder);

}  // namespace postern::app
