// SPDX-License-Identifier: Apache-2.0
// Names of Compose: services, their aliases, and the machine on which all of them run.
#include <algorithm>
#include <array>

#include "resolve/link_rules/link_rule.h"

namespace postern::resolve {
namespace {

/// What Docker calls the machine, as seen from a container.
bool is_machine(std::string_view host) {
  constexpr std::array<std::string_view, 6> k_names = {"docker.for.linux.localhost", "docker.for.mac.host.internal",
                                                       "docker.for.mac.localhost",   "docker.for.win.localhost",
                                                       "gateway.docker.internal",    "host.docker.internal"};
  return std::find(k_names.begin(), k_names.end(), host) != k_names.end();
}

bool uses_network_of_machine(const LinkRequest& request) {
  return request.index.entities()[request.mention.owner].attributes.is_true(model::attribute::host_network);
}

}  // namespace

std::optional<LinkTarget> match_project_name(const LinkRequest& request) {
  const connection::Endpoint& endpoint = request.mention.endpoint;
  const EntityIndex owner = request.mention.owner;
  const bool nobody = endpoint.host.empty() || endpoint.unresolved() || endpoint.direction == connection::Direction::self;
  if (nobody || !request.index.is_of_project(owner)) return std::nullopt;
  std::optional<EntityIndex> found;
  if (is_machine(endpoint.host) || (endpoint.loopback && uses_network_of_machine(request))) {
    if (const auto port = endpoint.effective_port()) found = request.index.find_published(owner, *port);
  } else if (!endpoint.loopback) {
    found = request.index.find_in_projects(owner, endpoint.host);
  }
  if (!found) return std::nullopt;
  return LinkTarget{LinkTarget::Kind::declared, *found, {}};
}

}  // namespace postern::resolve
