// SPDX-License-Identifier: Apache-2.0
// What the threat database knows about a package or a weakness, as text and as JSON.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "threatdb/database.h"

namespace postern::app {

/// One question and its answer.
struct LookupAnswer {
  std::string asked;                                ///< as it was written
  std::optional<threatdb::PackageVersion> package;  ///< when it was about a package
  bool is_known = false;                            ///< the database has heard of the package, or of the id
  std::vector<threatdb::Match> matches;
  std::optional<threatdb::WeaknessRecord> weakness;         ///< when it was about an id
  std::optional<threatdb::KnownExploited> exploited;        ///< of an id that no advisory speaks of
  std::optional<threatdb::ExploitProbability> probability;  ///< the same
};

[[nodiscard]] std::string lookup_text(const std::vector<LookupAnswer>& answers);
[[nodiscard]] std::string lookup_json(const std::vector<LookupAnswer>& answers);

}  // namespace postern::app
