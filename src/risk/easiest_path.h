// SPDX-License-Identifier: Apache-2.0
// The easiest way in: a shortest-path search on -log of the chances, over (node, strongest authentication, strongest network).
#pragma once
#include <postern/model/risk.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "risk/model.h"

namespace postern::risk {

/// The graph as the search sees it: what crossing a node means, and where one leads. Nodes are numbered in the order of their ids,
/// so that ties are broken the same way whatever the order of the inputs.
struct PathGraph {
  /// A step from a node to `to`. `tag` is the caller's (a relation's index) and is handed back with the path.
  struct Edge {
    std::uint32_t to = 0;
    model::AuthenticationKind authentication = model::AuthenticationKind::none;
    model::NetworkControl network = model::NetworkControl::open;
    std::uint32_t tag = 0;
  };
  /// Where a zone meets the graph. The entry node is crossed like any other unless it is the target.
  struct Entry {
    std::uint32_t node = 0;
    model::EntryZone zone = model::EntryZone::internet;
    model::AuthenticationKind authentication = model::AuthenticationKind::none;
    model::NetworkControl network = model::NetworkControl::open;
    std::uint32_t tag = 0;
  };
  std::vector<model::HopKind> nodes;
  std::vector<std::vector<Edge>> edges;  ///< by node
  std::vector<Entry> entries;
};

/// A step from one node to another, or into the graph at a node. Parallel edges are told apart by their tags.
struct PathStep {
  std::optional<std::uint32_t> from;  ///< none: the way in
  std::uint32_t to = 0;
  std::uint32_t tag = 0;
  friend auto operator<=>(const PathStep&, const PathStep&) = default;
};

/// What a path loses, in nano-nats (1e-9 of -ln).
struct PathLosses {
  std::int64_t entry = 0;
  std::int64_t hops = 0;
  std::int64_t authentication = 0;
  std::int64_t network = 0;
  [[nodiscard]] std::int64_t total() const { return entry + hops + authentication + network; }
};

/// A path from a zone to a target.
struct FoundPath {
  model::EntryZone zone = model::EntryZone::none;
  model::AuthenticationKind authentication = model::AuthenticationKind::none;  ///< the strongest met
  model::NetworkControl network = model::NetworkControl::open;                 ///< the strongest met
  std::vector<std::uint32_t> nodes;                                            ///< from the entry node to the target
  std::vector<std::uint32_t> tags;  ///< of the entry, then of each edge: as many as nodes
  PathLosses losses;

  /// The path as an input of the scorer; ids and evidence are the caller's to add.
  [[nodiscard]] model::EntryPath entry_path(const PathGraph& graph) const;
};

/// The easiest paths from all entries: one search, then any number of questions.
class EasiestPaths {
 public:
  /// Searches from all entries. Costs about (nodes + edges) * log, times the combinations of controls that really occur on ways to
  /// a node (at most 28). With `only`, the search ends when that node is reached. Every index in the graph must be in range
  /// (asserted).
  EasiestPaths(const RiskModel& model, const PathGraph& graph, std::optional<std::uint32_t> only = std::nullopt);

  /// The easiest path to `target`; nothing when no entry leads there.
  [[nodiscard]] std::optional<FoundPath> to(std::uint32_t target) const;

 private:
  friend class PathSearch;
  static constexpr std::uint32_t k_no_state = UINT32_MAX;
  /// A node reached with certain controls.
  struct State {
    std::uint32_t node = 0;
    std::uint32_t tag = 0;
    std::uint32_t previous = k_no_state;
    std::uint32_t steps = 0;
    model::EntryZone zone = model::EntryZone::none;
    model::AuthenticationKind authentication = model::AuthenticationKind::none;
    model::NetworkControl network = model::NetworkControl::open;
    PathLosses losses;
  };
  std::vector<State> m_states;
  std::vector<std::uint32_t> m_best;  ///< by node: its first settled state
};

/// The easiest path to one target; the search ends there.
[[nodiscard]] std::optional<FoundPath> easiest_path(const RiskModel& model, const PathGraph& graph, std::uint32_t target);

}  // namespace postern::risk
