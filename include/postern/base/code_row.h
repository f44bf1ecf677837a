// SPDX-License-Identifier: Apache-2.0
// One row of a table of diagnostic codes; `postern explain CODE` and the reference manual print these rows.
#pragma once
#include <string_view>

namespace postern::base {

/// A stable diagnostic code (P + four digits), a short title, and one paragraph: what it means and what to do about it.
struct CodeRow {
  std::string_view code;
  std::string_view title;
  std::string_view explanation;
};

}  // namespace postern::base
