// SPDX-License-Identifier: Apache-2.0
// Threat intelligence and others' findings on two linked states: which entity has which weakness, who says so, and since when.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/graph.h>
#include <postern/model/snapshot.h>
#include <postern/model/weakness.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace postern::enrich {

/// What a threat database knows of one weakness; of a package's version where it was asked about one.
struct KnownWeakness {
  model::Symbol id;                    ///< the name that counts
  std::vector<model::Symbol> aliases;  ///< its other names
  model::Symbol title;
  std::vector<model::Symbol> fixed_in;
  std::vector<model::Symbol> cwes;
  model::Symbol vector;         ///< the best that there is; empty: none
  std::optional<double> score;  ///< of the vector
  model::Symbol severity;       ///< a word, where there is no vector
  model::Symbol known_exploited_since;
  bool in_ransomware = false;
  std::optional<double> epss;
  model::Symbol published;
  bool is_certain = true;  ///< false: whether the version is affected cannot be told
};

/// Threat intelligence; without functions there is none. They must be safe to call from one thread at a time.
struct Intelligence {
  /// The weaknesses of a component: by its package URL, version and qualifiers.
  std::function<std::vector<KnownWeakness>(const model::Library& library)> of_component;
  /// What is known of a weakness by one of its names.
  std::function<std::optional<KnownWeakness>(model::Symbol id)> by_name;
};

/// One state that is linked and derived.
struct State {
  const model::StateView& view;
  const model::ArchitectureGraph& graph;
  std::span<const model::Component> components;
};

/// What became of the rows of one report.
struct ReportCount {
  model::Symbol file;
  model::Symbol tool;
  std::uint64_t rows = 0;
  std::uint64_t closed = 0;   ///< suppressed, fixed or false positive, says the tool
  std::uint64_t unbound = 0;  ///< about nothing that the architecture has
  friend bool operator==(const ReportCount&, const ReportCount&) = default;
};

struct Enrichment {
  std::vector<model::Weakness> before;  ///< sorted
  std::vector<model::Weakness> after;   ///< sorted
  std::vector<ReportCount> reports;     ///< of the candidate's state, in its order
};

/// Whose word counts although it comes with what is judged, or beside it.
struct Trust {
  std::vector<const model::ReportFact*> statements;  ///< VEX of the protected side
  std::vector<const model::ReportFact*>
      reports;  ///< believed when they say that a weakness is none, or that its code is not called
};

/// Applies the same knowledge to both states. An advisory holds for a component on either side. A report speaks for its own state,
/// and for the other one where that has no report of the same tool on the same thing: about components and images that are the same
/// there, and about entities that did not change. So a tool that is new makes nothing else new. What the baseline's reports and
/// trusted statements say is closed is closed; what the candidate's own reports say so is noted.
[[nodiscard]] Enrichment enrich(const State& before, const State& after, const Intelligence& intelligence, const Trust& trust,
                                base::DiagnosticSink& sink);

/// The same for one state alone; the result is in `after`.
[[nodiscard]] Enrichment enrich(const State& state, const Intelligence& intelligence, base::DiagnosticSink& sink);

}  // namespace postern::enrich
