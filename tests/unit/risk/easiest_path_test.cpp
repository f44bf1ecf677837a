// SPDX-License-Identifier: Apache-2.0
// The search for the easiest path, against trying every simple path on small random graphs, and at size.
#include "risk/easiest_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "risk/factors.h"
#include "risk/scorer.h"
#include "unit/risk/factor_sets.h"
#include "unit/risk/random_graph.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

/// The best chance over every path without a repeated node, by trying them all.
class AllPaths {
 public:
  AllPaths(const PathGraph& graph, std::uint32_t target) : m_graph(graph), m_target(target), m_seen(graph.nodes.size()) {}

  double best() {
    for (const PathGraph::Entry& entry : m_graph.entries) {
      EntryPath path;
      path.entry = entry.zone;
      path.authentication = entry.authentication;
      path.network = entry.network;
      visit(entry.node, path);
    }
    return m_best;
  }

 private:
  void visit(std::uint32_t node, EntryPath path) {
    const RiskModel& model = standard_model();
    if (node == m_target) {
      m_best = std::max(m_best, chance_of(model, path));
      return;
    }
    if (m_seen[node]) return;
    m_seen[node] = true;
    path.hops.push_back(m_graph.nodes[node]);
    for (const PathGraph::Edge& edge : m_graph.edges[node]) {
      EntryPath next = path;
      if (model.authentication[edge.authentication] < model.authentication[next.authentication])
        next.authentication = edge.authentication;
      if (model.network[edge.network] < model.network[next.network]) next.network = edge.network;
      visit(edge.to, next);
    }
    m_seen[node] = false;
  }

  const PathGraph& m_graph;
  std::uint32_t m_target;
  std::vector<char> m_seen;
  double m_best = 0;
};

double chance_to(const PathGraph& graph, std::uint32_t target) {
  const auto found = easiest_path(standard_model(), graph, target);
  return found ? chance_of(standard_model(), found->entry_path(graph)) : 0;
}

/// Renumbers nothing, only reorders edges and entries.
PathGraph reordered(PathGraph graph, FactorSets& draw) {
  for (auto& edges : graph.edges) draw.shuffle(edges);
  draw.shuffle(graph.entries);
  return graph;
}

}  // namespace

TEST_CASE("the search finds what trying every path finds") {
  FactorSets draw(6);
  int reached = 0;
  for (int i = 0; i < 600; ++i) {
    const auto nodes = static_cast<std::uint32_t>(2 + draw.below(6));
    const PathGraph graph = random_graph(draw, nodes, nodes * 2, 1 + static_cast<std::uint32_t>(draw.below(3)));
    const EasiestPaths paths(standard_model(), graph);
    for (std::uint32_t target = 0; target < nodes; ++target) {
      const double expected = AllPaths(graph, target).best();
      const auto found = paths.to(target);
      REQUIRE(found.has_value() == (expected > 0));
      if (!found) continue;
      ++reached;
      REQUIRE(chance_of(standard_model(), found->entry_path(graph)) == doctest::Approx(expected).epsilon(1e-12));
      REQUIRE(chance_to(graph, target) == doctest::Approx(expected).epsilon(1e-12));
      REQUIRE(std::exp(-static_cast<double>(found->losses.total()) * 1e-9) == doctest::Approx(expected).epsilon(1e-7));
      REQUIRE(found->nodes.back() == target);
      REQUIRE(found->tags.size() == found->nodes.size());
    }
  }
  CHECK(reached > 1000);
}

TEST_CASE("a longer way without authentication can beat a short one with it") {
  // gateway(0) -> api(1) with mutual TLS, gateway -> helper(2) -> api without any
  PathGraph graph;
  graph.nodes = {HopKind::proxy, HopKind::service, HopKind::service};
  graph.edges = {
      {{1, AuthenticationKind::mutual_tls, NetworkControl::open, 10}, {2, AuthenticationKind::none, NetworkControl::open, 11}},
      {},
      {{1, AuthenticationKind::none, NetworkControl::open, 12}}};
  graph.entries = {{0, EntryZone::internet, AuthenticationKind::none, NetworkControl::open, 9}};
  const auto found = easiest_path(standard_model(), graph, 1);
  REQUIRE(found);
  CHECK(found->nodes == std::vector<std::uint32_t>{0, 2, 1});
  CHECK(found->tags == std::vector<std::uint32_t>{9, 11, 12});
  CHECK(found->entry_path(graph).hops == std::vector<HopKind>{HopKind::proxy, HopKind::service});
}

