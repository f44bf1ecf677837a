// SPDX-License-Identifier: Apache-2.0
// The decision as a code quality report of GitLab, shown in the merge request and beside the changed lines.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <string>

namespace postern::render {

/// A list of issues in the form of Code Climate, most important first: `blocker` for what blocks, else by the band of the score.
/// GitLab compares the report of the target branch with that of the merge request by fingerprint. At most `most_issues` findings;
/// the last issue says what is left out.
[[nodiscard]] std::string code_quality(const model::Decision& decision, std::size_t most_issues = 5'000);

}  // namespace postern::render
