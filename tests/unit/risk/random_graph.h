// SPDX-License-Identifier: Apache-2.0
// Random but repeatable graphs for the tests of searches.
#pragma once
#include "risk/easiest_path.h"
#include "unit/risk/factor_sets.h"

namespace postern::risk {

inline PathGraph random_graph(FactorSets& draw, std::uint32_t nodes, std::uint32_t edges, std::uint32_t entries) {
  PathGraph graph;
  for (std::uint32_t i = 0; i < nodes; ++i) graph.nodes.push_back(draw.any<model::HopKind>());
  graph.edges.resize(nodes);
  for (std::uint32_t i = 0; i < edges; ++i) {
    graph.edges[draw.below(nodes)].push_back(
        {static_cast<std::uint32_t>(draw.below(nodes)),
         draw.below(2) ? model::AuthenticationKind::none : draw.any<model::AuthenticationKind>(),
         draw.below(2) ? model::NetworkControl::open : draw.any<model::NetworkControl>(), i});
  }
  for (std::uint32_t i = 0; i < entries; ++i) {
    graph.entries.push_back({static_cast<std::uint32_t>(draw.below(nodes)), draw.any<model::EntryZone>(),
                             draw.any<model::AuthenticationKind>(), draw.any<model::NetworkControl>(), edges + i});
  }
  return graph;
}

}  // namespace postern::risk
