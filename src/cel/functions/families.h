// SPDX-License-Identifier: Apache-2.0
// The tables of functions, one family a file. A new family is added here and in k_families of standard_functions.cpp.
#pragma once
#include <span>

#include "cel/function.h"

namespace postern::cel {

[[nodiscard]] std::span<const FunctionRow> operator_functions();
[[nodiscard]] std::span<const FunctionRow> core_functions();
[[nodiscard]] std::span<const FunctionRow> conversion_functions();
[[nodiscard]] std::span<const FunctionRow> time_functions();
[[nodiscard]] std::span<const FunctionRow> string_functions();
[[nodiscard]] std::span<const FunctionRow> format_functions();
[[nodiscard]] std::span<const FunctionRow> math_functions();
[[nodiscard]] std::span<const FunctionRow> encoder_functions();
[[nodiscard]] std::span<const FunctionRow> optional_functions();
[[nodiscard]] std::span<const FunctionRow> network_functions();
[[nodiscard]] std::span<const FunctionRow> list_functions();
[[nodiscard]] std::span<const FunctionRow> set_functions();

}  // namespace postern::cel
