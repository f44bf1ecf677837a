// SPDX-License-Identifier: Apache-2.0
// Renames: a removed and an added workload (or account of workloads) whose content is nearly the same, and what differs between the
// two.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "diff/comparison.h"
#include "diff/diff.h"

namespace postern::diff {
namespace {

using model::ArchitectureGraph;
using model::ChangeKind;
using model::Entity;
using model::EntityChange;
using model::EntityId;
using model::EntityIndex;
using model::RelationChange;

/// Below this share of common content two workloads are two. What a rename is meant to hide (controls that go at the same time)
/// makes the two less alike, so half is enough.
constexpr std::int32_t k_least_similarity_percent = 50;
/// More pairs than these are not compared: so many workloads of one image are a fleet, in which nobody can tell who became whom.
constexpr std::size_t k_most_pairs = 4096;

/// What two workloads must share to be compared at all: the image names without tags, or an endpoint in front of them.
using Buckets = std::map<std::string, std::vector<const EntityChange*>>;

std::string images_of(const Entity& entity) {
  std::set<std::string> images;
  for (const model::Attribute& row : entity.attributes.of(model::attribute::image)) {
    const auto* image = std::get_if<model::Symbol>(&row.value);
    if (image == nullptr) continue;
    const std::string_view text = image->view().substr(0, image->view().find('@'));
    const std::size_t slash = text.rfind('/');
    const std::size_t colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
    images.insert(std::string(text.substr(0, colon)));
  }
  std::string all;
  for (const std::string& image : images) all += '|' + image;
  return all;
}

bool may_be_renamed(const Entity& entity) {
  const bool account = entity.kind == model::EntityKind::identity && !entity.namespace_name.empty();
  return account || model::is_workload(entity.kind);
}

/// Accounts of workloads by who runs as them, and by what they may do.
void add_account_to_buckets(const ArchitectureGraph& graph, EntityIndex index, const EntityChange& change, Buckets& buckets) {
  const Entity& account = graph.entity(index);
  const std::string place = "account|" + account.id.application.str() + '|' + account.namespace_name.str();
  if (const model::Attribute* row = account.attributes.find(model::attribute::permissions)) {
    buckets[place + "|may|" + model::to_string(row->value)].push_back(&change);
  }
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::Relation& relation = graph.relation(incoming);
    if (relation.kind != model::RelationKind::assumes) continue;
    buckets[place + "|of|" + graph.entity(relation.source).id.address.str()].push_back(&change);
  }
}

void add_to_buckets(const ArchitectureGraph& graph, EntityIndex index, const EntityChange& change, Buckets& buckets) {
  const Entity& entity = graph.entity(index);
  if (entity.kind == model::EntityKind::identity) return add_account_to_buckets(graph, index, change, buckets);
  const std::string kind = std::string(model::to_string(entity.kind)) + '|' + entity.id.application.str();
  if (const std::string images = images_of(entity); !images.empty()) buckets[kind + "|images" + images].push_back(&change);
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::Relation& relation = graph.relation(incoming);
    if (relation.kind != model::RelationKind::routes_to) continue;
    buckets[kind + "|behind|" + graph.entity(relation.source).id.address.str()].push_back(&change);
  }
}

/// Attributes and relations as words that do not hold the workload's own name.
std::set<std::string> content_of(const ArchitectureGraph& graph, EntityIndex index) {
  std::set<std::string> rows;
  for (const model::Attribute& row : graph.entity(index).attributes.all()) {
    // These name the account itself and its bindings.
    if (row.definition == &model::attribute::privilege_grants || row.definition == &model::attribute::escalation) continue;
    rows.insert(std::string(row.definition->name) + '[' + row.key.str() + "]=" + model::to_string(row.value));
  }
  for (const model::RelationIndex outgoing : graph.outgoing(index)) {
    const model::Relation& relation = graph.relation(outgoing);
    if (relation.kind == model::RelationKind::contains) continue;
    rows.insert("to " + graph.entity(relation.target).id.address.str());
  }
  return rows;
}

std::int32_t similarity_percent(const std::set<std::string>& left, const std::set<std::string>& right) {
  const auto common = std::count_if(left.begin(), left.end(), [&](const std::string& row) { return right.contains(row); });
  const std::size_t all = left.size() + right.size() - static_cast<std::size_t>(common);
  return all == 0 ? 100 : static_cast<std::int32_t>(100 * static_cast<std::size_t>(common) / all);
}

