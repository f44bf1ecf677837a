// SPDX-License-Identifier: Apache-2.0
// What a decision shows of the graphs for reviews: the flows and services that a release adds, changes or removes.
#include <postern/base/text.h>

#include <algorithm>
#include <tuple>

#include "app/account.h"

namespace postern::app {
namespace {

using model::ArchitectureGraph;
using model::ChangeKind;
using model::Entity;
using model::EntityKind;
namespace attribute = model::attribute;

/// What the policies of a mesh make callers show: `mutual TLS STRICT, callers: named`.
std::string authentication_of(const Entity& entity) {
  std::vector<std::string> parts;
  const model::Symbol mutual_tls = entity.attributes.text(attribute::mutual_tls);
  const model::Symbol authorization = entity.attributes.text(attribute::authorization);
  const std::vector<std::string> issuers = model::strings_of(entity.attributes.list(attribute::token_issuers));
  if (!mutual_tls.empty()) parts.push_back("mutual TLS " + mutual_tls.str());
  if (!authorization.empty()) parts.push_back("callers: " + authorization.str());
  if (!issuers.empty()) parts.push_back("tokens of " + base::join(issuers, ", "));
  return base::join(parts, "; ");
}

bool is_outside(const Entity& entity) { return entity.kind == EntityKind::third_party || entity.kind == EntityKind::external; }

model::ReportedFlow flow_of(const ArchitectureGraph& graph, model::RelationIndex index, ChangeKind change) {
  const model::Relation& relation = graph.relation(index);
  const Entity& source = graph.entity(relation.source);
  const Entity& target = graph.entity(relation.target);
  model::ReportedFlow flow;
  flow.change = change;
  flow.source = source.id;
  flow.target = target.id;
  flow.kind = relation.kind;
  flow.target_kind = target.kind;
  flow.transport = relation.attributes.text(attribute::transport).str();
  if (flow.transport.empty()) flow.transport = "unknown";
  flow.authentication = authentication_of(target);
  flow.leaves = is_outside(target);
  flow.crosses_namespace = !flow.leaves && source.namespace_name != target.namespace_name;
  flow.data_classes = model::strings_of(flow.leaves ? source.attributes.list(attribute::data_reach)
                                                    : target.attributes.list(attribute::data_classes));
  flow.vendor = target.attributes.text(attribute::vendor).str();
  flow.owner = source.attributes.text(attribute::owner).str();
  if (!relation.evidence.empty()) {
    flow.location = relation.evidence.front().location;
    flow.note = relation.evidence.front().note.str();
  }
  return flow;
}

/// A name declared for somebody outside to whom nobody is known to send: a way that no flow of a workload tells.
bool is_unused_way_out(const ArchitectureGraph& graph, model::RelationIndex index) {
  const model::Relation& relation = graph.relation(index);
  const bool is_name =
      relation.kind == model::RelationKind::routes_to && graph.entity(relation.source).kind == EntityKind::endpoint;
  if (!is_name || !is_outside(graph.entity(relation.target))) return false;
  const auto incoming = graph.incoming(relation.target);
  return std::none_of(incoming.begin(), incoming.end(), [&](model::RelationIndex other) {
    return model::family_of(graph.relation(other).kind) == model::RelationFamily::network;
  });
}

}  // namespace

std::vector<model::ReportedFlow> reported_flows(const model::Delta& delta, const ArchitectureGraph& before,
                                                const ArchitectureGraph& after) {
  std::vector<model::ReportedFlow> flows;
  for (const model::RelationChange& change : delta.relations) {
    const bool way_out = change.after ? is_unused_way_out(after, *change.after) : is_unused_way_out(before, *change.before);
    if (change.id.family != model::RelationFamily::network && !way_out) continue;
    flows.push_back(change.after ? flow_of(after, *change.after, change.kind) : flow_of(before, *change.before, change.kind));
  }
  std::sort(flows.begin(), flows.end(),
            [](const auto& a, const auto& b) { return std::tie(a.source, a.target) < std::tie(b.source, b.target); });
  return flows;
}

std::vector<model::ReportedService> reported_services(const model::Delta& delta, const ArchitectureGraph& after) {
  std::vector<model::ReportedService> services;
  for (const model::EntityChange& change : delta.entities) {
    if (!change.after) continue;
    const Entity& entity = after.entity(*change.after);
    if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
    model::ReportedService service;
    service.id = entity.id;
    service.kind = entity.kind;
    service.change = change.kind;
    service.exposure = entity.attributes.text(attribute::exposure).str();
    service.owner = entity.attributes.text(attribute::owner).str();
    service.tier = model::tier_of(entity.attributes).str();
    service.data_classes = model::strings_of(entity.attributes.list(attribute::data_classes));
    service.data_reach = model::strings_of(entity.attributes.list(attribute::data_reach));
    service.authentication = authentication_of(entity);
    service.ingress_isolated = entity.attributes.is_true(attribute::ingress_isolated);
    service.egress_isolated = entity.attributes.is_true(attribute::egress_isolated);
    if (!entity.locations.empty()) service.location = entity.locations.front();
    services.push_back(std::move(service));
  }
  std::sort(services.begin(), services.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return services;
}

}  // namespace postern::app
