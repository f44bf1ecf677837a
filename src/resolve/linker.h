// SPDX-License-Identifier: Apache-2.0
// Mentions, references and selectors -> relations between entities.
#pragma once
#include <optional>
#include <set>

#include "resolve/attachments.h"
#include "resolve/mention.h"
#include "resolve/own_hosts.h"

namespace postern::resolve {

/// Adds relations to a graph under construction, and the entities that only mentions bring: third parties, outside hosts, names
/// that nothing declares.
class Linker {
 public:
  /// Trouble goes to `diagnostics`: P2002 for a reference that its target's namespace does not allow, P2003 and
  /// P2008 where something is cut off.
  Linker(LinkIndex& index, base::DiagnosticSink& diagnostics) : m_index(index), m_diagnostics(diagnostics) {}

  /// Selectors first: they say which workloads stand behind an endpoint.
  void link_selectors(const model::StateView& state);
  /// Links by declared address: mounts, identities, routes, autoscalers.
  void link_references(const model::StateView& state);
  /// Configurations that belong to a workload without being mounted.
  void link_attachments(const std::vector<Attachment>& attachments);
  /// Network policies with the workloads that they select.
  void link_policies(const model::StateView& state);
  /// Endpoints that stand for an outside name.
  void link_external_names();
  /// Addresses in settings.
  void link_mentions(const Mentions& mentions);

  /// Gateways and routes that hand requests to an endpoint which stands for an outside name: they lead there.
  void link_outside_backends();
  /// Routes that are attached to a gateway or to the name of an endpoint: what they lead to is led to from there.
  void link_routes();

  /// The linked parts; the index's entities are moved out.
  [[nodiscard]] model::GraphFragment finish();

 private:
  void relate(EntityIndex source, EntityIndex target, model::RelationKind kind, model::Attributes attributes,
              std::vector<model::Evidence> evidence);
  EntityIndex placeholder(model::EntityKind kind, const model::EntityId& id);
  void link_mention(const Mention& mention);
  /// A route that is attached to the name of an endpoint hands requests for that name to others.
  void steer();
  /// Whether requests that a route takes at `entrance` (a gateway or an endpoint) are handed on by `route`, one of its relations.
  [[nodiscard]] bool leads_from(const model::Relation& route, EntityIndex entrance) const;
  /// The entities that a declared target stands for: the workloads behind an endpoint, its outside name, or itself.
  [[nodiscard]] std::vector<EntityIndex> meant_by(EntityIndex target) const;
  /// The same for a mention. Where all mentions together come to more pairs than anybody needs, the target itself, and P2008 once.
  std::vector<EntityIndex> fan_out(EntityIndex target, const Mention& mention);
  /// Whether the target allows the reference, where it must.
  [[nodiscard]] bool is_granted(const model::ReferenceFact& fact, EntityIndex source, EntityIndex target) const;
  void refuse(const model::ReferenceFact& fact, EntityIndex source, EntityIndex target);
  /// What a relation tells is told once: notes the variables and keys that said the mention, for `take_consumed`.
  void consume(const Mention& mention);
  /// Takes everything noted out of the entities. Once for all mentions: each taking copies the attributes of an entity.
  void take_consumed();

  LinkIndex& m_index;
  base::DiagnosticSink& m_diagnostics;
  std::vector<model::Relation> m_relations;
  std::vector<model::PolicyBinding> m_policies;
  std::unordered_map<EntityIndex, std::vector<EntityIndex>> m_meant;  ///< what targets of mentions stand for, once it is settled
  std::size_t m_fanned_out = 0;  ///< pairs of callers and what they mean, where that is several things
  bool m_cut_off = false;
  std::optional<OwnHosts> m_own_hosts;                                  ///< made when the first redirection needs it
  std::unordered_map<EntityIndex, std::set<EntityIndex>> m_stands_for;  ///< endpoint -> outside entities, other endpoints
  std::unordered_map<EntityIndex, std::set<EntityIndex>> m_steered;     ///< endpoint -> where routes hand its requests
  /// Consumed variables of workloads, as (container, name), and consumed keys of configurations.
  std::unordered_map<EntityIndex, std::vector<std::pair<Symbol, Symbol>>> m_consumed_variables;
  ConsumedKeys m_consumed_keys;
};

}  // namespace postern::resolve