struct Pair {
  const EntityChange* removed;
  const EntityChange* added;
  std::int32_t percent;
};

class RenameFinder {
 public:
  RenameFinder(const ArchitectureGraph& before, const ArchitectureGraph& after, const model::Delta& delta)
      : m_before(before), m_after(after), m_delta(delta) {}

  std::vector<model::Rename> run() {
    collect_pairs();
    // The most alike first; each workload becomes one other at most.
    std::sort(m_pairs.begin(), m_pairs.end(), [](const Pair& a, const Pair& b) {
      return std::tie(b.percent, a.removed->id, a.added->id) < std::tie(a.percent, b.removed->id, b.added->id);
    });
    std::set<const EntityChange*> used;
    std::vector<model::Rename> renames;
    for (const Pair& pair : m_pairs) {
      if (used.contains(pair.removed) || used.contains(pair.added)) continue;
      used.insert({pair.removed, pair.added});
      renames.push_back({pair.removed->id,
                         pair.added->id,
                         pair.percent,
                         compare_entities(m_before, *pair.removed->before, m_after, *pair.added->after),
                         {}});
    }
    std::sort(renames.begin(), renames.end(), [](const model::Rename& a, const model::Rename& b) { return a.removed < b.removed; });
    add_relations(renames);
    return renames;
  }

 private:
  void collect_pairs() {
    Buckets removed;
    Buckets added;
    for (const EntityChange& change : m_delta.entities) {
      if (change.kind == ChangeKind::removed && may_be_renamed(m_before.entity(*change.before))) {
        add_to_buckets(m_before, *change.before, change, removed);
      } else if (change.kind == ChangeKind::added && may_be_renamed(m_after.entity(*change.after))) {
        add_to_buckets(m_after, *change.after, change, added);
      }
    }
    std::set<std::pair<const EntityChange*, const EntityChange*>> seen;
    for (const auto& [name, gone] : removed) {
      const auto come = added.find(name);
      if (come == added.end() || gone.size() * come->second.size() > k_most_pairs) continue;
      for (const EntityChange* left : gone) {
        const std::set<std::string> content = content_of(m_before, *left->before);
        for (const EntityChange* right : come->second) {
          if (!seen.emplace(left, right).second) continue;
          const std::int32_t percent = similarity_percent(content, content_of(m_after, *right->after));
          if (percent >= k_least_similarity_percent) m_pairs.push_back({left, right, percent});
        }
      }
    }
  }

  /// Relations that went with the old name and came with the new one.
  void add_relations(std::vector<model::Rename>& renames) const {
    if (renames.empty()) return;
    std::map<EntityId, model::Rename*> by_old_name;
    for (model::Rename& rename : renames) by_old_name[rename.removed] = &rename;
    std::map<model::RelationId, const RelationChange*> added;
    for (const RelationChange& change : m_delta.relations) {
      if (change.kind == ChangeKind::added) added[change.id] = &change;
    }
    for (const RelationChange& change : m_delta.relations) {
      if (change.kind != ChangeKind::removed) continue;
      const auto source = by_old_name.find(change.id.source);
      const auto target = by_old_name.find(change.id.target);
      if (source == by_old_name.end() && target == by_old_name.end()) continue;
      model::RelationId renamed = change.id;
      if (source != by_old_name.end()) renamed.source = source->second->added;
      if (target != by_old_name.end()) renamed.target = target->second->added;
      const auto now = added.find(renamed);
      if (now == added.end()) continue;
      RelationChange content = compare_relations(m_before, *change.before, m_after, *now->second->after);
      model::Rename& owner = *(source != by_old_name.end() ? source : target)->second;
      if (!content.attributes.empty()) owner.relations.push_back(std::move(content));
    }
  }

  const ArchitectureGraph& m_before;
  const ArchitectureGraph& m_after;
  const model::Delta& m_delta;
  std::vector<Pair> m_pairs;
};

}  // namespace

std::vector<model::Rename> find_renames(const ArchitectureGraph& before, const ArchitectureGraph& after,
                                        const model::Delta& delta) {
  return RenameFinder(before, after, delta).run();
}

}  // namespace postern::diff
