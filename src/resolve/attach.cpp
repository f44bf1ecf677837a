// SPDX-License-Identifier: Apache-2.0
// Finds the store behind a schema and the service behind an interface.
#include "resolve/attach.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "resolve/attach_names.h"
#include "resolve/catalogue.h"
#include "resolve/store_rights.h"

namespace postern::resolve {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
namespace attribute = model::attribute;

constexpr std::string_view k_schema_type = "sql-schema";

/// Products that understand SQL scripts, and which dialect.
struct ProductRow {
  std::string_view technology;
  std::string_view dialect;  ///< empty: any
};
constexpr std::array k_products = {ProductRow{"aws-rds", ""},
                                   ProductRow{"cloud-sql", ""},
                                   ProductRow{"cockroachdb", "postgres"},
                                   ProductRow{"db2", ""},
                                   ProductRow{"firebird", ""},
                                   ProductRow{"libsql", "sqlite"},
                                   ProductRow{"mariadb", "mysql"},
                                   ProductRow{"mssql", "sqlserver"},
                                   ProductRow{"mysql", "mysql"},
                                   ProductRow{"oracle", "oracle"},
                                   ProductRow{"postgres", "postgres"},
                                   ProductRow{"redshift", "postgres"},
                                   ProductRow{"snowflake", ""},
                                   ProductRow{"spanner", ""},
                                   ProductRow{"tidb", "mysql"},
                                   ProductRow{"yugabytedb", "postgres"}};

enum class Fit { no, maybe, yes };

/// A program that is called like a store (accounts-db) and whose image tells nothing: scripts of tables in a folder of that name
/// settle what it is.
bool may_be_store(const Entity& entity) {
  const std::string plain = plain_name(entity.name.view());
  return entity.kind == EntityKind::service && entity.attributes.text(attribute::technology).empty() && store_core(plain) != plain;
}

/// Whether a store can hold a schema of that dialect.
Fit fit_of(const Entity& store, std::string_view dialect) {
  const std::string_view technology = store.attributes.text(attribute::technology).view();
  if (technology.empty()) return Fit::maybe;
  const auto row = std::find_if(k_products.begin(), k_products.end(),
                                [&](const ProductRow& product) { return product.technology == technology; });
  if (row == k_products.end()) return Fit::no;
  return row->dialect.empty() || dialect.empty() || row->dialect == dialect ? Fit::yes : Fit::no;
}

bool is_schema(const Entity& entity) { return entity.attributes.text(attribute::resource_type).view() == k_schema_type; }
bool is_interface(const Entity& entity) { return entity.kind == EntityKind::api; }
bool runs_code(const Entity& entity) {
  return entity.kind == EntityKind::service || entity.kind == EntityKind::function || entity.kind == EntityKind::job;
}
bool same_place(const Entity& a, const Entity& b) { return a.id.application == b.id.application && a.id.target == b.id.target; }

class Attacher {
 public:
  explicit Attacher(const ArchitectureGraph& graph) : m_graph(graph) {}

  [[nodiscard]] std::optional<EntityIndex> store_of(EntityIndex schema) const {
    const Entity& entity = m_graph.entity(schema);
    const std::string_view dialect = entity.attributes.text(attribute::engine).view();
    std::vector<EntityIndex> stores;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& store = m_graph.entity(index);
      const bool is_store = (store.kind == EntityKind::datastore && !is_schema(store)) || may_be_store(store);
      const bool is_candidate = is_store && same_place(store, entity);
      if (is_candidate && fit_of(store, dialect) != Fit::no) stores.push_back(index);
    }
    if (const auto found = by_configuration(entity, stores)) return found;
    if (stores.empty()) return std::nullopt;
    if (const auto found = by_mount(entity, stores)) return found;
    if (const auto found = by_database(entity, stores)) return found;
    if (const auto found = by_folder(entity, stores)) return found;
    if (const auto found = by_owner(entity, stores)) return found;
    // The file in which a ConfigMap stands says nothing about scripts in it.
    if (entity.attributes.find(attribute::settings, {}, model::Symbol("configuration")) != nullptr) return std::nullopt;
    return by_nearness(entity, stores);
  }

