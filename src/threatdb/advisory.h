// SPDX-License-Identifier: Apache-2.0
// An advisory of OSV as far as Postern keeps it. All texts are views: of the document that was read, or of the index file.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "package/events.h"
#include "threatdb/timestamp.h"

namespace postern::threatdb {

/// One row of `severity`: a vector of CVSS, or a word of an ecosystem ("Ubuntu").
struct SeverityRow {
  std::string_view type;   ///< CVSS_V2, CVSS_V3, CVSS_V4, Ubuntu...
  std::string_view score;  ///< the vector, or the word
};

/// `other`: a type that the schema did not have when this was written; nobody can say what it holds.
enum class RangeType : std::uint8_t { semver, ecosystem, git, other };

/// One range: events of versions, or of commits of a repository.
struct VersionRange {
  RangeType type = RangeType::ecosystem;
  std::string_view repository;  ///< of type git
  std::vector<package::Event> events;
};

/// What of a package is affected: functions of one import path (Go), or of the package (`path` is empty).
struct AffectedSymbols {
  std::string_view path;
  std::vector<std::string_view> names;  ///< empty: all of the path
};

/// One row of `affected`. Rows of type git without a package belong to the ecosystem "GIT", their name is the repository.
struct AffectedPackage {
  std::string_view ecosystem;  ///< with its release: "Debian:12"
  std::string_view name;
  std::vector<VersionRange> ranges;
  std::vector<std::string_view> versions;
  std::vector<SeverityRow> severities;
  std::string_view severity_word;
  std::vector<AffectedSymbols> symbols;
};

/// One advisory.
struct Advisory {
  std::string_view id;
  std::string_view summary;
  std::string_view severity_word;  ///< of the database that published it: LOW, MODERATE, HIGH, CRITICAL
  Moment published = k_never;
  Moment modified = k_never;
  Moment withdrawn = k_never;
  std::vector<std::string_view> aliases;
  std::vector<std::string_view> related;
  std::vector<std::string_view> upstream;
  std::vector<SeverityRow> severities;
  std::vector<std::string_view> references;
  std::vector<AffectedPackage> affected;
};

}  // namespace postern::threatdb
