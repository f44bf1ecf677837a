// SPDX-License-Identifier: Apache-2.0
// What a decision shows of the graphs: changes, posture, picture.
#include <algorithm>
#include <map>
#include <set>

#include "app/account.h"
#include "render/fold.h"

namespace postern::app {
namespace {

using model::ArchitectureGraph;
using model::ChangeKind;
using model::EntityIndex;
using model::EntityKind;
using model::ReportedChange;
using model::TextList;
namespace attribute = model::attribute;

std::string text_of(const std::optional<model::AttributeValue>& value) { return value ? model::to_string(*value) : std::string(); }

void add_attributes(const std::vector<model::AttributeChange>& attributes, const ReportedChange& subject,
                    std::vector<ReportedChange>& changes) {
  for (const model::AttributeChange& attribute : attributes) {
    ReportedChange change = subject;
    change.attribute = model::path_of(attribute);
    change.before = text_of(attribute.before);
    change.after = text_of(attribute.after);
    change.has_before = attribute.before.has_value();
    change.has_after = attribute.after.has_value();
    change.derived = attribute.definition->origin == model::AttributeOrigin::derived;
    change.location = attribute.after ? attribute.after_location : attribute.before_location;
    if (change.location.file.empty()) change.location = subject.location;
    changes.push_back(std::move(change));
  }
}

/// Bookkeeping objects that are no part of a picture of services and data.
bool is_drawn(EntityKind kind) {
  return model::is_workload(kind) || kind == EntityKind::third_party || kind == EntityKind::external ||
         kind == EntityKind::unresolved || kind == EntityKind::gateway || kind == EntityKind::api;
}

bool opens_to_outside(const model::Entity& entity) {
  const std::string_view type = entity.attributes.text(attribute::endpoint_type).view();
  return entity.kind == EntityKind::endpoint && (type == "LoadBalancer" || type == "NodePort");
}

/// Collects the boxes and lines of a picture.
class PictureBuilder {
 public:
  PictureBuilder(const ArchitectureGraph& before, const ArchitectureGraph& after) : m_before(before), m_after(after) {}

  void add(const model::Delta& delta) {
    for (const model::EntityChange& change : delta.entities) {
      const bool removed = change.kind == ChangeKind::removed;
      const model::Entity& entity = removed ? m_before.entity(*change.before) : m_after.entity(*change.after);
      const bool told = change.kind != ChangeKind::modified || is_told(change);
      if (told && (is_drawn(entity.kind) || opens_to_outside(entity))) add_entity(entity, change.kind);
    }
    for (const model::RelationChange& change : delta.relations) {
      if (change.kind == ChangeKind::modified) continue;
      const bool removed = change.kind == ChangeKind::removed;
      const ArchitectureGraph& graph = removed ? m_before : m_after;
      add_relation(graph, removed ? *change.before : *change.after, change.kind);
    }
  }

  /// Everything else that is there after the release.
  void add_rest() {
    for (const model::Entity& entity : m_after.entities()) {
      if (is_drawn(entity.kind) || opens_to_outside(entity)) add_entity(entity, std::nullopt);
    }
    // From gateways through the endpoints in the middle, which are no boxes themselves.
    for (model::RelationIndex index = 0; index < m_after.relations().size(); ++index) {
      const model::Relation& relation = m_after.relation(index);
      if (m_after.entity(relation.source).kind == EntityKind::gateway) add_relation(m_after, index, std::nullopt);
    }
  }

  [[nodiscard]] model::Picture finish() {
    add_context();
    model::Picture picture;
    for (auto& [id, entity] : m_entities) picture.entities.push_back(std::move(entity));
    for (auto& [id, relation] : m_relations) picture.relations.push_back(std::move(relation));
    return picture;
  }

