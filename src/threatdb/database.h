// SPDX-License-Identifier: Apache-2.0
// The threat database: what is known to be wrong with a version of a package, and how likely it is to be used against it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cvss/cvss.h"
#include "package/events.h"
#include "threatdb/advisory.h"
#include "threatdb/identity.h"
#include "threatdb/source_info.h"

namespace postern::threatdb {

class Index;

/// A row of the catalogue of known exploited vulnerabilities.
using KnownExploited = ExploitedRow;

/// EPSS: the chance that exploitation is seen within thirty days.
struct ExploitProbability {
  std::string id;  ///< the CVE whose score it is
  double probability = 0;
  std::optional<double> percentile;
};

/// A severity as an advisory states it, with its score where it is a vector of CVSS.
struct Severity {
  std::string_view advisory;
  std::string_view type;  ///< CVSS_V2, CVSS_V3, CVSS_V4, Ubuntu...
  std::string_view text;  ///< the vector, or a word
  std::optional<cvss::Version> version;
  double score = 0;  ///< 0 to 10 where `version` is there
};

/// Why a version is affected or not.
enum class Reason : std::uint8_t {
  in_range,       ///< a range says so
  listed,         ///< a list of versions names it
  commit,         ///< it is a commit that a range names
  outside,        ///< ranges and lists are known, and it is in none of them
  no_version,     ///< nobody said which version it is
  not_comparable  ///< a version, or a range, that cannot be read under the scheme of the ecosystem
};
[[nodiscard]] const char* to_string(Reason reason) noexcept;

/// What one advisory says about the package.
struct AdvisoryMatch {
  std::string_view id;
  package::Affected affected = package::Affected::unknown;
  Reason reason = Reason::no_version;
  std::vector<std::string_view>
      fixed;                   ///< versions that mend it, as written, ascending; after the asked version where there is one
  std::string_view ecosystem;  ///< with its release
};

/// One weakness of a package, with everything that the database knows of it under all of its names. Texts are views into the
/// database and live as long as it does.
struct Match {
  std::string_view canonical_id;           ///< a CVE, else a GHSA, else the smallest id
  std::vector<std::string_view> ids;       ///< all names, the canonical one first
  std::vector<std::string_view> upstream;  ///< weaknesses that its advisories bring together without being one of them
  std::vector<AdvisoryMatch> advisories;   ///< that speak of the package, by id
  package::Affected affected = package::Affected::unknown;  ///< yes where one says yes; no where all do
  Reason reason = Reason::no_version;
  std::vector<std::string_view> fixed;  ///< of all advisories that say yes, ascending
  std::vector<Severity> severities;     ///< as stated, those of the package before those of the advisory
  std::string_view severity_word;       ///< of the database that published it, where there is one
  std::optional<KnownExploited> exploited;
  std::optional<ExploitProbability> probability;  ///< the highest of all its CVEs
  std::vector<AffectedSymbols> symbols;
  std::string_view summary;
  Moment published = k_never;  ///< the earliest
  Moment modified = k_never;   ///< the latest
  Moment withdrawn = k_never;  ///< only when all of its advisories are

  /// The severity to go by: the newest version of CVSS, the highest score of it. None where no vector can be read.
  [[nodiscard]] const Severity* best_severity() const;
};

/// Which answers are wanted.
enum class Wanted : std::uint8_t {
  concerning,  ///< affected, or not known
  all          ///< also those that do not affect the version
};

/// An advisory as a whole, for who asks by id.
struct AdvisoryRecord {
  Advisory advisory;  ///< `affected` holds what it says about each package
};
struct WeaknessRecord {
  Match weakness;  ///< without `advisories`: nobody asked about a package
  std::vector<AdvisoryRecord> advisories;
};

/// Safe to use from several threads. Everything throws SourceError when the file turns out to be damaged.
class Database {
 public:
  /// Opens the index in `folder`. Throws SourceError when there is none, or it cannot be used.
  [[nodiscard]] static Database open(const std::string& folder);
  explicit Database(std::unique_ptr<Index> index);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  /// The weaknesses of a version of a package, by canonical id. Without a version each one is unknown, but for those of which every
  /// version is affected. A package that nobody knows costs no memory.
  [[nodiscard]] std::vector<Match> find(const PackageIdentity& package, std::string_view version,
                                        Wanted wanted = Wanted::concerning) const;
  /// Whether any advisory speaks of the package, in any version.
  [[nodiscard]] bool knows(const PackageIdentity& package) const;

  /// A weakness by any of its names, in any case of letters.
  [[nodiscard]] std::optional<WeaknessRecord> find_weakness(std::string_view id) const;
  /// By CVE, also of those that no advisory speaks of.
  [[nodiscard]] std::optional<KnownExploited> exploited(std::string_view cve) const;
  [[nodiscard]] std::optional<ExploitProbability> probability(std::string_view cve) const;

  [[nodiscard]] const IndexInfo& info() const noexcept;
  /// SHA-256 of the content: two databases with the same digest answer alike.
  [[nodiscard]] std::string_view digest() const noexcept;
  [[nodiscard]] const Index& index() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace postern::threatdb
