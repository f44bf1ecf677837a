// SPDX-License-Identifier: Apache-2.0
// The parts of a condition that may decide on their own.
#pragma once
#include <vector>

#include "cel/code.h"

namespace postern::cel {

/// See Program::terms.
[[nodiscard]] std::vector<Term> terms_of(const Code& code);

}  // namespace postern::cel
