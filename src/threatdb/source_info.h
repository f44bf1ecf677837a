// SPDX-License-Identifier: Apache-2.0
// What an index says about itself: where its data came from, how old it is, how much there is.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "threatdb/timestamp.h"

namespace postern::threatdb {

enum class SourceKind : std::uint8_t { osv, kev, epss };
[[nodiscard]] const char* to_string(SourceKind kind) noexcept;

/// One file, archive or folder that was imported.
struct SourceInfo {
  SourceKind kind = SourceKind::osv;
  std::string name;       ///< last parts of its path, or its address
  std::string edition;    ///< KEV: version of the catalogue; EPSS: version of the model
  Moment date = k_never;  ///< how new it is: its newest record, the day of the scores, or when its mirror says that it was written
  std::string digest;     ///< SHA-256 of the file; of names and contents for a folder
  std::uint64_t records = 0;
  std::uint64_t refused = 0;  ///< records that could not be used
};

/// One family of ecosystems.
struct EcosystemInfo {
  std::uint64_t advisories = 0;  ///< that are not withdrawn
  Moment newest = k_never;       ///< change of an advisory
};

/// Everything that is told about an index.
struct IndexInfo {
  std::vector<SourceInfo> sources;  ///< by kind, then by name
  std::map<std::string, EcosystemInfo, std::less<>> ecosystems;
  std::uint64_t advisories = 0;  ///< withdrawn ones included
  std::uint64_t withdrawn = 0;
  std::uint64_t weaknesses = 0;
  std::uint64_t packages = 0;
  std::uint64_t exploited = 0;      ///< rows of KEV
  std::uint64_t probabilities = 0;  ///< rows of EPSS
};

/// To and from the bytes in the index; reading throws Damage.
[[nodiscard]] std::string encode(const IndexInfo& info);
[[nodiscard]] IndexInfo decode_info(std::string_view bytes);

/// One row of the KEV catalogue.
struct ExploitedRow {
  std::string_view id;  ///< CVE
  std::string_view vendor, product, name, action;
  std::string_view added, due;  ///< days, as the catalogue writes them
  bool is_ransomware = false;   ///< known to be used in campaigns
};
void encode(const ExploitedRow& row, std::string& into);
[[nodiscard]] ExploitedRow decode_exploited(std::string_view bytes);

/// The number of a CVE as a key of EPSS rows; 0 for any other text.
[[nodiscard]] std::uint64_t cve_key(std::string_view id) noexcept;

}  // namespace postern::threatdb
