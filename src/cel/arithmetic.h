// SPDX-License-Identifier: Apache-2.0
// The arithmetic operators, + on texts and lists included. Operands are neither unknown nor error.
#pragma once
#include "cel/function.h"
#include "cel/value.h"

namespace postern::cel {

[[nodiscard]] Value add(CallContext& context, const Value& a, const Value& b);
[[nodiscard]] Value subtract(const Value& a, const Value& b);
[[nodiscard]] Value multiply(const Value& a, const Value& b);
[[nodiscard]] Value divide(const Value& a, const Value& b);
[[nodiscard]] Value modulo(const Value& a, const Value& b);
[[nodiscard]] Value negate(const Value& a);

/// The list of the elements of both; lists of unknown elements keep them.
[[nodiscard]] Value concatenate(CallContext& context, const Sequence& a, const Sequence& b);

}  // namespace postern::cel
