// SPDX-License-Identifier: Apache-2.0
// What the policies of a service mesh add up to: modes of mutual TLS by scope, the union of authorization policies, TLS of callers.
#include "derive/mesh.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace postern::derive {
namespace {

using model::ArchitectureGraph;
using model::Attributes;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Location;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// A value with the place that says it.
struct Verdict {
  std::string_view value;  ///< empty: nothing is said
  Location location;
};

/// Position in a list of words in ascending openness; the end for a word that is not in it.
template <std::size_t k_count>
std::size_t openness(const std::array<std::string_view, k_count>& words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

constexpr std::array<std::string_view, 4> k_modes = {"STRICT", "PARTIAL", "PERMISSIVE", "DISABLE"};
constexpr std::array<std::string_view, 3> k_scopes = {"workload", "namespace", "mesh"};  // the narrower wins
constexpr std::array<std::string_view, 5> k_callers = {"nobody", "named", "authenticated", "some_requests", "everybody"};
constexpr std::array<std::string_view, 5> k_client_modes = {"MUTUAL", "ISTIO_MUTUAL", "SIMPLE", "", "DISABLE"};

Location location_of(const Entity& policy, const model::AttributeDefinition& definition) {
  const model::Attribute* row = policy.attributes.find(definition);
  if (row != nullptr) return row->location;
  return policy.locations.empty() ? Location{} : policy.locations.front();
}

bool excepts_ports(const Entity& policy) {
  const TextList& ports = policy.attributes.list(attribute::port_mutual_tls);
  return std::any_of(ports.begin(), ports.end(), [](Symbol port) { return !port.view().ends_with("STRICT"); });
}

Verdict mode_by_scope(const std::vector<const Entity*>& policies) {
  for (const std::string_view scope : k_scopes) {
    Verdict found;
    for (const Entity* policy : policies) {
      if (policy->attributes.text(attribute::policy_scope).view() != scope) continue;
      const std::string_view mode = policy->attributes.text(attribute::mutual_tls_mode).view();
      if (mode.empty() || (!found.value.empty() && openness(k_modes, mode) <= openness(k_modes, found.value))) continue;
      found = {mode, location_of(*policy, attribute::mutual_tls_mode)};
    }
    if (!found.value.empty()) return found;
  }
  return {};
}

/// Exceptions for single ports make a strict mode partial, whichever policy it comes from.
Verdict mutual_tls_of(const std::vector<const Entity*>& policies) {
  const Verdict found = mode_by_scope(policies);
  const auto except = std::find_if(policies.begin(), policies.end(), [](const Entity* policy) { return excepts_ports(*policy); });
  if (found.value != "STRICT" || except == policies.end()) return found;
  return {"PARTIAL", location_of(**except, attribute::port_mutual_tls)};
}

bool is_action(const Entity& policy, std::string_view action) {
  return policy.attributes.text(attribute::action).view() == action && !policy.attributes.text(attribute::callers).empty();
}

/// Deny policies come first, then an outside authorizer, then what the allowing ones add up to.
Verdict authorization_of(const std::vector<const Entity*>& policies) {
  Verdict allowed;
  Verdict denied;
  Verdict delegated;
  for (const Entity* policy : policies) {
    const std::string_view callers = policy->attributes.text(attribute::callers).view();
    const Location location = location_of(*policy, attribute::callers);
    if (is_action(*policy, "ALLOW")) {
      const bool wider = allowed.value.empty() || openness(k_callers, callers) > openness(k_callers, allowed.value);
      if (wider) allowed = {callers, location};
    } else if (is_action(*policy, "DENY") && callers == "everybody") {
      return {"nobody", location};
    } else if (is_action(*policy, "DENY") && callers != "nobody") {
      denied = {"some_denied", location};
    } else if (is_action(*policy, "CUSTOM") && callers == "everybody") {
      delegated = {"delegated", location};
    }
  }
  if (!allowed.value.empty() && allowed.value != "everybody") return allowed;
  if (!delegated.value.empty()) return delegated;
  return denied.value.empty() ? allowed : denied;
}

bool is_outside_of_mesh(const Entity& workload) {
  static const std::array<std::pair<std::string_view, std::string_view>, 2> k_marks = {
      {{"sidecar.istio.io/inject", "false"}, {"istio.io/dataplane-mode", "none"}}};
  return std::any_of(workload.labels.begin(), workload.labels.end(), [&](const model::Label& label) {
    return std::any_of(k_marks.begin(), k_marks.end(),
                       [&](const auto& mark) { return label.first.view() == mark.first && label.second.view() == mark.second; });
  });
}

class MeshDeriver {
 public:
  explicit MeshDeriver(ArchitectureGraph& graph) : m_graph(graph) {}

  void run() {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      const bool own_workload = model::is_workload(entity.kind) && !entity.id.application.empty();
      if (own_workload && !is_outside_of_mesh(entity)) settle_workload(index);
      settle_name(index);
      settle_denials(index);
    }
  }

 private:
  [[nodiscard]] std::vector<const Entity*> policies_of(EntityIndex index, EntityKind kind) const {
    std::vector<const Entity*> policies;
    for (const model::RelationIndex in : m_graph.incoming(index)) {
      const model::Relation& relation = m_graph.relation(in);
      const Entity& source = m_graph.entity(relation.source);
      if (model::family_of(relation.kind) == model::RelationFamily::control && source.kind == kind) policies.push_back(&source);
    }
    return policies;
  }

  void set(EntityIndex index, const model::AttributeDefinition& definition, const Verdict& verdict) {
    if (verdict.value.empty()) return;
    m_graph.entity_for_derivation(index).attributes.set(definition, Symbol(verdict.value), verdict.location);
  }

  void settle_workload(EntityIndex index) {
    const std::vector<const Entity*> policies = policies_of(index, EntityKind::access_policy);
    if (policies.empty()) return;
    set(index, attribute::mutual_tls, mutual_tls_of(policies));
    set(index, attribute::authorization, authorization_of(policies));
    std::set<Symbol> issuers;
    Location location;
    for (const Entity* policy : policies) {
      const TextList& list = policy->attributes.list(attribute::issuers);
      if (!list.empty() && issuers.empty()) location = location_of(*policy, attribute::issuers);
      issuers.insert(list.begin(), list.end());
    }
    if (issuers.empty()) return;
    TextList all(issuers.begin(), issuers.end());
    m_graph.entity_for_derivation(index).attributes.set(attribute::token_issuers, std::move(all), location);
  }

  /// Also for gateways and names: policies with a target are about those.
  void settle_denials(EntityIndex index) {
    if (is_outside_of_mesh(m_graph.entity(index))) return;
    std::set<Symbol> refused;
    Location location;
    for (const Entity* policy : policies_of(index, EntityKind::access_policy)) {
      const TextList& list = policy->attributes.list(attribute::access_rules);
      if (!is_action(*policy, "DENY") || list.empty()) continue;
      if (refused.empty()) location = location_of(*policy, attribute::access_rules);
      refused.insert(list.begin(), list.end());
    }
    if (refused.empty()) return;
    m_graph.entity_for_derivation(index).attributes.set(attribute::denials, TextList(refused.begin(), refused.end()), location);
  }

  void settle_name(EntityIndex index) {
    Verdict found;
    bool any = false;
    for (const Entity* policy : policies_of(index, EntityKind::traffic_policy)) {
      if (policy->attributes.find(attribute::tls_mode) == nullptr) continue;
      const std::string_view mode = policy->attributes.text(attribute::tls_mode).view();
      if (any && openness(k_client_modes, mode) <= openness(k_client_modes, found.value)) continue;
      found = {mode, location_of(*policy, attribute::tls_mode)};
      any = true;
    }
    set(index, attribute::client_tls, found);
  }

  ArchitectureGraph& m_graph;
};

}  // namespace

void derive_mesh(ArchitectureGraph& graph) { MeshDeriver(graph).run(); }

}  // namespace postern::derive
