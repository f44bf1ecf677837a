// SPDX-License-Identifier: Apache-2.0
// What a merge request changes about its own judges: it has no effect on this run, and people should know it before they merge.
#pragma once
#include <postern/model/decision.h>

#include <string>
#include <vector>

#include "app/pipeline.h"

namespace postern::app {

/// The rule that these findings name. Its enforcement is informative: what decides was read from the protected side.
[[nodiscard]] model::JudgedRule control_rule();

/// A file that decides, or helps to decide who may decide, and that the candidate adds, removes or changes.
struct ControlChange {
  std::string path;  ///< from the top of the repository
  std::string role;  ///< `configuration`, `policy pack`, `ignore file`, `code owners`, `pipeline definition`...
  std::string what;  ///< `adds`, `changes`, `removes`, `makes a link of`, `makes a submodule of`
};

/// What the candidate changes compared with both the protected commit and the commit that it branched off, by path; nothing where
/// no merge request is judged. To be asked before the sources are read.
[[nodiscard]] std::vector<ControlChange> changed_controls(const GateRequest& request);

/// Whether .gitignore files are obeyed: not those of a merge request that changes them, or it could hide what it brings.
[[nodiscard]] acquire::IgnoreFiles ignore_files_in_force(const std::vector<ControlChange>& changes);

/// Adds a finding for each change.
void add_findings(const std::vector<ControlChange>& changes, const GateRequest& request, std::vector<model::Finding>& findings);

}  // namespace postern::app
