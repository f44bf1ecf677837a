// SPDX-License-Identifier: Apache-2.0
// What an organisation decides about single rules without touching their packs: severity, enforcement, or not at all.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "policy/pack.h"

namespace postern::policy {

/// A decision about one rule; what is not set stays as the pack says.
struct RuleSetting {
  std::string rule;                ///< its id
  std::optional<double> severity;  ///< 0..10; takes the place of an expression as well
  std::optional<model::Enforcement> enforcement;
  std::optional<model::Band> block_at;
  std::optional<std::string> disabled;  ///< the reason why the rule is not used; never empty
  std::string origin;                   ///< where that is written: `postern.yaml:12`
};

/// Throws UsageError, with a did-you-mean, when a setting is about a rule that no pack has.
void check_settings(const PackSet& packs, std::span<const RuleSetting> settings);

/// Puts `settings` over the rules of `packs`, in their order. A disabled rule moves to `Pack::disabled`. Everything that makes a
/// rule weaker than its pack wants it is added to `PackSet::weakenings`, so that every report tells it. Settings about rules that
/// no pack has are left out.
void apply_settings(PackSet& packs, std::span<const RuleSetting> settings);

}  // namespace postern::policy