 private:
  /// An image bump alone makes no box: it says nothing of the architecture.
  static bool is_told(const model::EntityChange& change) {
    return std::any_of(change.attributes.begin(), change.attributes.end(), [](const model::AttributeChange& attribute) {
      return attribute.definition == &attribute::exposure || attribute.definition == &attribute::data_classes ||
             attribute.definition == &attribute::ingress_isolated || attribute.definition == &attribute::entity_kind ||
             attribute.definition == &attribute::data_reach;
    });
  }

  void add_entity(const model::Entity& entity, std::optional<ChangeKind> change) {
    auto [at, fresh] = m_entities.try_emplace(entity.id);
    model::PictureEntity& box = at->second;
    if (fresh) {
      box = {entity.id, entity.name.str(), entity.kind, change, entity.attributes.text(attribute::exposure).str(), {}};
      if (opens_to_outside(entity))
        box.exposure = entity.attributes.is_true(attribute::internal_load_balancer) ? "internal" : "internet";
      for (const model::Symbol name : entity.attributes.list(attribute::data_classes)) box.data_classes.push_back(name.str());
    } else if (!box.change) {
      box.change = change;
    }
  }

  void add_relation(const ArchitectureGraph& graph, model::RelationIndex index, std::optional<ChangeKind> change) {
    const model::Relation& relation = graph.relation(index);
    const model::Entity& source = graph.entity(relation.source);
    const model::Entity& target = graph.entity(relation.target);
    const bool network = model::family_of(relation.kind) == model::RelationFamily::network;
    const bool route =
        relation.kind == model::RelationKind::routes_to && (opens_to_outside(source) || source.kind == EntityKind::gateway);
    if (!network && !route) return;
    if (route && target.kind == EntityKind::endpoint) {
      // From the gateway straight to what stands behind the endpoint.
      for (const model::RelationIndex behind : graph.outgoing(relation.target)) {
        const model::Relation& next = graph.relation(behind);
        if (next.kind == model::RelationKind::routes_to) draw(source, graph.entity(next.target), relation.kind, change);
      }
      return;
    }
    draw(source, target, relation.kind, change);
  }

  void draw(const model::Entity& source, const model::Entity& target, model::RelationKind kind, std::optional<ChangeKind> change) {
    add_entity(source, std::nullopt);
    add_entity(target, std::nullopt);
    m_relations.try_emplace({source.id, target.id}, model::PictureRelation{source.id, target.id, kind, change});
  }

  /// Unchanged relations between what is drawn already, and the ways in from outside.
  void add_context() {
    std::vector<bool> drawn(m_after.entities().size());
    for (const auto& [id, entity] : m_entities) {
      if (const auto index = m_after.find(id)) drawn[*index] = true;
    }
    for (model::RelationIndex index = 0; index < m_after.relations().size(); ++index) {
      const model::Relation& relation = m_after.relation(index);
      if (drawn[relation.source] && drawn[relation.target]) add_relation(m_after, index, std::nullopt);
    }
  }

