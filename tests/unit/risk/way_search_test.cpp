// SPDX-License-Identifier: Apache-2.0
// The search from a node outwards, against the search from the entries, and with steps closed.
#include "risk/way_search.h"

#include <doctest/doctest.h>

#include <set>

#include "risk/factors.h"
#include "unit/risk/factor_sets.h"
#include "unit/risk/random_graph.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

StepState all_old(const PathStep&) { return StepState::old; }

double chance_of_way(const PathGraph& graph, const FoundWay& way) {
  return chance_of(standard_model(), way.path.entry_path(graph));
}

/// Two load balancers (0, 1) in front of one service (2); the second is open to the corporate network only.
PathGraph two_doors() {
  PathGraph graph;
  graph.nodes = {HopKind::proxy, HopKind::proxy, HopKind::service};
  graph.edges = {
      {{2, AuthenticationKind::none, NetworkControl::open, 10}}, {{2, AuthenticationKind::none, NetworkControl::open, 11}}, {}};
  graph.entries = {{0, EntryZone::internet, AuthenticationKind::none, NetworkControl::open, 0},
                   {1, EntryZone::corporate, AuthenticationKind::none, NetworkControl::open, 0}};
  return graph;
}

}  // namespace

TEST_CASE("both searches find ways of the same chance") {
  FactorSets draw(21);
  int found = 0;
  for (int i = 0; i < 400; ++i) {
    const PathGraph graph = random_graph(draw, 9, 18, 3);
    const EasiestPaths forward(standard_model(), graph);
    const WaySearch ways(standard_model(), graph);
    for (std::uint32_t target = 0; target < 9; ++target) {
      const auto path = forward.to(target);
      const auto way = ways.to(target, all_old);
      const double chance = path ? chance_of(standard_model(), path->entry_path(graph)) : 0;
      if (chance < standard_model().path_floor * 0.999) {
        REQUIRE_FALSE(way);
      } else if (chance > standard_model().path_floor * 1.001) {
        REQUIRE(way);
        REQUIRE(chance_of_way(graph, *way) == doctest::Approx(chance));
        REQUIRE(way->path.tags.size() == way->path.nodes.size());
        REQUIRE(way->path.nodes.back() == target);
        ++found;
      }
    }
  }
  CHECK(found > 100);
}

TEST_CASE("a closed step is not taken, and what is left is as easy as in a graph without it") {
  FactorSets draw(22);
  for (int i = 0; i < 400; ++i) {
    PathGraph graph = random_graph(draw, 7, 16, 2);
    const WaySearch ways(standard_model(), graph);
    const auto first = ways.to(3, all_old);
    if (!first || first->path.nodes.size() < 2) continue;
    const std::size_t last = first->path.nodes.size() - 1;
    const PathStep closed{first->path.nodes[last - 1], first->path.nodes[last], first->path.tags[last]};
    const auto rest = ways.to(3, [&](const PathStep& step) { return step == closed ? StepState::closed : StepState::old; });
    std::erase_if(graph.edges[*closed.from], [&](const PathGraph::Edge& edge) { return edge.tag == closed.tag; });
    const auto expected = WaySearch(standard_model(), graph).to(3, all_old);
    REQUIRE(rest.has_value() == expected.has_value());
    if (rest) REQUIRE(chance_of_way(graph, *rest) == doctest::Approx(chance_of_way(graph, *expected)));
  }
}

TEST_CASE("closing one door leaves the other one, and parallel steps are different steps") {
  PathGraph graph = two_doors();
  graph.edges[0].push_back({2, AuthenticationKind::user, NetworkControl::open, 12});
  const WaySearch ways(standard_model(), graph);
  const auto closing = [](std::set<PathStep> steps) {
    return [steps](const PathStep& step) { return steps.contains(step) ? StepState::closed : StepState::old; };
  };
  const auto beside = ways.to(2, closing({{0, 2, 10}}));
  REQUIRE(beside);
  CHECK(beside->path.authentication == AuthenticationKind::user);
  const auto other = ways.to(2, closing({{std::nullopt, 0, 0}}));
  REQUIRE(other);
  CHECK(other->path.zone == EntryZone::corporate);
  CHECK(other->path.nodes == std::vector<std::uint32_t>{1, 2});
  CHECK_FALSE(ways.to(2, closing({{std::nullopt, 0, 0}, {1, 2, 11}})));
}

TEST_CASE("of two ways as easy the one with a fresh step is found, and its fresh steps are named") {
  PathGraph graph = two_doors();
  graph.entries[1].zone = EntryZone::internet;
  const WaySearch ways(standard_model(), graph);
  for (const std::uint32_t fresh_door : {0U, 1U}) {
    const auto way =
        ways.to(2, [&](const PathStep& step) { return !step.from && step.to == fresh_door ? StepState::fresh : StepState::old; });
    REQUIRE(way);
    CHECK(way->path.nodes == std::vector<std::uint32_t>{fresh_door, 2});
    CHECK(way->fresh == std::vector<std::size_t>{0});
  }
  const auto inner = ways.to(2, [](const PathStep& step) { return step.tag == 11 ? StepState::fresh : StepState::old; });
  REQUIRE(inner);
  CHECK(inner->fresh == std::vector<std::size_t>{1});
}

TEST_CASE("an entry loses what its zone and its controls lose") {
  const PathGraph graph = two_doors();
  const WaySearch ways(standard_model(), graph);
  CHECK(ways.entry_loss(0) == 0);
  CHECK(ways.entry_loss(1) > 0);
  CHECK_FALSE(ways.entry_loss(2));
}
