// SPDX-License-Identifier: Apache-2.0
// The ways to one subject of the candidate, and which of their steps the release brings.
#include "app/ways_in.h"

#include <algorithm>

namespace postern::app {
namespace {

using model::EntityIndex;
using risk::PathStep;
using risk::StepState;

/// More steps than these are no advice, and as many ways are looked at before one gives up.
constexpr std::size_t k_most_steps = 4;
constexpr std::size_t k_most_ways = 24;

std::vector<std::string> steps_of(const model::EntryPath& path) {
  std::vector<std::string> steps = {std::string(to_string(path.entry))};
  steps.insert(steps.end(), path.nodes.begin(), path.nodes.end());
  return steps;
}

}  // namespace

std::optional<Way> WaysIn::to(EntityIndex subject, const ClosedSteps& closed) const {
  return m_after.way_to(subject, [&](const PathStep& step) {
    if (closed.contains(step)) return StepState::closed;
    return is_new(step) ? StepState::fresh : StepState::old;
  });
}

std::optional<Way> WaysIn::over_old_callers(EntityIndex subject) const {
  return m_after.way_to(subject, [&](const PathStep& step) {
    if (!is_new(step)) return StepState::old;
    return step.to == subject ? StepState::closed : StepState::fresh;
  });
}

bool WaysIn::Obstacles::add(const Way& way) {
  if (m_ways.size() == k_most_ways) return false;
  std::vector<PathStep>& steps = m_ways.emplace_back();
  for (const std::size_t at : way.fresh) steps.push_back(way.steps[at]);
  return true;
}

ClosedSteps WaysIn::Obstacles::fewest() const {
  for (std::size_t most = 1; most <= k_most_steps; ++most) {
    ClosedSteps chosen;
    if (complete(chosen, most)) return chosen;
  }
  return {};
}

bool WaysIn::Obstacles::complete(ClosedSteps& chosen, std::size_t most) const {
  const auto open = std::ranges::find_if(m_ways, [&](const std::vector<PathStep>& way) {
    return std::ranges::none_of(way, [&](const PathStep& step) { return chosen.contains(step); });
  });
  if (open == m_ways.end()) return true;
  if (chosen.size() == most) return false;
  for (const PathStep& step : *open) {
    chosen.insert(step);
    if (complete(chosen, most)) return true;
    chosen.erase(step);
  }
  return false;
}

std::vector<CutStep> WaysIn::in_order(EntityIndex subject, ClosedSteps steps) const {
  std::vector<CutStep> cuts;
  ClosedSteps closed;
  std::optional<Way> way = to(subject);
  while (way && !steps.empty()) {
    const auto next = std::ranges::find_if(way->steps, [&](const PathStep& step) { return steps.contains(step); });
    if (next == way->steps.end()) break;
    closed.insert(*next);
    steps.erase(*next);
    std::optional<Way> rest = to(subject, closed);
    cuts.push_back({*next, way->path.entry, rest});
    way = std::move(rest);
  }
  return cuts;
}

model::WayStep WaysIn::described(const PathStep& step, model::EntryZone zone) const {
  const model::ArchitectureGraph& graph = m_after.graph();
  model::WayStep result;
  result.from = step.from ? graph.entity(*step.from).id.address.str() : std::string(to_string(zone));
  result.to = graph.entity(step.to).id.address.str();
  if (step.from) {
    const auto& evidence = graph.relation(step.tag).evidence;
    if (!evidence.empty()) result.location = evidence.front().location;
  } else if (const auto& locations = graph.entity(step.to).locations; !locations.empty()) {
    result.location = locations.front();
  }
  return result;
}

model::RemainingWay WaysIn::described(const Way& way) const {
  model::RemainingWay result;
  result.steps = steps_of(way.path);
  result.origin = way.fresh.empty() ? model::WayOrigin::before : model::WayOrigin::release;
  const std::size_t telling = way.fresh.empty() ? 0 : way.fresh.front();
  result.location = described(way.steps[telling], way.path.entry).location;
  return result;
}

model::RemainingWay described_as_restored(const model::EntryPath& path) {
  model::RemainingWay result;
  result.steps = steps_of(path);
  result.origin = model::WayOrigin::restored;
  if (!path.evidence.empty()) result.location = path.evidence.front();
  return result;
}

}  // namespace postern::app
