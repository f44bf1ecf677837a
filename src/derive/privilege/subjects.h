// SPDX-License-Identifier: Apache-2.0
// Who has which power: accounts, groups and users with what bindings give them.
#pragma once
#include <postern/model/graph.h>

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "derive/privilege/powers.h"
#include "derive/privilege/roles.h"

namespace postern::derive {

/// Powers with the objects that give each: `BINDING > ROLE`, or `BINDING > ROLE > JOINED ROLE`.
using PowerMap = std::map<model::Privilege, model::Symbol>;

/// One account, group or user of a cluster, whichever applications speak of it.
struct Subject {
  model::Symbol target;
  model::Symbol address;  ///< `NS/serviceaccounts/NAME`, `group:NAME`, `user:NAME`
  std::vector<model::EntityIndex> entities;
  PowerMap powers;              ///< by its own bindings; none that another one covers
  model::TextList permissions;  ///< by its own bindings
  model::Location location;     ///< of the first binding
  /// The namespace of an account; empty for groups and users.
  [[nodiscard]] model::Symbol account_namespace() const;
};

/// The subjects of one state: those that an entity stands for.
class SubjectTable {
 public:
  explicit SubjectTable(const model::ArchitectureGraph& graph);

  [[nodiscard]] const std::vector<Subject>& all() const noexcept { return m_subjects; }
  [[nodiscard]] std::optional<std::size_t> find(model::Symbol target, model::Symbol address) const;
  /// The account that a workload runs as, named or by default; nothing where no entity stands for it.
  [[nodiscard]] std::optional<std::size_t> account_of(model::EntityIndex workload) const;
  /// Whether the account's token is mounted: the workload's word counts, then the account's, else it is.
  [[nodiscard]] bool has_token(model::EntityIndex workload) const;
  /// What an account has because every account is in some groups.
  [[nodiscard]] PowerMap inherited_by(const Subject& account) const;

 private:
  struct Grant {
    model::EntityIndex binding;
    model::EntityIndex role;
  };
  struct Part {
    std::vector<std::pair<model::Privilege, model::Symbol>> powers;  ///< with the role that says it
    const std::vector<RoleRule>* rules = nullptr;                    ///< nullptr: nobody declares the role
  };
  using RoleInScope = std::tuple<model::Symbol, model::Symbol, model::Symbol>;  ///< target, role, scope
  void add_entity(model::EntityIndex index);
  void grant(std::size_t subject, const std::vector<Grant>& grants);
  model::TextList permissions_of(const std::set<RoleInScope>& roles);
  const Part& part_of(const Grant& grant, model::Symbol scope);
  [[nodiscard]] std::optional<model::EntityIndex> account_entity_of(model::EntityIndex workload) const;

  const model::ArchitectureGraph& m_graph;
  RoleTable m_roles;
  std::vector<Subject> m_subjects;
  std::map<std::pair<model::Symbol, model::Symbol>, std::size_t> m_by_address;
  std::map<RoleInScope, Part> m_parts;
  std::map<std::set<RoleInScope>, model::TextList> m_permissions;  ///< accounts with the same roles have the same
};

}  // namespace postern::derive
