// SPDX-License-Identifier: Apache-2.0
// One rule of a role, and the text as which attribute `rules` holds it: written by a reader, read again by derivation.
#pragma once
#include <postern/base/symbol.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::model {

using base::Symbol;

/// What one rule allows. Lists are sorted; the core group is the empty symbol. A rule with `urls` speaks of paths of the interface
/// itself and of nothing else.
struct AccessRule {
  std::vector<Symbol> verbs;
  std::vector<Symbol> resources;  ///< `pods`, `pods/exec`, `*`, `*/scale`
  std::vector<Symbol> groups;
  std::vector<Symbol> names;  ///< empty: every object
  std::vector<Symbol> urls;
  friend bool operator==(const AccessRule&, const AccessRule&) = default;
};

/// What the text of a rule that joins other roles by their labels begins with; the canonical text of a selector follows.
inline constexpr std::string_view k_aggregation = "aggregates roles: ";

/// `verbs: get,list resources: deployments groups: apps names: web urls: /metrics`; parts without values are left out, and so is
/// the core group where it is the only one. Spaces, commas and percent signs inside of a value are written as `%20`, `%2C`, `%25`.
[[nodiscard]] std::string to_string(const AccessRule& rule);
/// Back from that text; nothing for any other text.
[[nodiscard]] std::optional<AccessRule> access_rule_from(std::string_view text);

}  // namespace postern::model
