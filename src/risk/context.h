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

  /// A step of the easiest way to a subject, and the factors of the subject once the step is cut.
  struct Cut {
    std::optional<model::EntityIndex> from;  ///< none: the way in
    model::EntityIndex to = 0;
    std::optional<model::RelationIndex> relation;  ///< that the step follows
    model::EntryZone zone = model::EntryZone::none;
    model::RiskFactors factors;
  };
  /// One for each step of the easiest way to `subject`, from the outside inwards; `factors` are the subject's with that way alone.
  /// Nothing where no way leads there, or where the way ends at something else than the subject (an account, a neighbour). A search
  /// for each step, on up to `threads` threads.
  [[nodiscard]] std::vector<Cut> cuts(model::EntityIndex subject, const model::RiskFactors& factors, unsigned threads) const;

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
  void add_entry(model::EntityIndex entrance, model::EntityIndex workload, model::RelationIndex route);
  /// An entrance and the endpoints behind it are one proxy: edges to the workloads that `target` is or stands for.
  void add_entries(model::EntityIndex entrance, model::EntityIndex target, model::RelationIndex route, int step);

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
};

/// The scorer's class of a data class as classification names it (`PII`, `PCI`...); `business` for names that it does not know.
[[nodiscard]] model::DataClass data_class_from(std::string_view name);
/// The tier that metadata names; unknown for none and for words that mean nothing.
[[nodiscard]] model::BusinessTier tier_from(std::string_view name);

}  // namespace postern::risk
