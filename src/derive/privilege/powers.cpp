// SPDX-License-Identifier: Apache-2.0
// The table of what gives which power, and permissions joined and written down.
#include "derive/privilege/powers.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::derive {
namespace {

using model::AccessRule;
using model::Power;
using model::Privilege;
using model::Symbol;

constexpr std::string_view k_all = "*";
constexpr std::string_view k_rbac = "rbac.authorization.k8s.io";
constexpr std::string_view k_admission = "admissionregistration.k8s.io";

/// Where a binding of a namespace gives the power, too.
enum class Within : std::uint8_t { namespaces, cluster };

/// One of the verbs on the resource gives the power.
struct NeedRow {
  Power power;
  std::string_view group;
  std::string_view resource;
  std::string_view verbs;  ///< separated by spaces
  Within within = Within::namespaces;
};

constexpr std::array k_needs = {
    NeedRow{Power::read_secrets, "", "secrets", "get list watch"},
    NeedRow{Power::write_secrets, "", "secrets", "create update patch"},
    NeedRow{Power::exec, "", "pods/exec", "create get"},
    NeedRow{Power::attach, "", "pods/attach", "create get"},
    NeedRow{Power::debug_containers, "", "pods/ephemeralcontainers", "update patch"},
    NeedRow{Power::create_pods, "", "pods", "create"},
    NeedRow{Power::create_workloads, "", "replicationcontrollers", "create update patch"},
    NeedRow{Power::create_workloads, "apps", "daemonsets", "create update patch"},
    NeedRow{Power::create_workloads, "apps", "deployments", "create update patch"},
    NeedRow{Power::create_workloads, "apps", "replicasets", "create update patch"},
    NeedRow{Power::create_workloads, "apps", "statefulsets", "create update patch"},
    NeedRow{Power::create_workloads, "batch", "cronjobs", "create update patch"},
    NeedRow{Power::create_workloads, "batch", "jobs", "create update patch"},
    NeedRow{Power::create_tokens, "", "serviceaccounts/token", "create"},
    NeedRow{Power::impersonate_accounts, "", "serviceaccounts", "impersonate"},
    NeedRow{Power::impersonate_users, "", "users", "impersonate", Within::cluster},
    NeedRow{Power::impersonate_groups, "", "groups", "impersonate", Within::cluster},
    NeedRow{Power::bind_roles, k_rbac, "roles", "bind"},
    NeedRow{Power::bind_roles, k_rbac, "clusterroles", "bind"},
    NeedRow{Power::escalate_roles, k_rbac, "roles", "escalate"},
    NeedRow{Power::escalate_roles, k_rbac, "clusterroles", "escalate", Within::cluster},
    NeedRow{Power::modify_rbac, k_rbac, "roles", "create update patch"},
    NeedRow{Power::modify_rbac, k_rbac, "rolebindings", "create update patch"},
    NeedRow{Power::modify_rbac, k_rbac, "clusterroles", "create update patch", Within::cluster},
    NeedRow{Power::modify_rbac, k_rbac, "clusterrolebindings", "create update patch", Within::cluster},
    NeedRow{Power::modify_webhooks, k_admission, "mutatingwebhookconfigurations", "create update patch delete", Within::cluster},
    NeedRow{Power::modify_webhooks, k_admission, "validatingwebhookconfigurations", "create update patch delete", Within::cluster},
    NeedRow{Power::proxy_to_nodes, "", "nodes/proxy", "create get update patch delete", Within::cluster},
    NeedRow{Power::write_nodes, "", "nodes", "create update patch delete", Within::cluster},
    NeedRow{Power::create_volumes, "", "persistentvolumes", "create", Within::cluster},
    NeedRow{Power::approve_certificates, "certificates.k8s.io", "certificatesigningrequests/approval", "update patch",
            Within::cluster},
};

bool is_among(const std::vector<Symbol>& values, std::string_view wanted) {
  return std::any_of(values.begin(), values.end(), [&](Symbol value) { return value.view() == wanted || value.view() == k_all; });
}

/// `*`, the resource itself, or `*/exec` for every resource with that part.
bool allows_resource(const AccessRule& rule, std::string_view resource) {
  if (is_among(rule.resources, resource)) return true;
  const std::size_t slash = resource.find('/');
  return slash != std::string_view::npos && is_among(rule.resources, "*" + std::string(resource.substr(slash)));
}

/// A name does not limit what has none yet: with names, creating an object is never allowed, creating a part of one is.
bool allows_verb(const AccessRule& rule, const NeedRow& need) {
  const bool whole_object = need.resource.find('/') == std::string_view::npos;
  for (const std::string_view verb : base::split(need.verbs, ' ')) {
    if (!rule.names.empty() && whole_object && verb == "create") continue;
    if (is_among(rule.verbs, verb)) return true;
  }
  return false;
}

bool allows_everything(const AccessRule& rule) {
  const auto all = [](const std::vector<Symbol>& values) {
    return std::any_of(values.begin(), values.end(), [](Symbol value) { return value.view() == k_all; });
  };
  return rule.names.empty() && all(rule.verbs) && all(rule.resources) && all(rule.groups);
}

/// More combinations than any role has; beyond, the rule itself is the text.
constexpr std::size_t k_most_combinations = 4096;

constexpr std::string_view k_path = "/";

std::string scope_text(Symbol scope) { return scope.empty() ? " cluster-wide" : " in " + scope.str(); }

std::string joined(const std::set<Symbol>& verbs) {
  if (verbs.contains(Symbol(k_all))) return std::string(k_all);
  std::string text;
  for (const Symbol verb : verbs) text += (text.empty() ? "" : ",") + verb.str();
  return text;
}

}  // namespace

