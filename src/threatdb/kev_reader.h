// SPDX-License-Identifier: Apache-2.0
// Reads the catalogue of known exploited vulnerabilities as CISA publishes it (JSON).
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <string>
#include <vector>

#include "threatdb/source_info.h"

namespace postern::threatdb {

struct KevCatalogue {
  std::string version;  ///< of the catalogue, a day
  Moment released = k_never;
  std::vector<std::string> rows;  ///< encoded ExploitedRow
  std::uint64_t refused = 0;
};

[[nodiscard]] bool is_kev(const document::Node& root);
/// Reads the catalogue; rows that cannot be used, and a number of rows other than announced, are errors (P5103).
[[nodiscard]] KevCatalogue read_kev(const document::Node& root, base::DiagnosticSink& sink);

}  // namespace postern::threatdb
