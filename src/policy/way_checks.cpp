// SPDX-License-Identifier: Apache-2.0
// Reads the checks of the gateways on each way, and what the mesh asks for in front of the workload.
#include "policy/way_checks.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace postern::policy {
namespace {

using model::Entity;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

constexpr std::string_view k_step = " > ";
constexpr std::string_view k_arrow = " -> ";

std::vector<std::string_view> steps_of(std::string_view way) {
  std::vector<std::string_view> steps;
  while (true) {
    const std::size_t at = way.find(k_step);
    steps.push_back(way.substr(0, at));
    if (at == std::string_view::npos) return steps;
    way.remove_prefix(at + k_step.size());
  }
}

/// `web` of `shop/services/web` and of `shop/web:80`.
std::string_view last_name(std::string_view text) {
  text = text.substr(0, text.find(':'));
  return text.substr(text.rfind('/') + 1);
}

/// The checks of a gateway for what it hands to one endpoint.
struct GatewayChecks {
  std::string names;
  bool all = false;  ///< every route to the endpoint has one
};

/// The routes of a gateway that lead to an endpoint, as keys of its checks.
std::vector<std::string_view> routes_to(const Entity& gateway, std::string_view endpoint) {
  std::vector<std::string_view> keys;
  for (const Symbol route : gateway.attributes.list(attribute::paths)) {
    const std::size_t arrow = route.view().find(k_arrow);
    if (arrow == std::string_view::npos) continue;
    if (last_name(route.view().substr(arrow + k_arrow.size())) == last_name(endpoint))
      keys.push_back(route.view().substr(0, arrow));
  }
  return keys;
}

/// Checks without a key are for everything; others for the route that is their key. Where no route can be told, they are for some.
GatewayChecks checks_of(const Entity& gateway, std::string_view endpoint) {
  const std::vector<std::string_view> routes = routes_to(gateway, endpoint);
  std::set<std::string> names;
  std::set<std::string_view> asked;
  bool everything = false;
  for (const model::Attribute& row : gateway.attributes.of(attribute::authentication)) {
    const bool concerns =
        row.key.empty() || routes.empty() || std::find(routes.begin(), routes.end(), row.key.view()) != routes.end();
    const auto* list = std::get_if<TextList>(&row.value);
    if (!concerns || list == nullptr) continue;
    everything |= row.key.empty();
    asked.insert(row.key.view());
    for (const Symbol name : *list) names.insert(name.str());
  }
  GatewayChecks checks;
  for (const std::string& name : names) checks.names += (checks.names.empty() ? "" : ", ") + name;
  const auto is_asked = [&](std::string_view route) { return asked.contains(route); };
  checks.all = everything || (!routes.empty() && std::all_of(routes.begin(), routes.end(), is_asked));
  return checks;
}

/// What the mesh asks callers of the workload for, on whatever way they come.
std::string mesh_check(const Entity& workload) {
  constexpr std::array<std::string_view, 4> k_asking = {"authenticated", "delegated", "named", "nobody"};
  const std::string callers = workload.attributes.text(attribute::authorization).str();
  if (std::find(k_asking.begin(), k_asking.end(), callers) != k_asking.end()) return "the mesh lets in callers: " + callers;
  if (workload.attributes.text(attribute::mutual_tls).view() == "STRICT") return "the mesh asks callers for mutual TLS";
  return {};
}

/// The phrases for one way; nothing where nobody asks on it.
std::vector<std::string> checks_on(const model::ArchitectureGraph& graph, const Entity& workload, std::string_view way) {
  std::vector<std::string> phrases;
  const std::vector<std::string_view> steps = steps_of(way);
  for (std::size_t step = 1; step + 1 < steps.size(); ++step) {
    const auto found = graph.find(model::EntityId{workload.id.application, workload.id.target, Symbol(steps[step])});
    if (!found || graph.entity(*found).kind != model::EntityKind::gateway) continue;
    const Entity& gateway = graph.entity(*found);
    const GatewayChecks checks = checks_of(gateway, steps[step + 1]);
    if (checks.names.empty()) continue;
    phrases.push_back(gateway.id.address.str() + " asks" + (checks.all ? ": " : " for some requests: ") + checks.names);
  }
  if (std::string mesh = mesh_check(workload); !mesh.empty()) phrases.push_back(std::move(mesh));
  return phrases;
}

}  // namespace

std::vector<std::string> checks_on_ways(const model::ArchitectureGraph& graph, model::EntityIndex workload) {
  const Entity& entity = graph.entity(workload);
  std::vector<std::string> phrases;
  std::vector<std::string> silent;
  for (const Symbol way : entity.attributes.list(attribute::entry_paths)) {
    if (!way.view().starts_with("internet")) continue;
    std::vector<std::string> found = checks_on(graph, entity, way.view());
    if (found.empty()) silent.push_back("nobody is known to ask on " + way.str());
    phrases.insert(phrases.end(), found.begin(), found.end());
  }
  if (phrases.empty()) return phrases;
  std::sort(phrases.begin(), phrases.end());
  phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
  phrases.insert(phrases.end(), silent.begin(), silent.end());
  return phrases;
}

}  // namespace postern::policy
