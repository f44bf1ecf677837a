// SPDX-License-Identifier: Apache-2.0
// The shortest ways from each entry to what is worth having: stores, secrets, third parties.
#include "derive/attack_paths.h"

#include <postern/model/privilege.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace postern::derive {
namespace {

using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::RelationIndex;
using model::Symbol;
namespace attribute = model::attribute;

constexpr std::string_view k_step = " > ";

/// One way to an entity: from which entry, over whom.
struct Way {
  EntityIndex entity;
  Symbol entry;            ///< address of the first entity of the way
  Symbol chain;            ///< for the first workload: its entry path; empty further on
  std::uint32_t previous;  ///< index of the way that this one goes on from; its own where it begins
};

bool is_worth_having(EntityKind kind) {
  return model::is_store(kind) || kind == EntityKind::secret || kind == EntityKind::third_party || kind == EntityKind::external;
}

/// What `internet > ENTRY > ...` begins with.
std::string_view entry_of(std::string_view chain) {
  const std::size_t begin = chain.find(k_step);
  if (begin == std::string_view::npos) return chain;
  const std::string_view rest = chain.substr(begin + k_step.size());
  return rest.substr(0, rest.find(k_step));
}

std::size_t steps_of(std::string_view chain) {
  std::size_t steps = 0;
  for (std::size_t at = chain.find(k_step); at != std::string_view::npos; at = chain.find(k_step, at + 1)) ++steps;
  return steps;
}

class PathFinder {
 public:
  explicit PathFinder(model::ArchitectureGraph& graph) : m_graph(graph), m_ways_to(graph.entities().size()) {
    for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
      const Entity& entity = graph.entity(index);
      if (entity.kind != EntityKind::secret) continue;
      for (const Symbol scope : {entity.namespace_name, Symbol()}) m_vaults[{entity.id.target, scope, {}}].secrets.push_back(index);
      for (const Symbol scope : {entity.namespace_name, Symbol()}) {
        m_vaults[{entity.id.target, scope, entity.name}].secrets.push_back(index);
      }
    }
    collect_steps();
    collect_readers();
  }

  void run() {
    begin();
    // Breadth first: a way is found before every longer one. Ways of one length stand in the order of their entries and entities.
    for (std::size_t level = 0; level < m_ways.size();) {
      const std::size_t end = m_ways.size();
      for (; level < end; ++level) go_on(static_cast<std::uint32_t>(level));
    }
    write();
  }

 private:
  struct Start {
    std::size_t steps;
    Symbol entry;
    EntityIndex entity;
    Symbol chain;
  };

