// SPDX-License-Identifier: Apache-2.0
// From the linked graph to the inputs of a score: ways in, data within reach, importance, blast radius.
#include "risk/context.h"

#include <postern/base/error.h>
#include <postern/model/privilege.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>
#include <utility>

#include "risk/factors.h"
#include "risk/gateway_authentication.h"

namespace postern::risk {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::RelationIndex;
namespace attribute = model::attribute;

/// Further away, data and importance no longer count: each hop is another break-in.
constexpr std::uint32_t k_farthest_hop = 6;

struct ClassRow {
  std::string_view name;
  model::DataClass data_class;
  char regime;  ///< g: data protection law, p: card industry, h: health; space: none
};

constexpr std::array k_classes = {
    ClassRow{"PII", model::DataClass::personal, 'g'},
    ClassRow{"PCI", model::DataClass::payment_card, 'p'},
    ClassRow{"PHI", model::DataClass::health, 'h'},
    ClassRow{"CREDENTIAL", model::DataClass::credential, ' '},
    ClassRow{"CREDENTIALS", model::DataClass::credential, ' '},
    ClassRow{"FINANCIAL", model::DataClass::financial, ' '},
    ClassRow{"GOV_ID", model::DataClass::government_id, 'g'},
    ClassRow{"SPECIAL", model::DataClass::special_category, 'g'},
    ClassRow{"LOCATION", model::DataClass::quasi_personal, 'g'},
    ClassRow{"ONLINE_ID", model::DataClass::quasi_personal, 'g'},
    ClassRow{"PII_QUASI", model::DataClass::quasi_personal, 'g'},
    ClassRow{"BUSINESS", model::DataClass::business, ' '},
    ClassRow{"INTERNAL", model::DataClass::internal, ' '},
};

const ClassRow* row_of(std::string_view name) {
  const auto at = std::find_if(k_classes.begin(), k_classes.end(), [&](const ClassRow& row) { return row.name == name; });
  return at == k_classes.end() ? nullptr : &*at;
}

model::HopKind hop_of(EntityKind kind) {
  if (kind == EntityKind::gateway || kind == EntityKind::endpoint) return model::HopKind::proxy;
  if (kind == EntityKind::queue) return model::HopKind::queue;
  return model::is_store(kind) ? model::HopKind::datastore : model::HopKind::service;
}

bool is_own_workload(const Entity& entity) { return model::is_workload(entity.kind) && !entity.id.application.empty(); }

/// A subject of a group or user: nothing declares it.
bool is_group_or_user(const Entity& entity) {
  return entity.id.address.view().starts_with(model::k_group_prefix) || entity.id.address.view().starts_with(model::k_user_prefix);
}

/// An account of the cluster, declared or not, or a group or user of it.
bool is_account(const Entity& entity) {
  if (entity.kind != EntityKind::identity && entity.kind != EntityKind::unresolved) return false;
  return entity.id.address.view().find("/serviceaccounts/") != std::string_view::npos || is_group_or_user(entity);
}

/// Whoever reaches the interface of the cluster, without any login.
bool is_anybody(const Entity& entity) {
  const std::string_view address = entity.id.address.view();
  return address == "user:system:anonymous" || address == "group:system:unauthenticated";
}

/// Where the interface of the cluster can be reached from is not in manifests, and what is unknown is no discount.
model::EntryPath way_to_the_cluster() {
  model::EntryPath path;
  path.entry = model::EntryZone::internet;
  path.authentication = model::AuthenticationKind::none;
  path.nodes = {"interface of the cluster"};
  return path;
}

/// By itself, or by making pods that mount them or changing what is granted.
bool reads_secrets(const Entity& account) {
  using model::Power;
  const model::TextList& texts = account.attributes.list(attribute::privileges);
  return !account.attributes.of(attribute::escalation).empty() || std::any_of(texts.begin(), texts.end(), [](model::Symbol text) {
    const auto privilege = model::privilege_from(text.view());
    return privilege && (privilege->power == Power::cluster_admin || privilege->power == Power::everything ||
                         privilege->power == Power::read_secrets);
  });
}

bool is_open_network_relation(const model::Relation& relation) {
  return model::family_of(relation.kind) == model::RelationFamily::network &&
         !relation.attributes.is_true(attribute::network_policy_blocked);
}

model::NetworkControl control_of(const Entity& entrance) {
  const auto restricted = [&](const model::AttributeDefinition& ranges) { return entrance.attributes.find(ranges) != nullptr; };
  const bool listed = restricted(attribute::load_balancer_source_ranges) || restricted(attribute::gateway_source_ranges);
  return listed ? model::NetworkControl::allow_list : model::NetworkControl::open;
}

bool opens_by_itself(const Entity& endpoint) {
  const std::string_view type = endpoint.attributes.text(attribute::endpoint_type).view();
  return type == "LoadBalancer" || type == "NodePort" || endpoint.attributes.find(attribute::external_ips) != nullptr;
}

/// Whether one of the ways in from outside begins at `entrance`: ZONE > ENTRANCE > ...
bool has_way_from(const Entity& workload, std::string_view entrance) {
  constexpr std::string_view k_step = " > ";
  const model::Attribute* row = workload.attributes.find(attribute::entry_paths);
  const auto* ways = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
  return ways != nullptr && std::any_of(ways->begin(), ways->end(), [&](model::Symbol way) {
           const std::size_t zone = way.view().find(k_step);
           if (zone == std::string_view::npos) return false;
           const std::string_view rest = way.view().substr(zone + k_step.size());
           return rest.substr(0, rest.find(k_step)) == entrance;
         });
}

model::Regulation regulation_of(const std::set<char>& regimes) {
  if (regimes.size() > 1) return model::Regulation::several;
  return regimes.empty() ? model::Regulation::none : model::Regulation::any;
}

/// Addresses of contexts come back; these numbers do not.
std::uint64_t next_identity() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// Nobody knows where it runs: what is not known is no discount.
model::EntryPath unknown_way(const Entity& application) {
  model::EntryPath path;
  path.entry = model::EntryZone::internet;
  path.nodes.push_back(application.id.address.str());
  return path;
}

}  // namespace

