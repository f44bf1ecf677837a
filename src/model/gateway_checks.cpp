// SPDX-License-Identifier: Apache-2.0
// Who asks for an identity at a gateway, for what it hands to one endpoint.
#include <postern/model/gateway_checks.h>

#include <algorithm>
#include <vector>

namespace postern::model {
namespace {

/// `web` of `shop/services/web` and of `shop/web:80`.
std::string_view last_name(std::string_view text) {
  text = text.substr(0, text.find(':'));
  return text.substr(text.rfind('/') + 1);
}

/// The routes that lead to an endpoint, as keys of checks.
std::vector<std::string_view> routes_to(const Entity& gateway, std::string_view endpoint) {
  constexpr std::string_view k_arrow = " -> ";
  std::vector<std::string_view> keys;
  for (const Symbol route : gateway.attributes.list(attribute::paths)) {
    const std::size_t arrow = route.view().find(k_arrow);
    if (arrow == std::string_view::npos) continue;
    if (last_name(route.view().substr(arrow + k_arrow.size())) == last_name(endpoint))
      keys.push_back(route.view().substr(0, arrow));
  }
  return keys;
}

}  // namespace

GatewayChecks checks_at(const Entity& gateway, std::string_view endpoint) {
  const std::vector<std::string_view> routes = routes_to(gateway, endpoint);
  GatewayChecks checks;
  std::set<std::string_view> asked;
  bool everything = false;
  for (const Attribute& row : gateway.attributes.of(attribute::authentication)) {
    const bool concerns =
        row.key.empty() || routes.empty() || std::find(routes.begin(), routes.end(), row.key.view()) != routes.end();
    const auto* list = std::get_if<TextList>(&row.value);
    if (!concerns || list == nullptr) continue;
    everything |= row.key.empty();
    asked.insert(row.key.view());
    for (const Symbol name : *list) checks.names.insert(name.view());
  }
  const auto is_asked = [&](std::string_view route) { return asked.contains(route); };
  checks.all = everything || (!routes.empty() && std::all_of(routes.begin(), routes.end(), is_asked));
  return checks;
}

}  // namespace postern::model
