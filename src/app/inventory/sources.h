// SPDX-License-Identifier: Apache-2.0
// Which states a question is asked of: all folders, files and commits together are one, each snapshot is one of its own.
#pragma once
#include <string>
#include <vector>

#include "acquire/acquire.h"

namespace postern::app {

/// The sources of one state.
using StateSources = std::vector<acquire::SourceSpec>;

/// `snapshot:FOLDER` stands for all files below it that end in `.json`, `snapshot:FOLDER/PATTERN` for those of the folder whose
/// names match (`*`, `?`, `[...]`). Throws SourceError where a folder or pattern has none.
[[nodiscard]] std::vector<StateSources> states_of(const std::vector<acquire::SourceSpec>& sources);

}  // namespace postern::app
