// SPDX-License-Identifier: Apache-2.0
// The easiest way to one node, searched from that node outwards: what is left when steps are closed.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "risk/easiest_path.h"

namespace postern::risk {

/// What the asker says of a step: it may be taken or not, and whether it counts as fresh.
enum class StepState : std::uint8_t { closed, old, fresh };
/// `tag` of the step is set: parallel edges are different steps.
using JudgeStep = std::function<StepState(const PathStep&)>;

/// A way, and the places in its `nodes` that a fresh step leads to, outermost first; 0 is the way in.
struct FoundWay {
  FoundPath path;
  std::vector<std::size_t> fresh;
};

/// Answers for one graph, which must outlive it. A search looks at what leads to the node and at nothing else, so that it costs
/// little where the outside is near. Safe to ask from several threads.
class WaySearch {
 public:
  WaySearch(const RiskModel& model, const PathGraph& graph);

  /// The easiest way to `target` that takes no closed step. Among equally easy ones a way with a fresh step comes first, then the
  /// one with fewer steps. Nothing where no way leads there or only ways that count no more than none (the floor of a path).
  [[nodiscard]] std::optional<FoundWay> to(std::uint32_t target, const JudgeStep& judge) const;

  /// What the easiest entry at the node loses by itself, in nano-nats; nothing where the node is no entry.
  [[nodiscard]] std::optional<std::int64_t> entry_loss(std::uint32_t node) const;

 private:
  friend class BackwardSearch;
  /// The entries at a node.
  [[nodiscard]] std::span<const std::uint32_t> entries_at(std::uint32_t node) const;
  struct Back {
    std::uint32_t from;
    std::uint32_t edge;  ///< place among the edges of `from`
  };
  const RiskModel& m_model;
  const PathGraph& m_graph;
  std::vector<std::uint32_t> m_start;  ///< the steps to node n: from start[n] to start[n + 1]
  std::vector<Back> m_back;
  std::vector<std::uint32_t> m_entries;  ///< all of the graph's, by their nodes
};

}  // namespace postern::risk
