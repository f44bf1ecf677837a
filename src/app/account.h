// SPDX-License-Identifier: Apache-2.0
// The account of a run: everything that it used and found, written into the decision.
#pragma once
#include "app/baseline_choice.h"
#include "app/pipeline.h"
#include "gate/decide.h"
#include "policy/evaluate.h"

namespace postern::app {

/// Everything that a run holds when it is time to decide. Borrowed, except for the findings, which move into the decision.
struct Account {
  const GateRequest& request;
  const ChosenBaseline& chosen;
  ReadSource& baseline;
  ReadSource& candidate;
  const LinkedState& before;
  const LinkedState& after;
  const model::Delta& delta;
  policy::Evaluation& evaluation;
  const Threats& threats;
  const enrich::Enrichment& enrichment;
  const std::optional<model::ContextDrift>& context_drift;
  const std::string& application;
};

/// What the verdict depends on: findings and troubles.
[[nodiscard]] gate::Evidence evidence_of(const Account& account);

/// The decision with all of its account.
[[nodiscard]] model::Decision decision_of(Account account, const gate::Outcome& outcome);

/// The changes of a delta as reports show them.
[[nodiscard]] std::vector<model::ReportedChange> reported_changes(const model::Delta& delta, const model::ArchitectureGraph& before,
                                                                  const model::ArchitectureGraph& after);

/// The network relations of a delta, and the workloads that it adds or changes, as a review asks about them.
[[nodiscard]] std::vector<model::ReportedFlow> reported_flows(const model::Delta& delta, const model::ArchitectureGraph& before,
                                                              const model::ArchitectureGraph& after);
[[nodiscard]] std::vector<model::ReportedService> reported_services(const model::Delta& delta,
                                                                    const model::ArchitectureGraph& after);

/// The rules of the packs in use as reports describe them.
[[nodiscard]] std::vector<model::JudgedRule> judged_rules(const policy::PackSet& packs);

/// Writes into each finding what kind of thing its subject is, from the side of the release that has it.
void name_kinds(std::vector<model::Finding>& findings, const model::ArchitectureGraph& before,
                const model::ArchitectureGraph& after);

/// The questions of every deploy, answered for one state.
[[nodiscard]] model::Posture posture_of(const model::ArchitectureGraph& graph);

/// The part of the architecture that the reports draw: what changed, and what it hangs together with.
[[nodiscard]] model::Picture picture_of(const model::Delta& delta, const model::ArchitectureGraph& before,
                                        const model::ArchitectureGraph& after);

/// More boxes than that no report draws; a decision stays small however large the environment is.
inline constexpr std::size_t k_most_boxes_of_map = 400;

/// The whole architecture after the release with what it removes, what is far from `deciding` and from changes folded.
[[nodiscard]] model::Picture map_of(const model::Delta& delta, const model::ArchitectureGraph& before,
                                    const model::ArchitectureGraph& after, const std::vector<model::EntityId>& deciding);

}  // namespace postern::app
