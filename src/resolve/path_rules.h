// SPDX-License-Identifier: Apache-2.0
// Rules about paths as CODEOWNERS has them: the last one that matches counts.
#pragma once
#include <postern/model/entity.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::resolve {

/// One rule: which paths below `folder`, and whom it names (nobody: what an earlier rule said is taken back).
struct PathRule {
  std::string folder;
  std::string pattern;
  model::Symbol owners;
  model::Location location;
};

/// Whether `path` (below the rule's folder) is meant by `pattern`: `*`, `?`, `**`, `/anchored`, `folder/`, and bare names at any
/// depth.
[[nodiscard]] bool is_meant(std::string_view pattern, std::string_view path);

/// The last rule that means the path; nullptr where none does.
[[nodiscard]] const PathRule* last_rule_for(const std::vector<PathRule>& rules, std::string_view path);

/// The rules of an entry that a reader of CODEOWNERS made, in their order.
[[nodiscard]] std::vector<PathRule> path_rules_of(const model::Entity& entry);

}  // namespace postern::resolve
