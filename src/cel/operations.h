// SPDX-License-Identifier: Apache-2.0
// Operators that only look at their operands: order and indexing. Errors are results; callers put the place to them.
#pragma once
#include <initializer_list>
#include <string_view>

#include "cel/code.h"

namespace postern::cel {

/// "no such overload: WHAT of (TYPES)".
[[nodiscard]] Value no_overload(std::string_view what, std::initializer_list<const Value*> operands);
/// `<`, `<=`, `>`, `>=` of two values that are neither unknown nor error.
[[nodiscard]] Value relation(CallContext& context, Op op, const Value& left, const Value& right);
/// `container[key]`.
[[nodiscard]] Value index(const Value& container, const Value& key);
/// `container[?key]`; goes on in an optional.
[[nodiscard]] Value optional_index(const Value& container, const Value& key);

}  // namespace postern::cel
