// SPDX-License-Identifier: Apache-2.0
// Which state the candidate is compared with, and under which names the facts of both sides are kept.
#pragma once
#include <string>
#include <vector>

#include "app/pipeline.h"

namespace postern::app {

/// What became of the question for a baseline.
struct ChosenBaseline {
  std::vector<acquire::SourceSpec> sources;  ///< nothing: missing
  bool assumed = false;                      ///< the merge request's target, which nobody asked for
  std::string trouble;                       ///< why it is missing or unreadable; empty: all well

  /// As they were named, with commas between them.
  [[nodiscard]] std::string text() const;
  /// Whether one of them is of this kind.
  [[nodiscard]] bool has(acquire::SourceKind kind) const;
};

/// The reader of this run's sources, with its limits.
[[nodiscard]] SourceReader reader_for(const GateRequest& request,
                                      acquire::IgnoreFiles ignore_files = acquire::IgnoreFiles::respected);

/// The baseline that was named; else, in classes development and staging, the target commit of the merge request that the CI system
/// says, or for a plan of Terraform alone what was before it; else missing. `git:REF` without a path means the path of the
/// candidate.
[[nodiscard]] ChosenBaseline choose_baseline(const GateRequest& request, SourceReader& reader);

/// Reads it. A baseline that cannot be read is an empty one with an error diagnostic; so is a missing one, without.
[[nodiscard]] ReadSource read_baseline(const ChosenBaseline& chosen, SourceReader& reader, SourcePlace& place);

/// Whether it can be told what is new: the baseline was read in full, or nobody wanted one.
[[nodiscard]] bool is_known(const ChosenBaseline& chosen, const ReadSource& baseline);

/// Application and target of the run: as configured, else the repository's name and `default`.
[[nodiscard]] SourcePlace place_of(const GateRequest& request, SourceReader& reader);

}  // namespace postern::app
