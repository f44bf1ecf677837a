// SPDX-License-Identifier: Apache-2.0
// How many instances of a workload there are, and how many must stay.
#include "derive/availability.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace postern::derive {
namespace {

using model::Attributes;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Symbol;
namespace attribute = model::attribute;

/// Kinds that are kept running in a number of copies.
constexpr std::array<std::string_view, 5> k_replicated = {"Deployment", "ReplicaSet", "ReplicationController", "Rollout",
                                                          "StatefulSet"};

/// `3` or `50%` of so many, rounded up as the controller does; nothing for another text.
std::optional<std::int64_t> share_of(std::string_view text, std::int64_t replicas) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty()) return number;
  constexpr std::int64_t k_whole = 100;
  return rest == "%" && number <= k_whole ? std::optional((number * replicas + k_whole - 1) / k_whole) : std::nullopt;
}

enum class Protection : std::uint8_t { unknown, ineffective, limited, blocked };

/// A budget that keeps one of one is blocking: nothing can be evicted while it holds.
Protection protection_of(const Entity& budget, std::int64_t replicas) {
  const Symbol least = budget.attributes.text(attribute::min_available);
  const Symbol most = budget.attributes.text(attribute::max_unavailable);
  std::optional<std::int64_t> away;
  if (!most.empty()) {
    away = share_of(most.view(), replicas);
  } else if (const auto stay = share_of(least.view(), replicas)) {
    away = std::max<std::int64_t>(replicas - *stay, 0);
  }
  if (!away) return Protection::unknown;
  if (*away == 0) return Protection::blocked;
  return *away >= replicas ? Protection::ineffective : Protection::limited;
}

class AvailabilityDeriver {
 public:
  explicit AvailabilityDeriver(model::ArchitectureGraph& graph) : m_graph(graph) {}

  void run() {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Symbol kind = m_graph.entity(index).attributes.text(attribute::workload_kind);
      if (std::find(k_replicated.begin(), k_replicated.end(), kind.view()) != k_replicated.end()) settle(index);
    }
  }

 private:
  void settle(EntityIndex index) {
    std::int64_t least = m_graph.entity(index).attributes.number(attribute::replicas).value_or(1);
    std::optional<std::int64_t> most;
    std::vector<const Entity*> budgets;
    for (const model::RelationIndex in : m_graph.incoming(index)) {
      const Entity& source = m_graph.entity(m_graph.relation(in).source);
      if (source.kind == EntityKind::disruption_budget) budgets.push_back(&source);
      if (source.kind != EntityKind::autoscaler) continue;
      least = source.attributes.number(attribute::min_replicas).value_or(1);
      if (const auto largest = source.attributes.number(attribute::max_replicas)) most = std::max(most.value_or(0), *largest);
    }
    // With several budgets each must allow an eviction: the strictest counts.
    Protection protection = Protection::unknown;
    for (const Entity* budget : budgets)
      protection = std::max(protection, protection_of(*budget, std::max<std::int64_t>(least, 1)));
    Attributes& attributes = m_graph.entity_for_derivation(index).attributes;
    attributes.set(attribute::least_replicas, least);
    if (most) attributes.set(attribute::most_replicas, *most);
    if (protection == Protection::unknown) return;
    constexpr std::array<std::string_view, 4> k_words = {"", "ineffective", "limited", "blocked"};
    attributes.set(attribute::disruption_protection, Symbol(k_words.at(static_cast<std::size_t>(protection))),
                   budgets.front()->locations.empty() ? model::Location{} : budgets.front()->locations.front());
  }

  model::ArchitectureGraph& m_graph;
};

}  // namespace

void derive_availability(model::ArchitectureGraph& graph) { AvailabilityDeriver(graph).run(); }

}  // namespace postern::derive
