// SPDX-License-Identifier: Apache-2.0
// CVSS vectors: which version one is of, and how severe a score is.
#include "cvss/cvss.h"

#include <postern/base/text.h>

#include <array>

#include "cvss/formulas.h"

namespace postern::cvss {
namespace {

struct PrefixRow {
  std::string_view prefix;
  Version version;
  std::string_view name;
};

constexpr std::array k_prefixes = {
    PrefixRow{"CVSS:3.0/", Version::v3_0, "3.0"},
    PrefixRow{"CVSS:3.1/", Version::v3_1, "3.1"},
    PrefixRow{"CVSS:4.0/", Version::v4_0, "4.0"},
};

/// The longest vector of 4.0 has less than three hundred bytes.
constexpr std::size_t k_longest = 1024;

}  // namespace

std::string_view to_string(Version version) {
  for (const PrefixRow& row : k_prefixes) {
    if (row.version == version) return row.name;
  }
  return "2.0";
}

Scoring score(std::string_view vector) {
  vector = base::trim(vector);
  if (vector.empty()) return {std::nullopt, "the vector is empty"};
  if (vector.size() > k_longest) return {std::nullopt, "the vector is longer than any can be"};
  for (const PrefixRow& row : k_prefixes) {
    if (!vector.starts_with(row.prefix)) continue;
    vector.remove_prefix(row.prefix.size());
    return row.version == Version::v4_0 ? score_v4(vector) : score_v3(row.version, vector);
  }
  if (vector.starts_with("CVSS:"))
    return {std::nullopt, "not a version of CVSS that has a prefix: expected CVSS:3.0, CVSS:3.1 or CVSS:4.0"};
  return score_v2(vector);
}

Severity severity_of(Version version, double score) {
  if (score >= 9.0 && version != Version::v2_0) return Severity::critical;
  if (score >= 7.0) return Severity::high;
  if (score >= 4.0) return Severity::medium;
  return score > 0 || version == Version::v2_0 ? Severity::low : Severity::none;
}

std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 5> k_names = {"none", "low", "medium", "high", "critical"};
  return k_names[static_cast<std::size_t>(severity)];
}

}  // namespace postern::cvss
