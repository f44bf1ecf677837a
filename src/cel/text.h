// SPDX-License-Identifier: Apache-2.0
// Values as text.
#pragma once
#include <string>
#include <string_view>

#include "cel/value.h"

namespace postern::cel {

/// The shortest text that reads back as the same double: "1.5", "1e+21", "NaN", "Infinity", "-Infinity"; no locale.
[[nodiscard]] std::string real_text(double value);

/// What searching `pattern` in `text` costs in steps, the worst case (repetitive texts) considered.
[[nodiscard]] inline std::size_t search_steps(std::string_view text, std::string_view pattern) {
  constexpr std::size_t k_text_bytes_a_step = 32;
  constexpr std::size_t k_pattern_bytes_a_step = 64;
  return text.size() / k_text_bytes_a_step * (1 + pattern.size() / k_pattern_bytes_a_step);
}

/// `text` in double quotes with \a \b \f \n \r \t \v \\ \" escaped.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace postern::cel
