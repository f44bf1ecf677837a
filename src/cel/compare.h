// SPDX-License-Identifier: Apache-2.0
// Equality and order of values, as the language definition says (numbers compare across types by their mathematical value).
#pragma once
#include <compare>

#include "cel/function.h"
#include "cel/value.h"

namespace postern::cel {

[[nodiscard]] inline bool is_number(const Value& value) noexcept {
  return value.is(Kind::integer) || value.is(Kind::unsigned_integer) || value.is(Kind::real);
}

/// The order of two numbers of any type; int with uint exactly, integers with double as doubles; unordered with NaN.
[[nodiscard]] std::partial_ordering compare_numbers(const Value& a, const Value& b) noexcept;

inline constexpr std::uint64_t k_bytes_a_step = 32;  ///< comparing text costs one step for so many bytes

/// Equality of two strings, which charges like `equals`.
[[nodiscard]] inline bool equal_texts(CallContext& context, const Value& a, const Value& b) {
  const std::string_view left = a.as_text();
  const std::string_view right = b.as_text();
  if (left.size() != right.size()) {
    context.charge(1);
    return false;
  }
  context.charge(1 + left.size() / k_bytes_a_step);
  return left.data() == right.data() || left == right;
}

/// true or false; unknown or error when an element on the way is. Values of different types are unequal. Charges what it walks
/// over.
[[nodiscard]] Value equals(CallContext& context, const Value& a, const Value& b);

/// The order of two values of an ordered type (boolean, numbers, string, bytes, timestamp, duration); nothing for other pairs.
struct Order {
  bool comparable = false;
  std::partial_ordering order = std::partial_ordering::unordered;
};
[[nodiscard]] Order compare(CallContext& context, const Value& a, const Value& b);

/// `element in container`: list, map (keys); otherwise no_such_overload.
[[nodiscard]] Value contains(CallContext& context, const Value& element, const Value& container);

}  // namespace postern::cel
