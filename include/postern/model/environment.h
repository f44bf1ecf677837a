// SPDX-License-Identifier: Apache-2.0
// Where a build goes, and how strictly it is judged there.
#pragma once
#include <postern/model/risk.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::model {

/// An environment as the configuration describes it. A name that nobody mapped has class production.
struct Environment {
  std::string name = "review";
  EnvironmentClass environment_class = EnvironmentClass::development;
  std::vector<std::string> targets;  ///< clusters, accounts, regions; empty: one target called `default`
};

/// `production`, `staging` or `development`, as configurations write it.
[[nodiscard]] std::optional<EnvironmentClass> environment_class_from(std::string_view text);
[[nodiscard]] const char* environment_class_name(EnvironmentClass value);

/// How much of the environment a candidate is.
enum class Scope : std::uint8_t {
  full,  ///< the candidate is everything that the application has there: what it does not contain is removed
  units  ///< the candidate replaces its own units only: nothing else can be removed by it
};
[[nodiscard]] const char* to_string(Scope scope);
[[nodiscard]] std::optional<Scope> scope_from(std::string_view text);

}  // namespace postern::model
