// SPDX-License-Identifier: Apache-2.0
// What each role allows, with the roles that are joined into it by their labels and those that every cluster has.
#pragma once
#include <postern/model/access_rule.h>
#include <postern/model/graph.h>

#include <map>
#include <unordered_map>
#include <vector>

namespace postern::derive {

/// One rule with the role that says it.
struct RoleRule {
  const model::AccessRule* rule;
  model::Symbol role;  ///< address
};

/// The roles of one state. The rules live as long as the table.
class RoleTable {
 public:
  explicit RoleTable(const model::ArchitectureGraph& graph);

  /// What the role called `address` allows in `target`; nullptr where nobody declares it. Asking again costs nothing.
  [[nodiscard]] const std::vector<RoleRule>* rules_of(model::Symbol target, model::Symbol address);

 private:
  struct Role {
    model::Symbol address;
    model::Labels labels;
    std::vector<model::AccessRule> rules;
    std::vector<model::Symbol> joined;  ///< canonical selectors of the roles that are joined into it
    bool cluster = false;
  };
  struct Cluster {
    std::vector<Role> roles;
    std::unordered_map<model::Symbol, std::size_t> by_address;
    std::map<model::Label, std::vector<std::size_t>> by_label;
    std::unordered_map<model::Symbol, std::vector<std::size_t>> selected;  ///< by canonical selector
    std::unordered_map<model::Symbol, std::vector<RoleRule>> closed;       ///< by address
  };

  void add(Cluster& cluster, Role role);
  void add_declared(const model::Entity& entity);
  void add_built_in(Cluster& cluster);
  static const std::vector<std::size_t>& select(Cluster& cluster, model::Symbol selector);

  std::map<model::Symbol, Cluster> m_clusters;  ///< by target
};

}  // namespace postern::derive
