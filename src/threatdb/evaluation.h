// SPDX-License-Identifier: Apache-2.0
// Whether what an advisory says about a package concerns a version of it, by the rules of the OSV schema.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "package/version.h"
#include "threatdb/advisory.h"
#include "threatdb/database.h"

namespace postern::threatdb {

/// The answer about one row of `affected`.
struct Evaluation {
  package::Affected affected = package::Affected::unknown;
  Reason reason = Reason::no_version;
};
/// `scheme` is that of the ecosystem; SEMVER ranges are compared as such whatever it is. Nothing is known without a scheme but what
/// a list of versions says word by word.
[[nodiscard]] Evaluation evaluate(const AffectedPackage& affected, std::optional<package::Scheme> scheme, std::string_view version);

/// Appends the versions that mend it: ends of ranges (no commits), those after `version` where one is given.
void append_fixed(const AffectedPackage& affected, std::optional<package::Scheme> scheme, std::string_view version,
                  std::vector<std::string_view>& fixed);
/// Ascending by scheme, each once.
void sort_versions(std::optional<package::Scheme> scheme, std::vector<std::string_view>& versions);

}  // namespace postern::threatdb
