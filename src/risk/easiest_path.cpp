// SPDX-License-Identifier: Apache-2.0
// Dijkstra's search for the easiest path. Losses are whole nano-nats: sums do not depend on the order of their terms.
#include "risk/easiest_path.h"

#include <postern/base/error.h>

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

#include "risk/path_losses.h"

namespace postern::risk {
namespace {

constexpr std::uint32_t k_authentications = 7;
constexpr std::uint32_t k_networks = 4;
constexpr std::uint32_t k_combinations = k_authentications * k_networks;

}  // namespace

/// One run of the search.
class PathSearch {
 public:
  PathSearch(const RiskModel& model, const PathGraph& graph, EasiestPaths& result)
      : m_graph(graph),
        m_result(result),
        m_losses(model),
        m_settled(graph.nodes.size()),
        m_least(graph.nodes.size() * k_combinations, std::numeric_limits<std::int64_t>::max()) {
    POSTERN_ASSERT(graph.edges.size() == graph.nodes.size());
    m_result.m_best.assign(graph.nodes.size(), EasiestPaths::k_no_state);
  }

  void run(std::optional<std::uint32_t> only) {
    for (const PathGraph::Entry& entry : m_graph.entries) enter(entry);
    while (!m_queue.empty()) {
      const State state = m_pool[m_queue.top().index];
      m_queue.pop();
      if (is_dominated(state)) continue;
      const std::uint32_t index = settle(state);
      if (only == state.node) return;
      for (const PathGraph::Edge& edge : m_graph.edges[state.node]) step(state, index, edge);
    }
  }

 private:
  using State = EasiestPaths::State;

  /// What a settled state means for later ones: losses of entry and hops, and of its controls.
  struct Settled {
    std::int64_t base;
    std::int64_t authentication;
    std::int64_t network;
  };

  /// A state that waits, by its place in the pool.
  struct Waiting {
    std::int64_t total;
    std::uint32_t steps;
    std::uint32_t index;
  };

  [[nodiscard]] auto tie_key(std::uint32_t index) const {
    const State& state = m_pool[index];
    const std::uint32_t previous_node = state.previous == EasiestPaths::k_no_state ? 0 : m_result.m_states[state.previous].node;
    return std::tuple(state.node, previous_node, state.authentication, state.network, state.zone, state.tag, state.previous);
  }

  /// The order of the queue is total and made of what the graph says, so nothing depends on the order in which edges were given.
  struct Later {
    const PathSearch* search;
    bool operator()(const Waiting& a, const Waiting& b) const {
      if (a.total != b.total) return a.total > b.total;
      if (a.steps != b.steps) return a.steps > b.steps;
      return search->tie_key(a.index) > search->tie_key(b.index);
    }
  };

  /// Queues a state unless one with the same controls waits for the node with fewer losses, or a settled one makes it pointless.
  void push(const State& state) {
    const std::int64_t base = state.losses.entry + state.losses.hops;
    std::int64_t& least = m_least[state.node * k_combinations + static_cast<std::uint32_t>(state.authentication) * k_networks +
                                  static_cast<std::uint32_t>(state.network)];
    if (base > least || is_dominated(state)) return;
    least = base;
    m_pool.push_back(state);  // first: the queue's order looks into the pool
    m_queue.push({state.losses.total(), state.steps, static_cast<std::uint32_t>(m_pool.size() - 1)});
  }

  void enter(const PathGraph::Entry& entry) {
    POSTERN_ASSERT(entry.node < m_graph.nodes.size());
    State state;
    state.node = entry.node;
    state.tag = entry.tag;
    state.zone = entry.zone;
    state.losses.entry = m_losses.of(entry.zone);
    meet(state, entry.authentication, entry.network);
    push(state);
  }

  void step(const State& from, std::uint32_t from_index, const PathGraph::Edge& edge) {
    POSTERN_ASSERT(edge.to < m_graph.nodes.size());
    State state = from;
    state.node = edge.to;
    state.tag = edge.tag;
    state.previous = from_index;
    state.steps = from.steps + 1;
    state.losses.hops += m_losses.of(m_graph.nodes[from.node]);
    meet(state, edge.authentication, edge.network);
    push(state);
  }

  void meet(State& state, model::AuthenticationKind authentication, model::NetworkControl network) {
    state.authentication = m_losses.stronger(state.authentication, authentication);
    state.network = m_losses.stronger(state.network, network);
    state.losses.authentication = m_losses.of(state.authentication);
    state.losses.network = m_losses.of(state.network);
  }

  /// Whether a settled state of the node is no worse now and no worse after any further step: fewer base losses, no stronger
  /// controls.
  [[nodiscard]] bool is_dominated(const State& state) const {
    const std::int64_t base = state.losses.entry + state.losses.hops;
    return std::ranges::any_of(m_settled[state.node], [&](const Settled& other) {
      return other.base <= base && other.authentication <= state.losses.authentication && other.network <= state.losses.network;
    });
  }

  std::uint32_t settle(const State& state) {
    const auto index = static_cast<std::uint32_t>(m_result.m_states.size());
    m_result.m_states.push_back(state);
    m_settled[state.node].push_back({state.losses.entry + state.losses.hops, state.losses.authentication, state.losses.network});
    POSTERN_ASSERT(m_settled[state.node].size() <= k_combinations);
    if (m_result.m_best[state.node] == EasiestPaths::k_no_state) m_result.m_best[state.node] = index;
    return index;
  }

  const PathGraph& m_graph;
  EasiestPaths& m_result;
  PathLossTables m_losses;
  std::vector<std::vector<Settled>> m_settled;  ///< by node
  std::vector<std::int64_t> m_least;            ///< by node and controls: the fewest base losses of any state so far
  std::vector<State> m_pool;                    ///< every state that ever waited
  std::priority_queue<Waiting, std::vector<Waiting>, Later> m_queue{Later{this}};
};

model::EntryPath FoundPath::entry_path(const PathGraph& graph) const {
  model::EntryPath path;
  path.entry = zone;
  path.authentication = authentication;
  path.network = network;
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) path.hops.push_back(graph.nodes[nodes[i]]);
  return path;
}

EasiestPaths::EasiestPaths(const RiskModel& model, const PathGraph& graph, std::optional<std::uint32_t> only) {
  PathSearch(model, graph, *this).run(only);
}

std::optional<FoundPath> EasiestPaths::to(std::uint32_t target) const {
  POSTERN_ASSERT(target < m_best.size());
  if (m_best[target] == k_no_state) return std::nullopt;
  const State& last = m_states[m_best[target]];
  FoundPath path{last.zone, last.authentication, last.network, {}, {}, last.losses};
  for (std::uint32_t at = m_best[target]; at != k_no_state; at = m_states[at].previous) {
    path.nodes.push_back(m_states[at].node);
    path.tags.push_back(m_states[at].tag);
  }
  std::ranges::reverse(path.nodes);
  std::ranges::reverse(path.tags);
  return path;
}

std::optional<FoundPath> easiest_path(const RiskModel& model, const PathGraph& graph, std::uint32_t target) {
  return EasiestPaths(model, graph, target).to(target);
}

}  // namespace postern::risk
