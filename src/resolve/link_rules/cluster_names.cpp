// SPDX-License-Identifier: Apache-2.0
// Names of the cluster's own DNS, and names that nothing declares.
#include <postern/base/text.h>

#include "resolve/link_rules/link_rule.h"

namespace postern::resolve {
namespace {

NameQuery query_for(const LinkRequest& request, std::string_view namespace_name) {
  NameQuery query = request.from;
  if (!namespace_name.empty()) {
    // `svc.ns` says its namespace; an object whose namespace is chosen at deploy time may still be the one that is meant.
    query.namespace_name = Symbol(namespace_name);
    query.namespace_declared = true;
    query.qualified = true;
  }
  return query;
}

std::optional<LinkTarget> declared_service(const LinkRequest& request, std::string_view service, std::string_view namespace_name) {
  if (request.index.is_of_project(request.mention.owner)) return std::nullopt;  // Compose has no DNS of a cluster
  const auto found = request.index.find_local(query_for(request, namespace_name), "services/" + std::string(service));
  if (!found) return std::nullopt;
  return LinkTarget{LinkTarget::Kind::declared, *found, {}};
}

/// A name that people also write for other things needs more than looking like one.
bool is_sure(const Mention& mention) {
  const connection::Endpoint& endpoint = mention.endpoint;
  return mention.named_host || endpoint.confidence == connection::Confidence::url ||
         endpoint.confidence == connection::Confidence::host_port;
}

}  // namespace

std::optional<LinkTarget> match_loopback(const LinkRequest& request) {
  const connection::Endpoint& endpoint = request.mention.endpoint;
  const bool own = endpoint.loopback || endpoint.direction == connection::Direction::self ||
                   request.host.host_class == connection::HostClass::loopback;
  if (own || endpoint.unresolved()) return LinkTarget{};
  return std::nullopt;
}

std::optional<LinkTarget> match_cluster_name(const LinkRequest& request) {
  if (!request.host.cluster_name) return std::nullopt;
  return declared_service(request, request.host.cluster_name->service, request.host.cluster_name->namespace_name);
}

std::optional<LinkTarget> match_pod_name(const LinkRequest& request) {
  const std::string_view host = request.mention.endpoint.host;
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const connection::HostFacts parent = connection::describe_host(host.substr(dot + 1));
  if (!parent.cluster_name) return std::nullopt;
  return declared_service(request, parent.cluster_name->service, parent.cluster_name->namespace_name);
}

std::optional<LinkTarget> match_undeclared(const LinkRequest& request) {
  const connection::Endpoint& endpoint = request.mention.endpoint;
  // The suffix of all names of a cluster is the name of nothing.
  if (endpoint.host.empty() || endpoint.host == "cluster.local" || !is_sure(request.mention)) return LinkTarget{};
  std::string name = endpoint.host;
  for (const std::string_view suffix : {".svc.cluster.local", ".svc"}) {
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  }
  return LinkTarget{LinkTarget::Kind::unresolved, 0, Symbol(name)};
}

}  // namespace postern::resolve
