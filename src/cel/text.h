// SPDX-License-Identifier: Apache-2.0
// Values as text.
#pragma once
#include <string>

#include "cel/value.h"

namespace postern::cel {

/// The shortest text that reads back as the same double: "1.5", "1e+21", "NaN", "Infinity", "-Infinity"; no locale.
[[nodiscard]] std::string real_text(double value);

/// `text` in double quotes with \a \b \f \n \r \t \v \\ \" escaped.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace postern::cel
