// SPDX-License-Identifier: Apache-2.0
// Dijkstra's search against the direction of the edges. Losses are those of the search from the entries, so both find ways of the
// same loss.
#include "risk/way_search.h"

#include <postern/base/error.h>

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>
#include <unordered_map>

#include "risk/path_losses.h"

namespace postern::risk {

/// One question.
class BackwardSearch {
 public:
  BackwardSearch(const WaySearch& ways, std::uint32_t target, const JudgeStep& judge)
      : m_ways(ways), m_graph(ways.m_graph), m_losses(ways.m_model), m_target(target), m_judge(judge) {}

  std::optional<FoundWay> run() {
    push(State{m_target});
    while (!m_queue.empty()) {
      const std::uint32_t index = m_queue.top().index;
      m_queue.pop();
      const State state = m_pool[index];
      if (state.entered) return way_of(state);
      if (is_dominated(state)) continue;
      m_settled[state.node].push_back({state.base, state.authentication_loss, state.network_loss, state.fresh});
      for (const std::uint32_t entry : m_ways.entries_at(state.node)) enter(state, index, m_graph.entries[entry]);
      for (std::uint32_t at = m_ways.m_start[state.node]; at != m_ways.m_start[state.node + 1]; ++at) {
        step(state, index, m_ways.m_back[at]);
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint32_t k_none = UINT32_MAX;

  /// The way from `node` to the target, or from a zone where it is entered.
  struct State {
    std::uint32_t node = 0;
    std::uint32_t next = k_none;  ///< in the pool: the state that this one leads to
    std::uint32_t tag = 0;        ///< of the step to `next`, or of the entry
    std::uint32_t steps = 0;
    bool fresh = false;       ///< it has a fresh step
    bool step_fresh = false;  ///< the step to `next`, or the entry, is one
    bool entered = false;
    model::EntryZone zone = model::EntryZone::none;
    model::AuthenticationKind authentication = model::AuthenticationKind::none;
    model::NetworkControl network = model::NetworkControl::open;
    std::int64_t base = 0;  ///< losses of hops, and of the zone
    std::int64_t authentication_loss = 0;
    std::int64_t network_loss = 0;
    [[nodiscard]] std::int64_t total() const { return base + authentication_loss + network_loss; }
  };
  struct Settled {
    std::int64_t base, authentication, network;
    bool fresh;
  };
  struct Waiting {
    std::int64_t total;
    std::uint32_t index;
  };
  /// A total order of what the graph says. A way that is complete waits for those that may become as easy.
  struct Later {
    const BackwardSearch* search;
    [[nodiscard]] auto key(const Waiting& waiting) const {
      const State& state = search->m_pool[waiting.index];
      return std::tuple(waiting.total, state.entered, !state.fresh, state.steps, state.node, state.tag, waiting.index);
    }
    bool operator()(const Waiting& a, const Waiting& b) const { return key(a) > key(b); }
  };

  void push(const State& state) {
    if (state.total() > m_losses.floor) return;
    m_pool.push_back(state);
    m_queue.push({state.total(), static_cast<std::uint32_t>(m_pool.size() - 1)});
  }

  [[nodiscard]] bool is_dominated(const State& state) const {
    const auto at = m_settled.find(state.node);
    return at != m_settled.end() && std::ranges::any_of(at->second, [&](const Settled& other) {
             const bool no_worse = other.base <= state.base && other.authentication <= state.authentication_loss &&
                                   other.network <= state.network_loss;
             return no_worse && (other.fresh || !state.fresh || other.base < state.base);
           });
  }

  void meet(State& state, model::AuthenticationKind authentication, model::NetworkControl network) const {
    state.authentication = m_losses.stronger(state.authentication, authentication);
    state.network = m_losses.stronger(state.network, network);
    state.authentication_loss = m_losses.of(state.authentication);
    state.network_loss = m_losses.of(state.network);
  }

  void enter(const State& state, std::uint32_t index, const PathGraph::Entry& entry) {
    const StepState judged = m_judge({std::nullopt, entry.node, entry.tag});
    if (judged == StepState::closed) return;
    State entered = state;
    entered.next = index;
    entered.entered = true;
    entered.tag = entry.tag;
    entered.zone = entry.zone;
    entered.base += m_losses.of(entry.zone);
    set_fresh(entered, judged);
    meet(entered, entry.authentication, entry.network);
    push(entered);
  }

  void step(const State& state, std::uint32_t index, const WaySearch::Back& back) {
    const PathGraph::Edge& edge = m_graph.edges[back.from][back.edge];
    const StepState judged = m_judge({back.from, edge.to, edge.tag});
    if (judged == StepState::closed) return;
    State before = state;
    before.node = back.from;
    before.next = index;
    before.tag = edge.tag;
    before.steps = state.steps + 1;
    before.base += m_losses.of(m_graph.nodes[back.from]);
    set_fresh(before, judged);
    meet(before, edge.authentication, edge.network);
    if (!is_dominated(before)) push(before);
  }

  static void set_fresh(State& state, StepState judged) {
    state.step_fresh = judged == StepState::fresh;
    state.fresh |= state.step_fresh;
  }

  [[nodiscard]] FoundWay way_of(const State& entered) const {
    FoundWay way;
    way.path.zone = entered.zone;
    way.path.authentication = entered.authentication;
    way.path.network = entered.network;
    way.path.losses = {m_losses.of(entered.zone), entered.base - m_losses.of(entered.zone), entered.authentication_loss,
                       entered.network_loss};
    way.path.tags.push_back(entered.tag);
    if (entered.step_fresh) way.fresh.push_back(0);
    for (std::uint32_t at = entered.next; at != k_none; at = m_pool[at].next) {
      const State& state = m_pool[at];
      way.path.nodes.push_back(state.node);
      if (state.next == k_none) break;
      way.path.tags.push_back(state.tag);
      if (state.step_fresh) way.fresh.push_back(way.path.nodes.size());
    }
    return way;
  }

  const WaySearch& m_ways;
  const PathGraph& m_graph;
  PathLossTables m_losses;
  std::uint32_t m_target;
  const JudgeStep& m_judge;
  std::unordered_map<std::uint32_t, std::vector<Settled>> m_settled;  ///< by node; only looked up
  std::vector<State> m_pool;
  std::priority_queue<Waiting, std::vector<Waiting>, Later> m_queue{Later{this}};
};

WaySearch::WaySearch(const RiskModel& model, const PathGraph& graph) : m_model(model), m_graph(graph) {
  m_start.assign(graph.nodes.size() + 1, 0);
  for (const auto& edges : graph.edges) {
    for (const PathGraph::Edge& edge : edges) ++m_start[edge.to + 1];
  }
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) m_start[node + 1] += m_start[node];
  m_back.resize(m_start.back());
  std::vector<std::uint32_t> next(m_start.begin(), m_start.end() - 1);
  for (std::uint32_t from = 0; from < graph.edges.size(); ++from) {
    for (std::uint32_t edge = 0; edge < graph.edges[from].size(); ++edge) {
      m_back[next[graph.edges[from][edge].to]++] = {from, edge};
    }
  }
  m_entries.resize(graph.entries.size());
  std::iota(m_entries.begin(), m_entries.end(), 0U);
  std::ranges::stable_sort(m_entries, {}, [&](std::uint32_t entry) { return graph.entries[entry].node; });
}

std::span<const std::uint32_t> WaySearch::entries_at(std::uint32_t node) const {
  return std::ranges::equal_range(m_entries, node, {}, [&](std::uint32_t entry) { return m_graph.entries[entry].node; });
}

std::optional<FoundWay> WaySearch::to(std::uint32_t target, const JudgeStep& judge) const {
  POSTERN_ASSERT(target < m_graph.nodes.size());
  return BackwardSearch(*this, target, judge).run();
}

std::optional<std::int64_t> WaySearch::entry_loss(std::uint32_t node) const {
  const PathLossTables losses(m_model);
  std::optional<std::int64_t> least;
  for (const std::uint32_t at : entries_at(node)) {
    const PathGraph::Entry& entry = m_graph.entries[at];
    const std::int64_t loss = losses.of(entry.zone) + losses.of(entry.network) + losses.of(entry.authentication);
    least = std::min(least.value_or(loss), loss);
  }
  return least;
}

}  // namespace postern::risk
