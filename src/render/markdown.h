// SPDX-License-Identifier: Apache-2.0
// The decision as Markdown for merge requests (GitLab, GitHub, Azure DevOps): one screen, and the rest behind folds.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <string>

namespace postern::render {

struct MarkdownOptions {
  /// The result is never longer. Hosts refuse long comments (GitHub beyond 65,536 characters); what does not fit is left out from
  /// the least important end, whole rows and sections at a time, and the report says so. At least 2,000.
  std::size_t budget_bytes = 60'000;
};

/// No line begins with `/`, no fence or table is cut, and every name from an input stands in a code span.
[[nodiscard]] std::string markdown(const model::Decision& decision, const MarkdownOptions& options = {});

}  // namespace postern::render
