// SPDX-License-Identifier: Apache-2.0
// Everything that is declared in a state, findable by the names under which others mention it.
#include "resolve/link_index.h"

#include <postern/base/error.h>
#include <postern/base/text.h>
#include <postern/model/compose_project.h>

#include <algorithm>

namespace postern::resolve {

std::string_view local_of(std::string_view address, std::string_view namespace_name) {
  const bool inside = !namespace_name.empty() && address.size() > namespace_name.size() && address.starts_with(namespace_name) &&
                      address[namespace_name.size()] == '/';
  return inside ? address.substr(namespace_name.size() + 1) : address;
}

std::size_t LinkIndex::LabelKeyHash::operator()(const LabelKey& key) const noexcept {
  std::size_t hash = 0;
  for (const Symbol part : {key.place.application, key.place.target, key.namespace_name, key.key, key.value}) {
    hash = hash * 0x9E3779B97F4A7C15ULL + std::hash<Symbol>{}(part);
  }
  return hash;
}

EntityIndex LinkIndex::add(model::Entity entity, Declared declared) {
  const auto index = static_cast<EntityIndex>(m_entities.size());
  const bool fresh = m_by_id.emplace(entity.id, index).second;
  POSTERN_ASSERT(fresh);
  const Symbol local(local_of(entity.id.address.view(), entity.namespace_name.view()));
  m_by_name[{entity.id.target, local}].push_back(index);
  const std::optional<Symbol> project = model::project_of(entity);
  for (const model::Alias& alias : entity.aliases) {
    if (project) break;  // its names are known in its networks only
    if (alias.kind == model::AliasKind::dns_name || alias.kind == model::AliasKind::host) add_alias(alias.text, index);
  }
  m_entities.push_back(std::move(entity));
  m_declared.push_back(declared);
  const model::Entity& added = m_entities.back();
  if (model::is_workload(added.kind)) index_labels(index);
  if (project) index_project(index, *project);
  if (added.kind == model::EntityKind::access_policy && added.attributes.find(model::attribute::grants) != nullptr) {
    m_granters.push_back(index);
  }
  return index;
}

void LinkIndex::index_labels(EntityIndex index) {
  const model::Entity& entity = m_entities[index];
  LabelKey key{m_declared[index].place, entity.namespace_name, {}, {}};
  m_by_label[key].push_back(index);
  for (const auto& [name, value] : entity.labels) {
    key.key = name;
    key.value = value;
    m_by_label[key].push_back(index);
  }
}

std::optional<EntityIndex> LinkIndex::find(const model::EntityId& id) const {
  const auto at = m_by_id.find(id);
  if (at == m_by_id.end()) return std::nullopt;
  return at->second;
}

std::optional<EntityIndex> LinkIndex::find_local(const NameQuery& query, std::string_view local) const {
  const auto at = m_by_name.find({query.place.target, Symbol(local)});
  if (at == m_by_name.end()) return std::nullopt;
  std::optional<EntityIndex> only;
  std::size_t loose = 0;
  std::optional<EntityIndex> elsewhere;
  for (const EntityIndex index : at->second) {
    const model::Entity& entity = m_entities[index];
    const bool same_application = m_declared[index].place == query.place;
    const bool same_namespace = entity.namespace_name == query.namespace_name;
    if (same_application && (same_namespace || entity.namespace_name.empty())) return index;
    if (same_application && (!query.namespace_declared || !m_declared[index].namespace_declared)) {
      only = index;
      ++loose;
    }
    if (!same_application && same_namespace && (query.qualified || m_declared[index].namespace_declared)) elsewhere = index;
  }
  return loose == 1 ? only : elsewhere;
}

std::vector<EntityIndex> LinkIndex::select(const Place& place, Symbol namespace_name, const model::LabelSelector& selector) const {
  LabelKey key{place, namespace_name, {}, {}};
  const std::vector<EntityIndex>* shortest = nullptr;
  const auto narrow = [&] {
    const auto at = m_by_label.find(key);
    static const std::vector<EntityIndex> k_none;
    const std::vector<EntityIndex>& found = at == m_by_label.end() ? k_none : at->second;
    if (shortest == nullptr || found.size() < shortest->size()) shortest = &found;
  };
  narrow();
  for (const model::LabelRequirement& term : selector.requirements) {
    if (term.operation != model::LabelRequirement::Operator::in || term.values.size() != 1) continue;
    key.key = term.key;
    key.value = term.values.front();
    narrow();
  }
  std::vector<EntityIndex> selected;
  for (const EntityIndex index : *shortest) {
    if (selector.matches(m_entities[index].labels)) selected.push_back(index);
  }
  return selected;
}

std::vector<EntityIndex> LinkIndex::select_everywhere(const Place& place, const model::LabelSelector& in,
                                                      const model::LabelSelector& selector) const {
  std::unordered_map<Symbol, model::Labels> declared;  // of namespaces
  for (const model::Entity& entity : m_entities) {
    if (entity.kind != model::EntityKind::namespace_ || entity.id.target != place.target) continue;
    model::Labels& labels = declared[entity.name];
    labels.insert(labels.end(), entity.labels.begin(), entity.labels.end());
  }
  const auto lies_in = [&](const model::Entity& workload) {
    if (in.requirements.empty()) return true;
    const auto known = declared.find(workload.namespace_name);
    model::Labels labels = known == declared.end() ? model::Labels{} : known->second;
    // The API server gives every namespace this label; nobody declares it.
    labels.emplace_back(Symbol("kubernetes.io/metadata.name"), workload.namespace_name);
    return in.matches(labels);
  };
  std::vector<EntityIndex> selected;
  for (EntityIndex index = 0; index < m_entities.size(); ++index) {
    const model::Entity& entity = m_entities[index];
    const bool runs_here = model::is_workload(entity.kind) && m_declared[index].place.target == place.target &&
                           !entity.id.application.empty() && !entity.namespace_name.empty();
    if (runs_here && selector.matches(entity.labels) && lies_in(entity)) selected.push_back(index);
  }
  return selected;
}

std::vector<EntityIndex> LinkIndex::select_pods(const Place& place, Symbol namespace_name,
                                                const model::LabelSelector& selector) const {
  model::LabelSelector of_workload;
  const model::LabelRequirement* of_pod = nullptr;
  for (const model::LabelRequirement& term : selector.requirements) {
    const bool names_pod = term.key.view() == "statefulset.kubernetes.io/pod-name" &&
                           term.operation == model::LabelRequirement::Operator::in && term.values.size() == 1;
    if (names_pod) {
      of_pod = &term;
    } else {
      of_workload.requirements.push_back(term);
    }
  }
  if (of_pod == nullptr) return select(place, namespace_name, selector);
  const std::string_view pod = of_pod->values.front().view();
  const std::string_view owner = pod.substr(0, pod.find_last_not_of("0123456789") + 1);
  std::vector<EntityIndex> selected = select(place, namespace_name, of_workload);
  std::erase_if(selected, [&](EntityIndex index) {
    const model::Entity& entity = m_entities[index];
    const model::Attribute* kind = entity.attributes.find(model::attribute::workload_kind);
    const bool stateful = kind != nullptr && kind->value == model::AttributeValue(Symbol("StatefulSet"));
    return !stateful || owner.size() == pod.size() || owner != entity.name.str() + "-";
  });
  return selected;
}

void LinkIndex::keep_keys(EntityIndex owner, const model::ReferenceFact& mount) {
  const model::Entity& entity = m_entities[owner];
  const NameQuery query{m_declared[owner].place, entity.namespace_name, m_declared[owner].namespace_declared, false};
  if (const auto object = find_local(query, local_of(mount.target.view(), entity.namespace_name.view()))) m_mounted.insert(*object);
}

void LinkIndex::consume(const ConsumedKeys& consumed) {
  for (const auto& [configuration, consumed_keys] : consumed) {
    model::Entity& entity = m_entities[configuration];
    if (entity.kind != model::EntityKind::configuration || m_mounted.contains(configuration)) continue;
    std::vector<model::Attribute> kept;
    kept.reserve(entity.attributes.all().size());
    for (const model::Attribute& row : entity.attributes.all()) {
      if (row.definition == &model::attribute::data && consumed_keys.contains(row.key)) continue;
      kept.push_back(row);
      if (row.definition != &model::attribute::keys) continue;
      if (auto* names = std::get_if<model::TextList>(&kept.back().value))
        std::erase_if(*names, [&](Symbol name) { return consumed_keys.contains(name); });
    }
    entity.attributes = model::Attributes::from_rows(std::move(kept));
  }
}

std::optional<EntityIndex> LinkIndex::find_alias(std::string_view text) const {
  const auto at = m_by_alias.find(Symbol(text));
  if (at == m_by_alias.end() || at->second.size() != 1) return std::nullopt;
  return at->second.front();
}

void LinkIndex::add_alias(Symbol text, EntityIndex entity) {
  std::vector<EntityIndex>& entities = m_by_alias[text];
  if (std::find(entities.begin(), entities.end(), entity) == entities.end()) entities.push_back(entity);
}

void LinkIndex::index_project(EntityIndex index, Symbol project) {
  const model::Entity& entity = m_entities[index];
  m_projects.emplace(index, project);
  const auto add_name = [&](std::string_view text) {
    std::vector<EntityIndex>& named = m_by_project_name[{entity.id.target, Symbol(base::to_lower(text))}];
    if (named.empty() || named.back() != index) named.push_back(index);
  };
  add_name(entity.name.view());
  for (const model::Alias& alias : entity.aliases) {
    if (alias.kind == model::AliasKind::dns_name) add_name(alias.text.view());
  }
  for (const model::Attribute& row : entity.attributes.of(model::attribute::host_ports)) {
    const auto* ports = std::get_if<model::TextList>(&row.value);
    if (ports == nullptr) continue;
    for (const Symbol port : *ports) m_by_published_port[{entity.id.target, port}].push_back(index);
  }
}

std::optional<EntityIndex> LinkIndex::find_in_projects(EntityIndex asker, std::string_view text) const {
  const model::Entity& owner = m_entities[asker];
  const auto at = m_by_project_name.find({owner.id.target, Symbol(base::to_lower(text))});
  if (at == m_by_project_name.end()) return std::nullopt;
  std::optional<EntityIndex> best;
  int best_rank = 0;
  for (const EntityIndex index : at->second) {
    const bool same_place = m_declared[index].place == m_declared[asker].place;
    const bool own = same_place && m_projects.at(index) == m_projects.at(asker);
    const bool connected = model::share_network(owner, m_entities[index]);
    if (!own && !connected) continue;
    // The service of that name before others that are called so as well.
    const int rank =
        1 + (own ? 1 : 0) + (connected ? 4 : 0) + (base::equals_ignoring_case(m_entities[index].name.view(), text) ? 2 : 0);
    if (rank <= best_rank) continue;
    best = index;
    best_rank = rank;
  }
  return best;
}

std::optional<EntityIndex> LinkIndex::find_published(EntityIndex asker, std::uint16_t port) const {
  const model::Entity& owner = m_entities[asker];
  const auto at = m_by_published_port.find({owner.id.target, Symbol(std::to_string(port))});
  if (at == m_by_published_port.end()) return std::nullopt;
  std::vector<EntityIndex> found;
  for (const EntityIndex index : at->second) {
    // Projects of one source are often alternatives of one another: the own one before the others.
    if (m_projects.at(index) == m_projects.at(asker) && m_declared[index].place == m_declared[asker].place) return index;
    found.push_back(index);
  }
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

const std::vector<EntityIndex>& LinkIndex::behind(EntityIndex endpoint) const {
  static const std::vector<EntityIndex> k_none;
  const auto at = m_behind.find(endpoint);
  return at == m_behind.end() ? k_none : at->second;
}

}  // namespace postern::resolve