  [[nodiscard]] std::optional<EntityIndex> service_of(EntityIndex interface) const {
    const Entity& entity = m_graph.entity(interface);
    std::vector<EntityIndex> services;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      if (runs_code(m_graph.entity(index)) && same_place(m_graph.entity(index), entity)) services.push_back(index);
    }
    if (const auto found = by_own_word(entity, services)) return found;
    if (const auto found = by_host(entity, services)) return found;
    if (const auto found = by_service_folder(entity, services)) return found;
    return by_title(entity, services);
  }

 private:
  [[nodiscard]] std::string_view path_of(const Entity& entity) const {
    return entity.locations.empty() ? std::string_view() : entity.locations.front().file.view();
  }

  void add(std::vector<Candidate>& candidates, EntityIndex index, std::size_t distance, std::string_view path) const {
    candidates.push_back({m_graph.entity(index).id.address, index, distance, nearness(m_graph.entity(index), path)});
  }

  [[nodiscard]] static std::optional<EntityIndex> chosen(std::span<const Candidate> candidates) {
    const Candidate* best = only_best(candidates);
    return best == nullptr ? std::nullopt : std::optional<EntityIndex>(best->index);
  }

  /// A folder or file of the source is mounted into the store (`bind:./initdb`, below the folder of the file that declares it), and
  /// holds the scripts.
  [[nodiscard]] std::optional<EntityIndex> by_mount(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    constexpr std::string_view k_bind = "bind:";
    std::vector<Candidate> candidates;
    for (const EntityIndex store : stores) {
      const Entity& entity = m_graph.entity(store);
      const model::Attribute* row = entity.attributes.find(attribute::volumes);
      const auto* mounts = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
      if (mounts == nullptr) continue;
      for (const model::Symbol mount : *mounts) {
        const bool holds = mount.view().starts_with(k_bind) &&
                           std::any_of(entity.locations.begin(), entity.locations.end(), [&](const model::Location& at) {
                             return lies_in(path_of(schema), at.file.view(), mount.view().substr(k_bind.size()));
                           });
        if (holds) add(candidates, store, 0, path_of(schema));
      }
    }
    return chosen(candidates);
  }

  /// The scripts stand in a configuration that the store mounts, or somebody who uses one store: a job that applies them.
  [[nodiscard]] std::optional<EntityIndex> by_configuration(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    const model::Attribute* row = schema.attributes.find(attribute::settings, {}, model::Symbol("configuration"));
    const auto* address = row == nullptr ? nullptr : std::get_if<model::Symbol>(&row->value);
    if (address == nullptr) return std::nullopt;
    const auto configuration = m_graph.find(model::EntityId{schema.id.application, schema.id.target, *address});
    if (!configuration) return std::nullopt;
    std::set<EntityIndex> found;
    for (const model::RelationIndex incoming : m_graph.incoming(*configuration)) {
      const EntityIndex user = m_graph.relation(incoming).source;
      if (std::binary_search(stores.begin(), stores.end(), user)) {
        found.insert(user);
        continue;
      }
      for (const model::RelationIndex out : m_graph.outgoing(user)) {
        const EntityIndex used = m_graph.relation(out).target;  // also one of somebody else
        if (m_graph.entity(used).kind == EntityKind::datastore) found.insert(used);
      }
    }
    return found.size() == 1 ? std::optional<EntityIndex>(*found.begin()) : std::nullopt;
  }

  /// The databases that the users of a store, and its own variables, name.
  [[nodiscard]] std::set<std::string> databases_of(EntityIndex store) const {
    constexpr std::array<std::string_view, 5> k_variables = {"POSTGRES_DB", "POSTGRESQL_DATABASE", "MYSQL_DATABASE",
                                                             "MARIADB_DATABASE", "MSSQL_DB"};
    std::set<std::string> names;
    for (const model::Attribute& row : m_graph.entity(store).attributes.of(attribute::environment)) {
      const auto* text = std::get_if<model::Symbol>(&row.value);
      if (text != nullptr && std::find(k_variables.begin(), k_variables.end(), row.key.view()) != k_variables.end())
        names.insert(text->str());
    }
    for (const model::RelationIndex incoming : m_graph.incoming(store)) {
      const model::TextList& list = m_graph.relation(incoming).attributes.list(attribute::databases);
      for (const model::Symbol name : list) names.insert(name.str());
    }
    return names;
  }

  [[nodiscard]] std::optional<EntityIndex> by_database(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    const model::Attribute* row = schema.attributes.find(attribute::settings, {}, model::Symbol("databases"));
    const auto* text = row == nullptr ? nullptr : std::get_if<model::Symbol>(&row->value);
    if (text == nullptr) return std::nullopt;
    std::vector<Candidate> candidates;
    for (const EntityIndex store : stores) {
      const std::set<std::string> known = databases_of(store);
      for (const std::string_view piece : base::split(text->view(), ',')) {
        if (known.contains(std::string(base::trim(piece)))) add(candidates, store, 0, path_of(schema));
      }
    }
    return chosen(candidates);
  }

  /// A folder above the scripts is called like the store (accounts-db), or like it without "db" (orders).
  [[nodiscard]] std::optional<EntityIndex> by_folder(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    std::vector<Candidate> candidates;
    const auto folders = folders_above(path_of(schema));
    for (std::size_t i = 0; i < folders.size(); ++i) {
      const std::string plain = plain_name(folders[i]);
      const std::string core = store_core(folders[i]);
      for (const EntityIndex store : stores) {
        const std::string_view name = m_graph.entity(store).name.view();
        // "db" or "postgres" is the name of many: such a store is meant by scripts below it only.
        const bool telling = !store_core(name).empty() || is_declared_above(m_graph.entity(store), path_of(schema));
        if (plain_name(name) == plain && telling) {
          add(candidates, store, 2 * i, path_of(schema));
        } else if (!core.empty() && store_core(name) == core && fit_of(m_graph.entity(store), {}) == Fit::yes) {
          add(candidates, store, 2 * i + 1, path_of(schema));
        }
      }
    }
    return chosen(candidates);
  }

  /// The stores that a service uses, of those that may be meant.
  [[nodiscard]] std::vector<EntityIndex> used_by(EntityIndex service, const std::vector<EntityIndex>& stores) const {
    std::vector<EntityIndex> used;
    for (const model::RelationIndex out : m_graph.outgoing(service)) {
      const model::Relation& relation = m_graph.relation(out);
      if (model::family_of(relation.kind) != model::RelationFamily::network) continue;
      if (std::binary_search(stores.begin(), stores.end(), relation.target)) used.push_back(relation.target);
    }
    return used;
  }

  /// A folder above the scripts is called like a service, and that service uses one store.
  [[nodiscard]] std::optional<EntityIndex> by_owner(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    std::vector<Candidate> candidates;
    const auto folders = folders_above(path_of(schema));
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& service = m_graph.entity(index);
      if (!runs_code(service) || !same_place(service, schema)) continue;
      const std::size_t distance = distance_to(service, folders);
      if (distance == folders.size()) continue;
      add(candidates, index, distance, path_of(schema));
    }
    // The owner first, then its store: another service of that name that uses one is not meant.
    const Candidate* owner = only_best(candidates);
    if (owner == nullptr) return std::nullopt;
    const std::vector<EntityIndex> used = used_by(owner->index, stores);
    return used.size() == 1 ? std::optional<EntityIndex>(used[0]) : std::nullopt;
  }

  /// Which of the folders, from the innermost, is called like the service; their number when none is.
  [[nodiscard]] static std::size_t distance_to(const Entity& service, const std::vector<std::string_view>& folders) {
    const std::string plain = plain_name(service.name.view());
    const std::string core = service_core(service.name.view());
    std::size_t i = 0;
    for (; i < folders.size(); ++i) {
      if (plain_name(folders[i]) == plain || (!core.empty() && service_core(folders[i]) == core)) break;
    }
    return i;
  }

  /// The only store that is declared in the folders above the scripts, or the only one at all.
  [[nodiscard]] std::optional<EntityIndex> by_nearness(const Entity& schema, const std::vector<EntityIndex>& stores) const {
    std::vector<EntityIndex> above;
    std::size_t deepest = 0;
    for (const EntityIndex store : stores) {
      const Entity& entity = m_graph.entity(store);
      if (fit_of(entity, {}) != Fit::yes || !is_declared_above(entity, path_of(schema))) continue;
      const std::size_t depth = nearness(entity, path_of(schema));
      if (depth > deepest) above.clear();
      if (depth >= deepest) above.push_back(store);
      deepest = std::max(deepest, depth);
    }
    return above.size() == 1 ? std::optional<EntityIndex>(above[0]) : std::nullopt;
  }

  /// The interface names its service itself.
  [[nodiscard]] std::optional<EntityIndex> by_own_word(const Entity& interface, const std::vector<EntityIndex>& services) const {
    const model::Attribute* row = interface.attributes.find(attribute::settings, {}, model::Symbol("service"));
    const auto* name = row == nullptr ? nullptr : std::get_if<model::Symbol>(&row->value);
    if (name == nullptr) return std::nullopt;
    std::vector<Candidate> candidates;
    for (const EntityIndex index : services) {
      if (base::equals_ignoring_case(m_graph.entity(index).name.view(), name->view()))
        add(candidates, index, 0, path_of(interface));
    }
    return chosen(candidates);
  }

  /// A server of the interface is a name of the service.
  [[nodiscard]] std::optional<EntityIndex> by_host(const Entity& interface, const std::vector<EntityIndex>& services) const {
    std::vector<Candidate> candidates;
    const model::Attribute* row = interface.attributes.find(attribute::hosts);
    const auto* hosts = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
    if (hosts == nullptr) return std::nullopt;
    for (const EntityIndex index : services) {
      const Entity& service = m_graph.entity(index);
      for (const model::Symbol host : *hosts) {
        const std::string_view text = host.view();
        const bool is_inside = text.find('.') == std::string_view::npos || text.ends_with(".local") ||
                               text.ends_with(".internal") || text.ends_with(".svc");
        const bool is_name = is_inside && base::equals_ignoring_case(text.substr(0, text.find('.')), service.name.view());
        const bool is_alias = std::any_of(service.aliases.begin(), service.aliases.end(), [&](const model::Alias& alias) {
          return alias.kind != model::AliasKind::image && base::equals_ignoring_case(alias.text.view(), text);
        });
        if (is_name || is_alias) add(candidates, index, 0, path_of(interface));
      }
    }
    return chosen(candidates);
  }

  [[nodiscard]] std::optional<EntityIndex> by_service_folder(const Entity& interface,
                                                             const std::vector<EntityIndex>& services) const {
    std::vector<Candidate> candidates;
    const auto folders = folders_above(path_of(interface));
    for (const EntityIndex index : services) {
      const std::size_t distance = distance_to(m_graph.entity(index), folders);
      if (distance != folders.size()) add(candidates, index, distance, path_of(interface));
    }
    return chosen(candidates);
  }

  /// The title, or the name of the file, is the service's name with nothing but decoration around it; else the title ends in it.
  [[nodiscard]] std::optional<EntityIndex> by_title(const Entity& interface, const std::vector<EntityIndex>& services) const {
    constexpr std::size_t k_telling = 4;  // shorter names are found in anything
    std::vector<Candidate> candidates;
    const std::string core = service_core(interface.name.view());
    if (core.empty()) return std::nullopt;
    for (const EntityIndex index : services) {
      const std::string name = service_core(m_graph.entity(index).name.view());
      if (name.empty()) continue;
      if (name == core) {
        add(candidates, index, 0, path_of(interface));
      } else if (name.size() >= k_telling && core.ends_with(name)) {
        add(candidates, index, 1 + core.size() - name.size(), path_of(interface));
      }
    }
    return chosen(candidates);
  }

  const ArchitectureGraph& m_graph;
};

