// SPDX-License-Identifier: Apache-2.0
// Everything that is declared in a state, findable by the names under which others mention it.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/snapshot.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace postern::resolve {

using base::Symbol;
using model::EntityIndex;

/// Application and target that a unit's facts belong to.
struct Place {
  Symbol application;
  Symbol target;
  friend bool operator==(const Place&, const Place&) = default;
};

/// A name as it is looked up: in which place, and below which namespace.
struct ScopedName {
  Symbol target;
  Symbol local;  ///< the address without its namespace: `cart`, `services/cart`, `configmaps/settings`
  friend bool operator==(const ScopedName&, const ScopedName&) = default;
};
struct ScopedNameHash {
  std::size_t operator()(const ScopedName& name) const noexcept {
    return std::hash<Symbol>{}(name.target) * 0x9E3779B97F4A7C15ULL ^ std::hash<Symbol>{}(name.local);
  }
};

/// What the linker knows of a declared entity beside the entity itself.
struct Declared {
  Place place;
  bool namespace_declared = true;
};

/// A namespaced look-up with the namespace of the one who asks.
struct NameQuery {
  Place place;
  Symbol namespace_name;
  bool namespace_declared = true;  ///< whether the asking object, or the name itself, says the namespace
  bool qualified = false;          ///< the name itself says the namespace
};

/// Keys of configurations that variables stand for.
using ConsumedKeys = std::unordered_map<EntityIndex, std::unordered_set<Symbol>>;

/// The entities under construction and their indexes.
class LinkIndex {
 public:
  /// Adds a declared entity; its id must be new.
  EntityIndex add(model::Entity entity, Declared declared);
  [[nodiscard]] std::optional<EntityIndex> find(const model::EntityId& id) const;

  /// The entity that `local` means to the one who asks: in the same namespace; else, where one of both declares no namespace, the
  /// only one of that name in the application; else one in exactly that namespace in another application of the same target.
  [[nodiscard]] std::optional<EntityIndex> find_local(const NameQuery& query, std::string_view local) const;

  /// Workloads of a namespace whose labels satisfy the selector, ascending.
  [[nodiscard]] std::vector<EntityIndex> select(const Place& place, Symbol namespace_name,
                                                const model::LabelSelector& selector) const;
  /// Workloads of every namespace of the target, whichever application they belong to, that satisfy the selector, ascending;
  /// `in` says which namespaces by their labels.
  [[nodiscard]] std::vector<EntityIndex> select_everywhere(const Place& place, const model::LabelSelector& in,
                                                           const model::LabelSelector& selector) const;

  /// As `select`, and workloads of which the selector means single pods by the label that a StatefulSet gives to each
  /// (`statefulset.kubernetes.io/pod-name: kafka-0`, as Services of single brokers do).
  [[nodiscard]] std::vector<EntityIndex> select_pods(const Place& place, Symbol namespace_name,
                                                     const model::LabelSelector& selector) const;

  /// The entity that answers to another name (host of a gateway, declared DNS name), if there is exactly one.
  [[nodiscard]] std::optional<EntityIndex> find_alias(std::string_view text) const;
  void add_alias(Symbol text, EntityIndex entity);

  /// Whether it is a service of a Compose project, which knows the names of its networks and none of a cluster.
  [[nodiscard]] bool is_of_project(EntityIndex index) const { return m_projects.contains(index); }
  /// The service that `asker`, one of a project as well, means by this name: one of its own project, or one that a shared network
  /// connects it to.
  [[nodiscard]] std::optional<EntityIndex> find_in_projects(EntityIndex asker, std::string_view text) const;
  /// The service that publishes this port on the machine on which `asker` runs, where there is exactly one.
  [[nodiscard]] std::optional<EntityIndex> find_published(EntityIndex asker, std::uint16_t port) const;

  /// Objects that allow references to what stands beside them (ReferenceGrant), ascending.
  [[nodiscard]] const std::vector<EntityIndex>& granters() const noexcept { return m_granters; }

  [[nodiscard]] std::vector<model::Entity>& entities() noexcept { return m_entities; }
  [[nodiscard]] const std::vector<model::Entity>& entities() const noexcept { return m_entities; }
  [[nodiscard]] const Declared& declared(EntityIndex index) const { return m_declared[index]; }

  /// The keys of this configuration are files of somebody's volume: they stay facts of their own.
  void keep_keys(EntityIndex owner, const model::ReferenceFact& mount);
  /// Keys that variables stand for are told by the variables: moving them elsewhere is no change. Kept where they are also files.
  void consume(const ConsumedKeys& consumed);

  /// Workloads behind an endpoint, set while selectors are linked.
  [[nodiscard]] const std::vector<EntityIndex>& behind(EntityIndex endpoint) const;
  void set_behind(EntityIndex endpoint, std::vector<EntityIndex> workloads) { m_behind[endpoint] = std::move(workloads); }

 private:
  struct LabelKey {
    Place place;
    Symbol namespace_name, key, value;
    friend bool operator==(const LabelKey&, const LabelKey&) = default;
  };
  struct LabelKeyHash {
    std::size_t operator()(const LabelKey& key) const noexcept;
  };
  void index_labels(EntityIndex index);
  void index_project(EntityIndex index, Symbol project);

  std::vector<model::Entity> m_entities;
  std::vector<Declared> m_declared;
  std::vector<EntityIndex> m_granters;
  std::unordered_map<model::EntityId, EntityIndex, model::EntityIdHash> m_by_id;
  std::unordered_map<ScopedName, std::vector<EntityIndex>, ScopedNameHash> m_by_name;
  std::unordered_map<LabelKey, std::vector<EntityIndex>, LabelKeyHash> m_by_label;  ///< empty key: every workload of the namespace
  std::unordered_map<Symbol, std::vector<EntityIndex>> m_by_alias;
  std::unordered_map<EntityIndex, std::vector<EntityIndex>> m_behind;
  std::unordered_map<EntityIndex, Symbol> m_projects;  ///< services of Compose with their projects
  std::unordered_map<ScopedName, std::vector<EntityIndex>, ScopedNameHash> m_by_project_name;
  std::unordered_map<ScopedName, std::vector<EntityIndex>, ScopedNameHash> m_by_published_port;
  std::unordered_set<EntityIndex> m_mounted;  ///< configurations that are volumes
};

/// The address without its namespace, where it has one.
[[nodiscard]] std::string_view local_of(std::string_view address, std::string_view namespace_name);

}  // namespace postern::resolve
