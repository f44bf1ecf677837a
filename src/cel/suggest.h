// SPDX-License-Identifier: Apache-2.0
// Hints for names that are not known.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace postern::cel {

/// "did you mean 'x'?" when a candidate is near; otherwise `introduction` and the candidates when they are few; otherwise nothing.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string_view> candidates,
                                     std::string_view introduction);

}  // namespace postern::cel