/// What a schema says becomes the store's.
void hand_over(Entity& schema, Entity& store) {
  std::vector<model::Attribute> rows(store.attributes.all().begin(), store.attributes.all().end());
  for (const model::Attribute& row : schema.attributes.all()) {
    if (row.definition == &attribute::column || row.definition == &attribute::grants) rows.push_back(row);
  }
  store.attributes = model::Attributes::from_rows(std::move(rows));
  if (store.kind == EntityKind::service) {
    store.kind = EntityKind::datastore;
    const model::Symbol engine = schema.attributes.text(attribute::engine);
    if (!engine.empty()) store.attributes.set(attribute::technology, engine);
  }
  store.locations.insert(store.locations.end(), schema.locations.begin(), schema.locations.end());
  std::sort(store.locations.begin(), store.locations.end());
}

/// Where an entity goes that is no entity of its own: to what it was joined with, or nowhere.
using Joined = std::map<EntityIndex, std::optional<EntityIndex>>;

/// Takes entities out of a fragment; relations of theirs are moved to what they were joined with.
void take_out(model::GraphFragment& fragment, const Joined& joined) {
  constexpr EntityIndex k_gone = ~EntityIndex{0};
  std::vector<EntityIndex> places(fragment.entities.size(), k_gone);
  std::vector<Entity> kept;
  for (EntityIndex index = 0; index < fragment.entities.size(); ++index) {
    if (joined.contains(index)) continue;
    places[index] = static_cast<EntityIndex>(kept.size());
    kept.push_back(std::move(fragment.entities[index]));
  }
  for (const auto& [from, to] : joined) places[from] = to ? places[*to] : k_gone;
  fragment.entities = std::move(kept);
  for (model::Relation& relation : fragment.relations) {
    relation.source = places[relation.source];
    relation.target = places[relation.target];
  }
  std::erase_if(fragment.relations, [](const model::Relation& relation) {
    return relation.source == relation.target || relation.source == k_gone || relation.target == k_gone;
  });
  for (model::PolicyBinding& policy : fragment.policies) {
    for (EntityIndex& index : policy.selected) index = places[index];
    std::erase(policy.selected, k_gone);
    std::sort(policy.selected.begin(), policy.selected.end());
    policy.selected.erase(std::unique(policy.selected.begin(), policy.selected.end()), policy.selected.end());
  }
}

