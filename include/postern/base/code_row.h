// SPDX-License-Identifier: Apache-2.0
// One row of a table of diagnostic codes; each part that makes diagnostics exposes its own table of them.
#pragma once
#include <string_view>

namespace postern::base {

/// What `postern explain CODE` prints. All texts live as long as the process.
struct CodeRow {
  std::string_view code;         ///< P and four digits, stable for ever
  std::string_view title;        ///< a few words
  std::string_view explanation;  ///< why it matters and what to do about it
};

}  // namespace postern::base