model::DataClass data_class_from(std::string_view name) {
  const ClassRow* row = row_of(name);
  return row == nullptr ? model::DataClass::business : row->data_class;
}

model::BusinessTier tier_from(std::string_view name) {
  static const std::map<std::string_view, model::BusinessTier> k_tiers = {
      {"mission-critical", model::BusinessTier::mission_critical},
      {"mission_critical", model::BusinessTier::mission_critical},
      {"critical", model::BusinessTier::mission_critical},
      {"high", model::BusinessTier::high},
      {"normal", model::BusinessTier::normal},
      {"medium", model::BusinessTier::normal},
      {"low", model::BusinessTier::low}};
  const auto at = k_tiers.find(name);
  return at == k_tiers.end() ? model::BusinessTier::unknown : at->second;
}

RiskContext::RiskContext(const RiskModel& model, const ArchitectureGraph& graph, model::EnvironmentClass environment)
    : m_model(model), m_graph(graph), m_environment(environment), m_identity(next_identity()) {
  build_graph();
  build_neighbours();
  m_easiest = std::make_unique<EasiestPaths>(m_model, m_paths);
  m_ways = std::make_unique<WaySearch>(m_model, m_paths);
}

void RiskContext::add_entry(EntityIndex entrance, EntityIndex workload, RelationIndex route, model::AuthenticationKind asked) {
  // Policies let nothing in on a way that is not among its ways in.
  if (!has_way_from(m_graph.entity(workload), m_graph.entity(entrance).id.address.view())) return;
  m_paths.edges[entrance].push_back({workload, asked, model::NetworkControl::open, route});
}

void RiskContext::add_entries(EntityIndex entrance, EntityIndex target, RelationIndex route, model::AuthenticationKind asked,
                              int step) {
  if (m_graph.entity(target).kind != EntityKind::endpoint) return add_entry(entrance, target, route, asked);
  // An endpoint may stand for another one (external name); a cycle ends after as many steps as anybody would write.
  constexpr int k_most_steps = 4;
  if (step == k_most_steps) return;
  for (const RelationIndex behind : m_graph.outgoing(target)) {
    const model::Relation& relation = m_graph.relation(behind);
    if (relation.kind == model::RelationKind::routes_to) add_entries(entrance, relation.target, route, asked, step + 1);
  }
}