/// Each description with what it describes.
struct Plan {
  Joined joined;
  std::vector<model::Relation> served;
  std::vector<EntityIndex> entries, rules;
};

Plan plan_of(const ArchitectureGraph& graph) {
  Plan plan;
  const Attacher attacher(graph);
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    if (is_schema(entity)) {
      if (const auto store = attacher.store_of(index)) plan.joined.emplace(index, *store);
    } else if (is_catalogue_entry(entity)) {
      const auto described = described_by(graph, index);
      if (!described) continue;
      plan.joined.emplace(index, *described);
      plan.entries.push_back(index);
    } else if (is_path_rules(entity)) {
      plan.joined.emplace(index, std::nullopt);
      plan.rules.push_back(index);
    } else if (is_interface(entity) && graph.incoming(index).empty()) {
      const auto service = attacher.service_of(index);
      if (!service) continue;
      const model::Evidence evidence{entity.locations.front(), model::Symbol("specification of the interface")};
      plan.served.push_back({*service, index, model::RelationKind::exposes, {}, {evidence}});
    }
  }
  return plan;
}

}  // namespace

ArchitectureGraph attach_descriptions(ArchitectureGraph graph, base::DiagnosticSink& diagnostics) {
  Plan plan = plan_of(graph);
  if (plan.joined.empty() && plan.served.empty()) return graph;
  model::GraphFragment fragment = std::move(graph).release();
  for (const auto& [index, target] : plan.joined) {
    if (target && is_schema(fragment.entities[index])) hand_over(fragment.entities[index], fragment.entities[*target]);
  }
  for (const EntityIndex entry : plan.entries) {
    hand_over_catalogue(fragment.entities[entry], fragment.entities[*plan.joined.at(entry)], diagnostics);
  }
  for (const EntityIndex rules : plan.rules) own_by_path(fragment, model::Entity(fragment.entities[rules]));
  std::move(plan.served.begin(), plan.served.end(), std::back_inserter(fragment.relations));
  take_out(fragment, plan.joined);
  settle_store_rights(fragment);
  return ArchitectureGraph(std::move(fragment));
}

}  // namespace postern::resolve