std::vector<Privilege> powers_of(const AccessRule& rule, Symbol scope) {
  if (allows_everything(rule)) return {{scope.empty() ? Power::cluster_admin : Power::everything, {}, scope}};
  std::vector<Privilege> powers;
  for (const NeedRow& need : k_needs) {
    const bool reaches = scope.empty() || need.within == Within::namespaces;
    if (!reaches || !is_among(rule.groups, need.group) || !allows_resource(rule, need.resource) || !allows_verb(rule, need)) {
      continue;
    }
    if (rule.names.empty()) powers.push_back({need.power, {}, scope});
    for (const Symbol name : rule.names) powers.push_back({need.power, name, scope});
  }
  return powers;
}

void PermissionSet::add(const AccessRule& rule, Symbol scope) {
  if (scope.empty()) {
    for (const Symbol url : rule.urls) m_verbs[{{}, Symbol(k_path), url, {}}].insert(rule.verbs.begin(), rule.verbs.end());
  }
  const std::size_t names = std::max<std::size_t>(rule.names.size(), 1);
  if (rule.resources.size() * rule.groups.size() > k_most_combinations / names) {
    m_others.emplace(to_string(rule) + scope_text(scope));
    return;
  }
  m_wider.all_names |= rule.names.empty();
  m_wider.cluster |= scope.empty();
  for (const Symbol group : rule.groups) {
    m_wider.group |= group.view() == k_all;
    for (const Symbol resource : rule.resources) {
      m_wider.resource |= resource.view() == k_all;
      if (rule.names.empty()) m_verbs[{group, resource, {}, scope}].insert(rule.verbs.begin(), rule.verbs.end());
      for (const Symbol name : rule.names) m_verbs[{group, resource, name, scope}].insert(rule.verbs.begin(), rule.verbs.end());
    }
  }
}

void PermissionSet::add_unknown(Symbol role, Symbol scope) {
  m_others.emplace("unknown rights of " + role.str() + scope_text(scope));
}

bool PermissionSet::included(const Key& key, Symbol verb) const {
  const auto& [group, resource, name, scope] = key;
  static const Symbol k_any(k_all);
  const auto holds = [&](const Key& wide) {
    const auto found = m_verbs.find(wide);
    if (found == m_verbs.end()) return false;
    if (wide == key) return verb != k_any && found->second.contains(k_any);
    return found->second.contains(verb) || found->second.contains(k_any);
  };
  for (const bool wide_group : {false, true}) {
    if (wide_group && !m_wider.group) continue;
    for (const bool wide_resource : {false, true}) {
      if (wide_resource && !m_wider.resource) continue;
      for (const bool wide_name : {false, true}) {
        if (wide_name && (name.empty() || !m_wider.all_names)) continue;
        for (const bool wide_scope : {false, true}) {
          if (wide_scope && (scope.empty() || !m_wider.cluster)) continue;
          if (holds({wide_group ? k_any : group, wide_resource ? k_any : resource, wide_name ? Symbol() : name,
                     wide_scope ? Symbol() : scope})) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

model::TextList PermissionSet::texts() const {
  std::set<Symbol> texts = m_others;
  for (const auto& [key, verbs] : m_verbs) {
    std::set<Symbol> own;
    for (const Symbol verb : verbs) {
      if (!included(key, verb)) own.insert(verb);
    }
    if (own.empty()) continue;
    const auto& [group, resource, name, scope] = key;
    std::string text = joined(own) + " ";
    if (resource.view() == k_path) {
      texts.emplace(text + name.str());
      continue;
    }
    text += resource.str() + (group.empty() ? "" : "." + group.str());
    if (!name.empty()) text += " named " + name.str();
    texts.emplace(text + scope_text(scope));
  }
  return {texts.begin(), texts.end()};
}

}  // namespace postern::derive