void RiskContext::build_graph() {
  const auto entities = m_graph.entities();
  m_paths.edges.resize(entities.size());
  for (EntityIndex index = 0; index < entities.size(); ++index) {
    const Entity& entity = entities[index];
    m_paths.nodes.push_back(hop_of(entity.kind));
    m_stakes.push_back(stake_of(entity));
    m_has_stake.push_back(m_stakes.back().is_any());
    const std::string_view exposure = entity.attributes.text(attribute::exposure).view();
    const bool gateway = entity.kind == EntityKind::gateway && exposure != "cluster";
    const bool entrance = gateway || (entity.kind == EntityKind::endpoint && opens_by_itself(entity));
    for (const RelationIndex out : m_graph.outgoing(index)) {
      const model::Relation& relation = m_graph.relation(out);
      const bool serves = relation.kind == model::RelationKind::exposes && m_graph.entity(relation.target).kind == EntityKind::api;
      if (is_open_network_relation(relation) || serves) {  // who reaches a service reaches the interface that it serves
        m_paths.edges[index].push_back({relation.target, model::AuthenticationKind::unknown, model::NetworkControl::open, out});
      } else if (relation.kind == model::RelationKind::routes_to && entrance) {
        const auto asked = gateway ? authentication_at(entity, m_graph.entity(relation.target).id.address.view())
                                   : model::AuthenticationKind::unknown;
        add_entries(index, relation.target, out, asked, 0);
      } else if (relation.kind == model::RelationKind::configures && entity.kind == EntityKind::route) {
        // Requests that a gateway takes pass the routes that are attached to it.
        m_paths.edges[relation.target].push_back({index, model::AuthenticationKind::unknown, model::NetworkControl::open, out});
      }
    }
    if (entrance) {
      const bool internal = gateway ? exposure == "internal"
                                    : entity.attributes.is_true(attribute::internal_load_balancer) ||
                                          entity.attributes.text(attribute::endpoint_type).view() == "NodePort";
      const auto zone = internal ? model::EntryZone::corporate : model::EntryZone::internet;
      m_paths.entries.push_back({index, zone, model::AuthenticationKind::none, control_of(entity), 0});
    } else if (is_own_workload(entity) && exposure == "internet" && entity.attributes.is_true(attribute::public_access)) {
      // Infrastructure with an address of its own needs nothing in front of it.
      m_paths.entries.push_back(
          {index, model::EntryZone::internet, model::AuthenticationKind::none, model::NetworkControl::open, 0});
    } else if (is_own_workload(entity) && (has_way_from(entity, "node") || has_way_from(entity, entity.id.address.view()))) {
      m_paths.entries.push_back(
          {index, model::EntryZone::corporate, model::AuthenticationKind::none, model::NetworkControl::open, 0});
    }
    if (is_own_workload(entity) && exposure == "internet") m_entrances.push_back(index);
  }
}

void RiskContext::build_neighbours() {
  m_neighbour_start.reserve(m_paths.edges.size() + 1);
  m_neighbour_start.push_back(0);
  for (const auto& edges : m_paths.edges) {
    const auto first = static_cast<std::ptrdiff_t>(m_neighbours.size());
    for (const PathGraph::Edge& edge : edges) m_neighbours.push_back(edge.to);
    std::sort(m_neighbours.begin() + first, m_neighbours.end());
    m_neighbours.erase(std::unique(m_neighbours.begin() + first, m_neighbours.end()), m_neighbours.end());
    m_neighbour_start.push_back(static_cast<std::uint32_t>(m_neighbours.size()));
  }
}

model::EntryPath RiskContext::named(const FoundPath& found) const {
  model::EntryPath path = found.entry_path(m_paths);
  // Where nothing that was read says that anybody is asked, it is not known.
  if (path.authentication == model::AuthenticationKind::none) path.authentication = model::AuthenticationKind::unknown;
  for (std::size_t step = 0; step < found.nodes.size(); ++step) {
    path.nodes.push_back(m_graph.entity(found.nodes[step]).id.address.str());
    if (step == 0) {
      const auto& locations = m_graph.entity(found.nodes[0]).locations;
      if (!locations.empty()) path.evidence.push_back(locations.front());
    } else if (const auto& evidence = m_graph.relation(found.tags[step]).evidence; !evidence.empty()) {
      path.evidence.push_back(evidence.front().location);
    }
  }
  return path;
}

std::optional<model::EntryPath> RiskContext::lateral_path(EntityIndex subject) const {
  const Entity& entity = m_graph.entity(subject);
  std::optional<FoundPath> best;
  for (const EntityIndex entrance : m_entrances) {
    const Entity& from = m_graph.entity(entrance);
    const bool near = from.id.application == entity.id.application && from.id.target == entity.id.target;
    if (entrance == subject || !near || from.attributes.is_true(attribute::egress_isolated)) continue;
    auto found = m_easiest->to(entrance);
    if (found && (!best || found->losses.total() < best->losses.total())) best = std::move(found);
  }
  if (!best) return std::nullopt;
  model::EntryPath path = named(*best);
  path.hops.push_back(hop_of(m_graph.entity(best->nodes.back()).kind));
  path.nodes.push_back(entity.id.address.str());
  return path;
}

