// SPDX-License-Identifier: Apache-2.0
// All families of functions in one list, built once from their tables.
#include <postern/base/error.h>

#include <array>

#include "cel/environment.h"
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

constexpr std::array k_families = {
    operator_functions, core_functions,    conversion_functions, time_functions,    string_functions, format_functions,
    math_functions,     encoder_functions, optional_functions,   network_functions, list_functions,   set_functions,
};

std::deque<Function> build() {
  std::deque<Function> functions;
  for (const auto family : k_families) {
    for (const FunctionRow& row : family()) {
      std::optional<Function> function = parse_signature(row.signature);
      POSTERN_ASSERT(function.has_value());
      function->description = row.description;
      function->example = row.example;
      if (row.call != nullptr) function->call = row.call;
      functions.push_back(std::move(*function));
    }
  }
  return functions;
}

}  // namespace

const std::deque<Function>& standard_functions() {
  static const std::deque<Function> k_functions = build();
  return k_functions;
}

}  // namespace postern::cel