TEST_CASE("authentication holds once per path, not once per hop") {
  PathGraph graph;
  graph.nodes = {HopKind::proxy, HopKind::service, HopKind::service};
  graph.edges = {{{1, AuthenticationKind::mutual_tls, NetworkControl::open, 0}},
                 {{2, AuthenticationKind::mutual_tls, NetworkControl::open, 1}},
                 {}};
  graph.entries = {{0, EntryZone::internet, AuthenticationKind::user, NetworkControl::open, 2}};
  const auto found = easiest_path(standard_model(), graph, 2);
  REQUIRE(found);
  CHECK(found->authentication == AuthenticationKind::mutual_tls);
  CHECK(chance_of(standard_model(), found->entry_path(graph)) == doctest::Approx(0.97 * 0.72 * 0.55));
}

TEST_CASE("the answer does not depend on the order of edges and entries") {
  FactorSets draw(7);
  for (int i = 0; i < 200; ++i) {
    const PathGraph graph = random_graph(draw, 12, 40, 3);
    const PathGraph other = reordered(graph, draw);
    const EasiestPaths paths(standard_model(), graph);
    const EasiestPaths same(standard_model(), other);
    for (std::uint32_t target = 0; target < 12; ++target) {
      const auto a = paths.to(target);
      const auto b = same.to(target);
      REQUIRE(a.has_value() == b.has_value());
      if (!a) continue;
      REQUIRE(a->nodes == b->nodes);
      REQUIRE(a->tags == b->tags);
    }
  }
}

TEST_CASE("removing a control or adding a way never makes a target harder to reach; unrelated nodes change nothing") {
  FactorSets draw(8);
  for (int i = 0; i < 300; ++i) {
    const PathGraph graph = random_graph(draw, 8, 16, 2);
    const auto target = static_cast<std::uint32_t>(draw.below(8));
    const double before = chance_to(graph, target);

    PathGraph open = graph;
    for (auto& edges : open.edges) {
      for (PathGraph::Edge& edge : edges) edge.authentication = AuthenticationKind::none;
    }
    REQUIRE(chance_to(open, target) >= before);

    PathGraph wider = graph;
    wider.edges[draw.below(8)].push_back(
        {static_cast<std::uint32_t>(draw.below(8)), draw.any<AuthenticationKind>(), draw.any<NetworkControl>(), 99});
    REQUIRE(chance_to(wider, target) >= before * (1 - 1e-12));

    PathGraph larger = graph;
    larger.nodes.push_back(HopKind::proxy);
    larger.edges.push_back({{target, AuthenticationKind::none, NetworkControl::open, 98}});  // reaches us, but nobody reaches it
    REQUIRE(chance_to(larger, target) == before);
  }
}

TEST_CASE("a chain of fifty thousand nodes is followed to its end") {
  constexpr std::uint32_t k_nodes = 50'000;
  PathGraph graph;
  graph.nodes.assign(k_nodes, HopKind::service);
  graph.edges.resize(k_nodes);
  for (std::uint32_t node = 0; node + 1 < k_nodes; ++node)
    graph.edges[node].push_back({node + 1, AuthenticationKind::none, NetworkControl::open, node});
  graph.entries.push_back({});
  const auto found = EasiestPaths(standard_model(), graph).to(k_nodes - 1);
  REQUIRE(found);
  CHECK(found->nodes.size() == k_nodes);
}

TEST_CASE("a path found feeds the scorer") {
  FactorSets draw(9);
  const PathGraph graph = random_graph(draw, 8, 20, 2);
  for (std::uint32_t target = 0; target < 8; ++target) {
    RiskFactors factors;
    const auto found = easiest_path(standard_model(), graph, target);
    if (found) factors.paths = {found->entry_path(graph)};
    const RiskAssessment assessment = assess(standard_model(), factors);
    CHECK(assessment.path.has_value() == found.has_value());
  }
}
