// SPDX-License-Identifier: Apache-2.0
// What a manual security review asks for, made from a decision: data-flow diagram, threats, data-protection record, checklist.
#pragma once
#include <postern/model/decision.h>

#include <string>

namespace postern::render {

/// A Markdown document. What inputs cannot say is asked, never assumed.
[[nodiscard]] std::string review(const model::Decision& decision);

}  // namespace postern::render
