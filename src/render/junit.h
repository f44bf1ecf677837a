// SPDX-License-Identifier: Apache-2.0
// The decision as JUnit XML: the test reports of GitLab, Jenkins, Azure DevOps and most other CI systems.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <string>

namespace postern::render {

/// One suite for the gate itself and one for each pack. A test case is a rule at a subject: failed when it blocks, skipped when it
/// warns, was there before or was let through, passed when it is gone; a rule that has nothing to say is one passed case. What
/// could not be judged is an error. At most `most_cases` findings, most important first; what is left out is said.
[[nodiscard]] std::string junit(const model::Decision& decision, std::size_t most_cases = 10'000);

}  // namespace postern::render
