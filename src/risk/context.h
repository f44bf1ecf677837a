// SPDX-License-Identifier: Apache-2.0
// From the linked graph to the inputs of a score: ways in, data within reach, importance, blast radius.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/risk.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "risk/easiest_path.h"
#include "risk/model.h"
#include "risk/way_search.h"

namespace postern::risk {

/// Whether an attacker inside the cluster can open connections that no relation declares.
enum class Lateral : std::uint8_t {
  no,       ///< only along relations
  possible  ///< also from any exposed workload straight to the subject: nothing isolates it any more
};

/// The inputs of scores for one state. The graph must outlive it; safe to ask from several threads.
class RiskContext {
 public:
  RiskContext(const RiskModel& model, const model::ArchitectureGraph& graph, model::EnvironmentClass environment);

  /// What an attack on `subject` depends on. Severity and maturity are the caller's to set (a design finding is `inherent`).
  [[nodiscard]] model::RiskFactors factors_for(model::EntityIndex subject, Lateral lateral = Lateral::no) const;

  /// A way in, with its steps as the search takes them: `from` and `to` are entities, `tag` is the relation that a step follows
  /// (not of the way in itself).
  struct Way {
    model::EntryPath path;
    std::vector<PathStep> steps;     ///< from the outside inwards; the first is the way in
    std::vector<std::size_t> fresh;  ///< the steps that were judged so, as places in `steps`
  };
  /// The easiest way to `subject` that takes no closed step; among equally easy ones one with a fresh step. Nothing where there is
  /// none, for accounts, and where what is left counts no more than no way at all.
  [[nodiscard]] std::optional<Way> way_to(model::EntityIndex subject, const JudgeStep& judge) const;

  /// Whether this state has a step of a way of `other`, between the same entities by the same relation; a way in only if it is no
  /// less open here.
  [[nodiscard]] bool has_step_of(const RiskContext& other, const PathStep& step) const;

  [[nodiscard]] const model::ArchitectureGraph& graph() const { return m_graph; }

  /// The `most` nearest entities (at most 32) that can be reached from `subject` along network relations that no policy blocks,
  /// without itself.
  [[nodiscard]] std::vector<model::EntityIndex> reach(model::EntityIndex subject, std::size_t most) const;

 private:
  struct Reached {
    model::EntityIndex entity;
    std::uint32_t hops;
  };
  /// What an entity adds to the factors of those that reach it.
  struct Stake {
    const model::TextList* data_classes = nullptr;  ///< nullptr: holds none
    bool important = false;
    [[nodiscard]] bool is_any() const noexcept { return data_classes != nullptr || important; }
  };
  /// What a search from one subject finds, without the subject; nearest first, of equally near ones in the order of entities.
  struct Reach {
    std::vector<Reached> nearest;  ///< the first `k_nearest`
    std::vector<Reached> holders;  ///< all that have a stake
  };
  /// More than anybody shows of what is in reach.
  static constexpr std::size_t k_nearest = 32;
  /// Valid until the thread's next question.
  [[nodiscard]] const Reach& reached_from(model::EntityIndex subject) const;
  void search(model::EntityIndex subject, Reach& reach) const;
  /// Takes what is `hops` away into the answer; changes the order of `level`.
  void keep(std::span<model::EntityIndex> level, std::uint32_t hops, Reach& reach) const;
  [[nodiscard]] Stake stake_of(const model::Entity& entity) const;
  [[nodiscard]] model::EntryPath named(const FoundPath& found) const;
  [[nodiscard]] std::optional<model::EntryPath> lateral_path(model::EntityIndex subject) const;
  /// Workloads that have the token of an account, of any account for a group of all.
  [[nodiscard]] std::vector<model::EntityIndex> holders_of(model::EntityIndex identity) const;
  /// The easiest way to an account is the one to a workload that runs as it; what it may read is in reach.
  [[nodiscard]] model::RiskFactors factors_of_account(model::EntityIndex identity) const;
  void build_graph();
  void build_neighbours();
  void add_entry(model::EntityIndex entrance, model::EntityIndex workload, model::RelationIndex route,
                 model::AuthenticationKind asked);
  /// An entrance and the endpoints behind it are one proxy: edges to the workloads that `target` is or stands for.
  void add_entries(model::EntityIndex entrance, model::EntityIndex target, model::RelationIndex route,
                   model::AuthenticationKind asked, int step);

  const RiskModel& m_model;
  const model::ArchitectureGraph& m_graph;
  model::EnvironmentClass m_environment;
  std::uint64_t m_identity;  ///< of this context among all of the process
  PathGraph m_paths;
  /// The ends of the edges of entity e, each once: from start[e] to start[e + 1]. Close together, since every finding goes over
  /// many.
  std::vector<std::uint32_t> m_neighbour_start;
  std::vector<model::EntityIndex> m_neighbours;
  std::vector<Stake> m_stakes;                  ///< by entity
  std::vector<bool> m_has_stake;                ///< by entity: most have none
  std::vector<model::EntityIndex> m_entrances;  ///< workloads that are reachable from the internet
  std::unique_ptr<EasiestPaths> m_easiest;
  std::unique_ptr<WaySearch> m_ways;
};

/// The scorer's class of a data class as classification names it (`PII`, `PCI`...); `business` for names that it does not know.
[[nodiscard]] model::DataClass data_class_from(std::string_view name);
/// The tier that metadata names; unknown for none and for words that mean nothing.
[[nodiscard]] model::BusinessTier tier_from(std::string_view name);

}  // namespace postern::risk
