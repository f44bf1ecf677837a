// SPDX-License-Identifier: Apache-2.0
// Hosts of gateways and routes, and whose they are.
#include "resolve/own_hosts.h"

#include <postern/model/attribute.h>

#include "connection/host.h"
#include "connection/registrable_domain.h"

namespace postern::resolve {
namespace {

bool is_of_vendor(std::string_view host) {
  return connection::describe_host(host).host_class == connection::HostClass::known_vendor;
}

}  // namespace

OwnHosts::OwnHosts(std::span<const model::Entity> entities) {
  for (const model::Entity& entity : entities) {
    if (entity.kind != model::EntityKind::gateway && entity.kind != model::EntityKind::route) continue;
    const model::TextList& list = entity.attributes.list(model::attribute::hosts);
    for (const model::Symbol name : list) {
      std::string_view host = name.view();
      if (host.starts_with("*.")) host.remove_prefix(2);
      if (host.find('.') == std::string_view::npos || m_hosts.contains(host)) continue;
      m_hosts.emplace(host);
      const std::string_view organisation = connection::registrable_domain(host);
      if (!organisation.empty() && !is_of_vendor(host)) m_organisations.emplace(organisation);
    }
  }
}

bool OwnHosts::covers(std::string_view host) const {
  for (std::string_view name = host;;) {
    if (m_hosts.contains(name)) return true;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) break;
    name.remove_prefix(dot + 1);
  }
  const std::string_view organisation = connection::registrable_domain(host);
  return !organisation.empty() && !is_of_vendor(host) && m_organisations.contains(organisation);
}

}  // namespace postern::resolve
