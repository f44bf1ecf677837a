// SPDX-License-Identifier: Apache-2.0
// Hosts and resources beyond the cluster, and hosts that a declared object answers to.
#include "connection/host_name.h"
#include "resolve/link_rules/link_rule.h"

namespace postern::resolve {

using connection::HostClass;

namespace {

/// A host of somebody's private DNS (db.corp.internal, vault.lan): the DNS of the cluster has no such names, so it is outside.
bool is_private_zone(const LinkRequest& request) {
  const std::string_view host = request.mention.endpoint.host;
  return !request.host.cluster_name && host.find('.') != std::string_view::npos && !host.ends_with("cluster.local") &&
         connection::has_internal_suffix(host);
}

}  // namespace

std::optional<LinkTarget> match_alias(const LinkRequest& request) {
  const auto found = request.index.find_alias(request.mention.endpoint.host);
  if (!found) return std::nullopt;
  return LinkTarget{LinkTarget::Kind::declared, *found, {}};
}

std::optional<LinkTarget> match_resource(const LinkRequest& request) {
  const connection::Endpoint& endpoint = request.mention.endpoint;
  if (!endpoint.host.empty() || endpoint.resource.empty()) return std::nullopt;
  const std::string technology = endpoint.technology.empty() ? endpoint.scheme : endpoint.technology;
  return LinkTarget{LinkTarget::Kind::external, 0, Symbol(technology + ":" + endpoint.resource)};
}

std::optional<LinkTarget> match_outside(const LinkRequest& request) {
  switch (request.host.host_class) {
    case HostClass::known_vendor:
    case HostClass::outside:
    case HostClass::public_ip:
    case HostClass::private_ip:
    case HostClass::link_local:
      if (request.mention.endpoint.confidence == connection::Confidence::bare_name) return LinkTarget{};
      return LinkTarget{LinkTarget::Kind::external, 0, Symbol(request.mention.endpoint.host)};
    case HostClass::invalid:
      return LinkTarget{};
    case HostClass::loopback:
      return std::nullopt;
    case HostClass::cluster_local:
      if (!is_private_zone(request)) return std::nullopt;
      return LinkTarget{LinkTarget::Kind::external, 0, Symbol(request.mention.endpoint.host)};
  }
  return std::nullopt;
}

}  // namespace postern::resolve
