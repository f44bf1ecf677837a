// SPDX-License-Identifier: Apache-2.0
// Reads the checks of the gateways on each way, and what the mesh asks for in front of the workload.
#include "policy/way_checks.h"

#include <postern/base/text.h>
#include <postern/model/gateway_checks.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace postern::policy {
namespace {

using model::Entity;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

constexpr std::string_view k_step = " > ";

std::vector<std::string_view> steps_of(std::string_view way) {
  std::vector<std::string_view> steps;
  while (true) {
    const std::size_t at = way.find(k_step);
    steps.push_back(way.substr(0, at));
    if (at == std::string_view::npos) return steps;
    way.remove_prefix(at + k_step.size());
  }
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
    const model::GatewayChecks checks = model::checks_at(gateway, steps[step + 1]);
    if (checks.names.empty()) continue;
    const std::vector<std::string> names(checks.names.begin(), checks.names.end());
    phrases.push_back(gateway.id.address.str() + " asks" + (checks.all ? ": " : " for some requests: ") + base::join(names, ", "));
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