  /// Exposed workloads, nearest first. Those that lie deeper behind gateways differ by endpoints only, which are no step of their
  /// own.
  void begin() {
    std::vector<Start> starts;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const EntityKind kind = m_graph.entity(index).kind;
      if (!model::is_workload(kind) && kind != EntityKind::gateway) continue;  // only these are given entry paths
      const model::TextList& chains = m_graph.entity(index).attributes.list(attribute::entry_paths);
      for (const Symbol chain : chains) starts.push_back({steps_of(chain.view()), Symbol(entry_of(chain.view())), index, chain});
    }
    std::sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) {
      return std::tie(a.steps, a.entry, a.entity, a.chain) < std::tie(b.steps, b.entry, b.entity, b.chain);
    });
    for (const Start& start : starts) add({start.entity, start.entry, start.chain, static_cast<std::uint32_t>(m_ways.size())});
  }

  void add(const Way& way) {
    std::vector<std::uint32_t>& known = m_ways_to[way.entity];
    if (known.size() >= k_most_entries) return;
    const auto same_entry = [&](std::uint32_t other) { return m_ways[other].entry == way.entry; };
    if (std::any_of(known.begin(), known.end(), same_entry)) return;
    known.push_back(static_cast<std::uint32_t>(m_ways.size()));
    m_ways.push_back(way);
  }

  [[nodiscard]] bool is_step(const model::Relation& relation) const {
    if (model::family_of(relation.kind) == model::RelationFamily::network) {
      return !relation.attributes.is_true(attribute::network_policy_blocked);
    }
    return relation.kind == model::RelationKind::mounts && m_graph.entity(relation.target).kind == EntityKind::secret;
  }

  /// Where each entity leads to, close together: an entity is gone on from once for each entry.
  void collect_steps() {
    m_step_start.reserve(m_ways_to.size() + 1);
    m_step_start.push_back(0);
    for (EntityIndex index = 0; index < m_ways_to.size(); ++index) {
      for (const RelationIndex out : m_graph.outgoing(index)) {
        const model::Relation& relation = m_graph.relation(out);
        if (is_step(relation)) m_steps.push_back(relation.target);
      }
      m_step_start.push_back(static_cast<std::uint32_t>(m_steps.size()));
    }
  }

  /// Workloads whose token may read anything at all: few.
  void collect_readers() {
    m_has_privileges.resize(m_ways_to.size());
    for (EntityIndex index = 0; index < m_ways_to.size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      m_has_privileges[index] =
          model::is_workload(entity.kind) && (entity.attributes.find(attribute::privileges) != nullptr ||
                                              entity.attributes.find(attribute::inherited_privileges) != nullptr);
    }
  }

  void go_on(std::uint32_t from) {
    const Way way = m_ways[from];
    for (std::uint32_t at = m_step_start[way.entity]; at != m_step_start[way.entity + 1]; ++at) {
      add({m_steps[at], way.entry, {}, from});
    }
    if (m_has_privileges[way.entity]) read_secrets(from);
  }

  /// The secrets that the token of a workload may read. What a scope holds is handed out once for each entry: a second workload
  /// with the same right and the same entry adds nothing.
  void read_secrets(std::uint32_t from) {
    const Way way = m_ways[from];
    const Entity& entity = m_graph.entity(way.entity);
    for (const auto* definition : {&attribute::privileges, &attribute::inherited_privileges}) {
      const model::TextList& texts = entity.attributes.list(*definition);
      for (const Symbol text : texts) {
        const auto privilege = model::privilege_from(text.view());
        if (privilege && model::covers(*privilege, {model::Power::read_secrets, privilege->name, privilege->scope})) {
          open(m_vaults[{entity.id.target, privilege->scope, privilege->name}], way.entry, from);
        }
      }
    }
  }

  /// Secrets of one scope, or of one name in it.
  struct Vault {
    std::vector<EntityIndex> secrets;
    std::vector<Symbol> entries;  ///< for which it was opened
  };

  void open(Vault& vault, Symbol entry, std::uint32_t from) {
    const bool known = std::find(vault.entries.begin(), vault.entries.end(), entry) != vault.entries.end();
    if (known || vault.entries.size() >= k_most_entries) return;
    vault.entries.push_back(entry);
    for (const EntityIndex secret : vault.secrets) add({secret, entry, {}, from});
  }

  [[nodiscard]] std::string chain_of(std::uint32_t index) const {
    std::vector<EntityIndex> back;
    while (m_ways[index].chain.empty()) {
      back.push_back(m_ways[index].entity);
      index = m_ways[index].previous;
    }
    std::string chain = m_ways[index].chain.str();
    for (auto step = back.rbegin(); step != back.rend(); ++step) {
      chain.append(k_step).append(m_graph.entity(*step).id.address.view());
    }
    return chain;
  }

  void write() {
    for (EntityIndex index = 0; index < m_ways_to.size(); ++index) {
      if (m_ways_to[index].empty() || !is_worth_having(m_graph.entity(index).kind)) continue;
      model::Attributes& attributes = m_graph.entity_for_derivation(index).attributes;
      for (const std::uint32_t way : m_ways_to[index]) {
        attributes.set(attribute::attack_path, Symbol(chain_of(way)), {}, {}, m_ways[way].entry);
      }
    }
  }

  model::ArchitectureGraph& m_graph;
  std::map<std::tuple<Symbol, Symbol, Symbol>, Vault> m_vaults;  ///< by target, namespace (empty: all), name (empty: all)
  std::vector<Way> m_ways;
  std::vector<std::vector<std::uint32_t>> m_ways_to;  ///< by entity
  std::vector<std::uint32_t> m_step_start;            ///< steps of entity e: from start[e] to start[e + 1]
  std::vector<EntityIndex> m_steps;
  std::vector<bool> m_has_privileges;  ///< by entity
};

}  // namespace

void derive_attack_paths(model::ArchitectureGraph& graph) { PathFinder(graph).run(); }

}  // namespace postern::derive