RiskContext::Stake RiskContext::stake_of(const Entity& entity) const {
  const model::Attribute* row = entity.attributes.find(attribute::data_classes);
  const model::BusinessTier tier = tier_from(model::tier_of(entity.attributes).view());
  return {row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value),
          tier == model::BusinessTier::mission_critical || tier == model::BusinessTier::high};
}

const RiskContext::Reach& RiskContext::reached_from(EntityIndex subject) const {
  // Factors and reach of one subject are asked for one after the other, and so are findings about one subject.
  struct LastAnswer {
    std::uint64_t context = 0;
    EntityIndex subject = 0;
    Reach reach;
  };
  thread_local std::array<LastAnswer, 2> answers;  // the two sides of a comparison are asked in turns
  LastAnswer& last = answers[m_identity % answers.size()];
  if (last.context == m_identity && last.subject == subject) return last.reach;
  last.context = m_identity;
  last.subject = subject;
  search(subject, last.reach);
  return last.reach;
}

void RiskContext::search(EntityIndex subject, Reach& reach) const {
  // Marks of the last question stay behind: clearing them would cost as much as a small search.
  thread_local std::vector<std::uint32_t> marks;
  thread_local std::uint32_t question = 0;
  if (++question == 0) {
    marks.clear();
    question = 1;
  }
  if (marks.size() < m_paths.edges.size()) marks.resize(m_paths.edges.size());
  marks[subject] = question;
  reach.nearest.clear();
  reach.holders.clear();
  thread_local std::vector<EntityIndex> reached;
  reached.assign(1, subject);
  std::size_t frontier = 0;
  for (std::uint32_t hops = 1; hops <= k_farthest_hop && frontier != reached.size(); ++hops) {
    const std::size_t end = reached.size();
    for (; frontier != end; ++frontier) {
      const EntityIndex from = reached[frontier];
      for (std::uint32_t at = m_neighbour_start[from]; at != m_neighbour_start[from + 1]; ++at) {
        const EntityIndex to = m_neighbours[at];
        if (std::exchange(marks[to], question) != question) reached.push_back(to);
      }
    }
    keep(std::span(reached).subspan(end), hops, reach);
  }
}

/// Thousands may be in reach of one subject: only those are sorted that somebody asks for.
void RiskContext::keep(std::span<EntityIndex> level, std::uint32_t hops, Reach& reach) const {
  const auto first_holder = static_cast<std::ptrdiff_t>(reach.holders.size());
  for (const EntityIndex entity : level) {
    if (m_has_stake[entity]) reach.holders.push_back({entity, hops});
  }
  std::sort(reach.holders.begin() + first_holder, reach.holders.end(),
            [](const Reached& a, const Reached& b) { return a.entity < b.entity; });
  const std::size_t wanted = std::min(k_nearest - reach.nearest.size(), level.size());
  if (wanted == 0) return;
  std::partial_sort(level.begin(), level.begin() + static_cast<std::ptrdiff_t>(wanted), level.end());
  for (const EntityIndex entity : level.first(wanted)) reach.nearest.push_back({entity, hops});
}

std::optional<RiskContext::Way> RiskContext::way_to(EntityIndex subject, const JudgeStep& judge) const {
  if (is_account(m_graph.entity(subject))) return std::nullopt;
  std::optional<FoundWay> found = m_ways->to(subject, judge);
  if (!found) return std::nullopt;
  Way way{named(found->path), {}, std::move(found->fresh)};
  for (std::size_t at = 0; at < found->path.nodes.size(); ++at) {
    const auto from = at == 0 ? std::nullopt : std::optional(found->path.nodes[at - 1]);
    way.steps.push_back({from, found->path.nodes[at], found->path.tags[at]});
  }
  return way;
}

bool RiskContext::has_step_of(const RiskContext& other, const PathStep& step) const {
  const auto to = m_graph.find(other.m_graph.entity(step.to).id);
  if (!to) return false;
  if (!step.from) {
    const auto mine = m_ways->entry_loss(*to);
    const auto theirs = other.m_ways->entry_loss(step.to);
    return mine && theirs && *mine <= *theirs;
  }
  const auto from = m_graph.find(other.m_graph.entity(*step.from).id);
  if (!from) return false;
  const model::EntityId& behind = other.m_graph.entity(other.m_graph.relation(step.tag).target).id;
  return std::ranges::any_of(m_paths.edges[*from], [&](const PathGraph::Edge& edge) {
    return edge.to == *to && m_graph.entity(m_graph.relation(edge.tag).target).id == behind;
  });
}