  const ArchitectureGraph& m_before;
  const ArchitectureGraph& m_after;
  std::map<model::EntityId, model::PictureEntity> m_entities;
  std::map<std::pair<model::EntityId, model::EntityId>, model::PictureRelation> m_relations;
};

/// Of a library that comes or goes people ask for the version first.
void say_version(const model::Entity& library, ReportedChange& change) {
  const model::Attribute* versions = library.attributes.find(attribute::versions);
  if (versions == nullptr) return;
  const bool added = change.kind == ChangeKind::added;
  (added ? change.after : change.before) = model::to_string(versions->value);
  (added ? change.has_after : change.has_before) = true;
}

}  // namespace

std::vector<ReportedChange> reported_changes(const model::Delta& delta, const ArchitectureGraph& before,
                                             const ArchitectureGraph& after) {
  std::vector<ReportedChange> changes;
  for (const model::EntityChange& change : delta.entities) {
    const model::Entity& entity = change.after ? after.entity(*change.after) : before.entity(*change.before);
    ReportedChange subject{change.kind, "entity", change.id.address.str(), model::to_string(entity.kind), {}, {}, {}, false, false,
                           false,       {}};
    if (!entity.locations.empty()) subject.location = entity.locations.front();
    if (change.kind == ChangeKind::modified) {
      add_attributes(change.attributes, subject, changes);
    } else {
      if (entity.kind == EntityKind::library) say_version(entity, subject);
      changes.push_back(std::move(subject));
    }
  }
  for (const model::RelationChange& change : delta.relations) {
    const model::Relation& relation = change.after ? after.relation(*change.after) : before.relation(*change.before);
    const std::string name = change.id.source.address.str() + " -> " + change.id.target.address.str();
    ReportedChange subject{change.kind, "relation", name, model::to_string(relation.kind), {}, {}, {}, false, false, false, {}};
    if (!relation.evidence.empty()) subject.location = relation.evidence.front().location;
    if (change.kind == ChangeKind::modified) {
      add_attributes(change.attributes, subject, changes);
    } else {
      changes.push_back(std::move(subject));
    }
  }
  return changes;
}

std::vector<model::JudgedRule> judged_rules(const policy::PackSet& packs) {
  std::vector<model::JudgedRule> rules;
  for (const policy::Pack& pack : packs.packs) {
    for (const policy::Rule& rule : pack.rules) {
      model::JudgedRule judged{rule.id,
                               rule.pack,
                               rule.title,
                               rule.category,
                               rule.why.text,
                               rule.remediation,
                               rule.references,
                               rule.enforcement,
                               rule.on_unknown,
                               rule.block_at,
                               {}};
      if (rule.why.program || judged.description.empty()) judged.description = rule.title;
      if (!rule.severity_program) judged.severity = rule.severity;
      rules.push_back(std::move(judged));
    }
  }
  return rules;
}

void name_kinds(std::vector<model::Finding>& findings, const ArchitectureGraph& before, const ArchitectureGraph& after) {
  for (model::Finding& finding : findings) {
    const model::EntityId& id = finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
    if (const auto now = after.find(id)) {
      finding.entity_kind = after.entity(*now).kind;
    } else if (const auto then = before.find(id)) {
      finding.entity_kind = before.entity(*then).kind;
    }
  }
}

model::Posture posture_of(const ArchitectureGraph& graph) {
  model::Posture posture;
  std::set<std::string> exposed_data;
  std::set<std::string> flows;
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::Entity& entity = graph.entity(index);
    if (entity.kind == EntityKind::third_party) ++posture.third_parties;
    if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
    ++posture.services;
    const bool exposed = entity.attributes.text(attribute::exposure).view() == "internet";
    if (exposed) ++posture.exposed_services;
    const TextList& reach = entity.attributes.list(attribute::data_reach);
    if (exposed) {
      for (const model::Symbol name : reach) exposed_data.insert(name.str());
    }
    for (const model::RelationIndex out : graph.outgoing(index)) {
      const model::Entity& target = graph.entity(graph.relation(out).target);
      if (target.kind != EntityKind::third_party) continue;
      const model::Symbol vendor = target.attributes.text(attribute::vendor);
      for (const model::Symbol name : reach) flows.insert(name.str() + " -> " + (vendor.empty() ? target.name : vendor).str());
    }
  }
  posture.exposed_data.assign(exposed_data.begin(), exposed_data.end());
  posture.data_to_third_parties.assign(flows.begin(), flows.end());
  return posture;
}

model::Picture picture_of(const model::Delta& delta, const ArchitectureGraph& before, const ArchitectureGraph& after) {
  PictureBuilder builder(before, after);
  builder.add(delta);
  return builder.finish();
}

model::Picture map_of(const model::Delta& delta, const ArchitectureGraph& before, const ArchitectureGraph& after,
                      const std::vector<model::EntityId>& deciding) {
  PictureBuilder builder(before, after);
  builder.add(delta);
  builder.add_rest();
  return render::folded(builder.finish(), {k_most_boxes_of_map, deciding});
}

}  // namespace postern::app
