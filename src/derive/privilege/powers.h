// SPDX-License-Identifier: Apache-2.0
// From rules to powers in words, and to permissions with their exact verbs and resources.
#pragma once
#include <postern/model/access_rule.h>
#include <postern/model/attribute.h>
#include <postern/model/privilege.h>

#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace postern::derive {

/// The powers that one rule gives in `scope` (a namespace; empty: everywhere).
[[nodiscard]] std::vector<model::Privilege> powers_of(const model::AccessRule& rule, model::Symbol scope);

/// All permissions of somebody, joined: the same rights make the same texts, by whatever roles and rules they are given.
class PermissionSet {
 public:
  void add(const model::AccessRule& rule, model::Symbol scope);
  /// Rights that nobody can tell: those of a role that is not declared.
  void add_unknown(model::Symbol role, model::Symbol scope);
  /// `get,list secrets cluster-wide`, `patch deployments.apps named web in shop`, `get /metrics`; sorted. What a wider permission
  /// includes is left out.
  [[nodiscard]] model::TextList texts() const;

 private:
  /// group, resource, name, scope; a path of the interface stands as the name of resource `/`
  using Key = std::tuple<model::Symbol, model::Symbol, model::Symbol, model::Symbol>;
  [[nodiscard]] bool included(const Key& key, model::Symbol verb) const;

  std::map<Key, std::set<model::Symbol>> m_verbs;
  /// Which kinds of wider permissions there are at all: most sets have none, and then a look at the permission itself is enough.
  struct Wider {
    bool group = false;
    bool resource = false;
    bool all_names = false;
    bool cluster = false;
  } m_wider;
  std::set<model::Symbol> m_others;  ///< finished texts
};

}  // namespace postern::derive