std::vector<EntityIndex> RiskContext::reach(EntityIndex subject, std::size_t most) const {
  std::vector<EntityIndex> entities;
  POSTERN_ASSERT(most <= k_nearest);
  const std::span<const Reached> nearest = reached_from(subject).nearest;
  for (const Reached& found : nearest.first(std::min(most, nearest.size()))) entities.push_back(found.entity);
  return entities;
}

std::vector<EntityIndex> RiskContext::holders_of(EntityIndex identity) const {
  const Entity& account = m_graph.entity(identity);
  // Every pod's token is in the groups of all; who is anonymous needs none, but the interface of the cluster is nearest from there.
  const std::string_view address = account.id.address.view();
  if (is_group_or_user(account)) {
    const bool everybody = address.starts_with("group:system:") || address == "user:system:anonymous";
    return everybody ? m_entrances : std::vector<EntityIndex>();
  }
  std::vector<EntityIndex> holders;
  for (const RelationIndex in : m_graph.incoming(identity)) {
    const model::Relation& relation = m_graph.relation(in);
    const Entity& source = m_graph.entity(relation.source);
    const model::Attribute* mounted = source.attributes.find(attribute::automount_service_account_token);
    const bool* said = mounted == nullptr ? nullptr : std::get_if<bool>(&mounted->value);
    const bool runs_as = relation.kind == model::RelationKind::assumes && is_own_workload(source);
    if (runs_as && (said == nullptr || *said)) holders.push_back(relation.source);
  }
  return holders;
}

model::RiskFactors RiskContext::factors_of_account(EntityIndex identity) const {
  model::RiskFactors factors;
  std::optional<EntityIndex> nearest;
  std::optional<FoundPath> best;
  for (const EntityIndex holder : holders_of(identity)) {
    auto found = m_easiest->to(holder);
    if (!found || (best && best->losses.total() <= found->losses.total())) continue;
    best = std::move(found);
    nearest = holder;
  }
  if (nearest) factors = factors_for(*nearest);
  if (factors.paths.empty() && is_anybody(m_graph.entity(identity))) factors.paths.push_back(way_to_the_cluster());
  factors.maturity = model::ExploitMaturity::inherent;
  factors.environment = m_environment;
  const Entity& account = m_graph.entity(identity);
  for (model::EntryPath& path : factors.paths) {
    if (!nearest) break;
    path.hops.push_back(hop_of(m_graph.entity(*nearest).kind));
    path.nodes.push_back(account.id.address.str());
  }
  if (reads_secrets(account)) {
    factors.data.push_back(
        {model::DataClass::credential, 1, model::DataPrivilege::unknown, "secrets that " + account.id.address.str() + " may read"});
  }
  return factors;
}

model::RiskFactors RiskContext::factors_for(EntityIndex subject, Lateral lateral) const {
  if (is_account(m_graph.entity(subject))) return factors_of_account(subject);
  model::RiskFactors factors;
  factors.maturity = model::ExploitMaturity::inherent;
  factors.environment = m_environment;
  if (const auto found = m_easiest->to(subject)) factors.paths.push_back(named(*found));
  if (lateral == Lateral::possible) {
    if (auto path = lateral_path(subject)) factors.paths.push_back(std::move(*path));
  }
  const Entity& entity = m_graph.entity(subject);
  if (entity.kind == model::EntityKind::application && factors.paths.empty()) factors.paths.push_back(unknown_way(entity));
  factors.tier = tier_from(model::tier_of(entity.attributes).view());
  std::set<char> regimes;
  std::uint32_t important = 0;
  const auto add_data = [&](EntityIndex holder, std::uint32_t hops) {
    if (m_stakes[holder].data_classes == nullptr) return;
    for (const model::Symbol name : *m_stakes[holder].data_classes) {
      const ClassRow* row = row_of(name.view());
      if (row != nullptr && row->regime != ' ') regimes.insert(row->regime);
      factors.data.push_back(
          {data_class_from(name.view()), hops, model::DataPrivilege::unknown, model::to_string(m_graph.entity(holder).id)});
    }
  };
  add_data(subject, 0);
  for (const Reached& found : reached_from(subject).holders) {
    add_data(found.entity, found.hops);
    if (m_stakes[found.entity].important) ++important;
  }
  factors.regulation = regulation_of(regimes);
  factors.blast = blast_of(m_model, important);
  return factors;
}

}  // namespace postern::risk
