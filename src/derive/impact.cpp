// SPDX-License-Identifier: Apache-2.0
// Who is in it, who needs those, who needs those in turn.
#include "derive/impact.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <tuple>

#include "connection/host.h"

namespace postern::derive {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::ImpactEffect;
using model::Relation;
using model::RelationFamily;
using model::RelationIndex;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// Kinds of vendors without which an application goes on.
constexpr std::array<std::string_view, 4> k_watching = {"analytics", "error-tracking", "monitoring", "observability"};

bool only_watches(const Entity& entity) {
  if (entity.attributes.text(attribute::role).view() == "monitoring") return true;
  const std::string_view category = entity.attributes.text(attribute::vendor_category).view();
  return std::find(k_watching.begin(), k_watching.end(), category) != k_watching.end();
}

bool runs_somewhere(EntityKind kind) { return model::is_workload(kind) || kind == EntityKind::gateway || kind == EntityKind::host; }

class ImpactTracer {
 public:
  explicit ImpactTracer(const ArchitectureGraph& graph) : m_graph(graph), m_rows(graph.entities().size()) {}

  void begin(const Outage& outage) {
    for (const EntityIndex index : outage.entities) reach(index, ImpactEffect::gone, 0, 0);
    if (outage.kind == OutageKind::entity) return;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const auto effect = outage.kind == OutageKind::region ? in_region(m_graph.entity(index), outage.place)
                                                            : in_zone(m_graph.entity(index), outage.place);
      if (effect) reach(index, *effect, 0, 0);
    }
  }

  void spread() {
    while (!m_queue.empty()) {
      const EntityIndex index = m_queue.front();
      m_queue.pop_front();
      for (const RelationIndex in : m_graph.incoming(index)) follow(in);
      if (m_graph.entity(index).kind == EntityKind::endpoint) follow_callers_of(index);
    }
  }

  [[nodiscard]] std::vector<model::ImpactRow> take() const {
    std::vector<model::ImpactRow> rows;
    for (const auto& row : m_rows)
      if (row) rows.push_back(*row);
    std::sort(rows.begin(), rows.end(), [](const model::ImpactRow& a, const model::ImpactRow& b) {
      return std::tie(a.effect, a.distance, a.entity) < std::tie(b.effect, b.distance, b.entity);
    });
    return rows;
  }

 private:
  static std::optional<ImpactEffect> in_region(const Entity& entity, std::string_view region) {
    const Symbol own = entity.attributes.text(attribute::region);
    if (own.view() == region) return ImpactEffect::gone;
    return own.empty() && runs_somewhere(entity.kind) ? std::optional(ImpactEffect::unknown) : std::nullopt;
  }

  static std::optional<ImpactEffect> in_zone(const Entity& entity, std::string_view zone) {
    if (const TextList& zones = entity.attributes.list(attribute::zones); !zones.empty()) {
      if (std::find(zones.begin(), zones.end(), Symbol(zone)) == zones.end()) return std::nullopt;
      return zones.size() == 1 ? ImpactEffect::gone : ImpactEffect::degraded;
    }
    if (!runs_somewhere(entity.kind)) return std::nullopt;
    const Symbol region = entity.attributes.text(attribute::region);
    const auto own = connection::find_region(zone);
    if (!region.empty() && own && region.view() != own->region) return std::nullopt;
    if (is_spread(entity)) return ImpactEffect::degraded;
    return ImpactEffect::unknown;
  }

  /// Has instances in more than one zone.
  static bool is_spread(const Entity& entity) {
    if (entity.attributes.is_true(attribute::multi_zone)) return true;
    if (entity.attributes.number(attribute::least_replicas).value_or(0) < 2) return false;
    for (const auto* definition : {&attribute::spread, &attribute::anti_affinity}) {
      for (const Symbol rule : entity.attributes.list(*definition))
        if (rule.view().find("/zone") != std::string_view::npos && rule.view().find("required") != std::string_view::npos)
          return true;
    }
    return false;
  }

  [[nodiscard]] bool is_lost(EntityIndex index) const {
    return m_rows[index] && (m_rows[index]->effect == ImpactEffect::gone || m_rows[index]->effect == ImpactEffect::fails);
  }

  void reach(EntityIndex index, ImpactEffect effect, std::uint32_t distance, RelationIndex through) {
    if (m_rows[index] && m_rows[index]->effect <= effect) return;
    m_rows[index] = model::ImpactRow{index, effect, distance, through};
    if (is_lost(index)) m_queue.push_back(index);
  }

  /// What the loss of a relation's target does to its source.
  void follow(RelationIndex index) {
    const Relation& relation = m_graph.relation(index);
    const RelationFamily family = model::family_of(relation.kind);
    const std::uint32_t distance = m_rows[relation.target]->distance + 1;
    if (family == RelationFamily::routing) {
      const bool all = loses_all_targets(relation.source);
      if (all || m_graph.entity(relation.source).kind != EntityKind::endpoint)
        reach(relation.source, all ? ImpactEffect::fails : ImpactEffect::degraded, distance, index);
    } else if (family == RelationFamily::placement) {
      reach(relation.source, ImpactEffect::fails, distance, index);
    } else if (family == RelationFamily::network) {
      reach(relation.source, effect_on_caller(relation), distance, index);
    }
  }

  [[nodiscard]] ImpactEffect effect_on_caller(const Relation& relation) const {
    const Entity& target = m_graph.entity(relation.target);
    const bool dispensable = target.kind == EntityKind::cache || only_watches(target);
    return dispensable || has_other_way(relation) ? ImpactEffect::degraded : ImpactEffect::fails;
  }

  /// A name by which the target is reached still leads to somebody.
  [[nodiscard]] bool has_other_way(const Relation& relation) const {
    const TextList& names = relation.attributes.list(attribute::via);
    for (const RelationIndex in : m_graph.incoming(relation.target)) {
      const Relation& routing = m_graph.relation(in);
      const Symbol name = m_graph.entity(routing.source).id.address;
      if (model::family_of(routing.kind) == RelationFamily::routing && !is_lost(routing.source) &&
          std::find(names.begin(), names.end(), name) != names.end() && !loses_all_targets(routing.source))
        return true;
    }
    return false;
  }

  [[nodiscard]] bool loses_all_targets(EntityIndex index) const {
    const auto routes = m_graph.outgoing(index);
    return std::all_of(routes.begin(), routes.end(), [&](RelationIndex out) {
      const Relation& relation = m_graph.relation(out);
      return model::family_of(relation.kind) != RelationFamily::routing || is_lost(relation.target);
    });
  }

  /// Those who were spared while the name still led to somebody.
  void follow_callers_of(EntityIndex endpoint) {
    for (const RelationIndex out : m_graph.outgoing(endpoint)) {
      const Relation& routing = m_graph.relation(out);
      if (model::family_of(routing.kind) != RelationFamily::routing || !is_lost(routing.target)) continue;
      for (const RelationIndex in : m_graph.incoming(routing.target)) {
        if (model::family_of(m_graph.relation(in).kind) == RelationFamily::network) follow(in);
      }
    }
  }

  const ArchitectureGraph& m_graph;
  std::vector<std::optional<model::ImpactRow>> m_rows;
  std::deque<EntityIndex> m_queue;
};

}  // namespace

model::Impact impact_of(const ArchitectureGraph& graph, const Outage& outage) {
  ImpactTracer tracer(graph);
  tracer.begin(outage);
  tracer.spread();
  return {{}, tracer.take()};
}

}  // namespace postern::derive
