// SPDX-License-Identifier: Apache-2.0
// Hosts of gateways and routes, and whose they are.
#include "resolve/own_hosts.h"

#include <postern/model/attribute.h>

#include "connection/host.h"

namespace postern::resolve {
namespace {

/// The part of a name of the public DNS that somebody registered; empty where there is none.
std::string_view organisation_of(std::string_view host) {
  constexpr std::size_t k_longest_suffix_label = 3;  // of second-level suffixes: co.uk, com.au, org.br
  const std::size_t top = host.rfind('.');
  if (top == std::string_view::npos || top == 0) return {};
  const std::size_t second = host.rfind('.', top - 1);
  if (second == std::string_view::npos) return host;
  if (top - second - 1 > k_longest_suffix_label || second == 0) return host.substr(second + 1);
  const std::size_t third = host.rfind('.', second - 1);
  return third == std::string_view::npos ? host : host.substr(third + 1);
}

bool is_of_vendor(std::string_view host) {
  return connection::describe_host(host).host_class == connection::HostClass::known_vendor;
}

}  // namespace

OwnHosts::OwnHosts(std::span<const model::Entity> entities) {
  for (const model::Entity& entity : entities) {
    if (entity.kind != model::EntityKind::gateway && entity.kind != model::EntityKind::route) continue;
    const model::Attribute* row = entity.attributes.find(model::attribute::hosts);
    const auto* list = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
    if (list == nullptr) continue;
    for (const model::Symbol name : *list) {
      std::string_view host = name.view();
      if (host.starts_with("*.")) host.remove_prefix(2);
      if (host.find('.') == std::string_view::npos || m_hosts.contains(host)) continue;
      m_hosts.emplace(host);
      if (!is_of_vendor(host)) m_organisations.emplace(organisation_of(host));
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
  const std::string_view organisation = organisation_of(host);
  return !organisation.empty() && !is_of_vendor(host) && m_organisations.contains(organisation);
}

}  // namespace postern::resolve
