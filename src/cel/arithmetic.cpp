// SPDX-License-Identifier: Apache-2.0
// Arithmetic that never overflows silently.
#include "cel/arithmetic.h"

#include <limits>

#include "cel/time.h"

namespace postern::cel {
namespace {

constexpr std::uint64_t k_bytes_a_step = 16;
constexpr std::uint64_t k_longest_text = std::uint64_t{64} << 20;

Value overflow() { return Value::error(ErrorCode::overflow); }
Value no_overload() { return Value::error(ErrorCode::no_such_overload); }

enum class Operation : std::uint8_t { add, subtract, multiply };

template <class Integer>
bool overflows(Operation operation, Integer a, Integer b, Integer& result) {
  switch (operation) {
    case Operation::add:
      return __builtin_add_overflow(a, b, &result);
    case Operation::subtract:
      return __builtin_sub_overflow(a, b, &result);
    default:
      return __builtin_mul_overflow(a, b, &result);
  }
}

Value numeric(Operation operation, const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return no_overload();
  switch (a.kind()) {
    case Kind::integer: {
      std::int64_t result = 0;
      return overflows(operation, a.as_integer(), b.as_integer(), result) ? overflow() : Value::integer(result);
    }
    case Kind::unsigned_integer: {
      std::uint64_t result = 0;
      return overflows(operation, a.as_unsigned(), b.as_unsigned(), result) ? overflow() : Value::unsigned_integer(result);
    }
    case Kind::real: {
      const double x = a.as_real();
      const double y = b.as_real();
      return Value::real(operation == Operation::add ? x + y : (operation == Operation::subtract ? x - y : x * y));
    }
    default:
      return no_overload();
  }
}

Value joined_text(CallContext& context, const Value& a, const Value& b) {
  const std::string_view x = a.as_text();
  const std::string_view y = b.as_text();
  if (y.empty()) return a;
  if (x.empty()) return b;
  if (x.size() + y.size() > k_longest_text) return Value::error(ErrorCode::out_of_range, "the text is too long");
  if (!context.charge((x.size() + y.size()) / k_bytes_a_step)) return Value::error(ErrorCode::budget_exceeded);
  std::string text;
  text.reserve(x.size() + y.size());
  text.append(x).append(y);
  return a.is(Kind::string) ? Value::own_string(std::move(text)) : Value::own_bytes(std::move(text));
}

/// -(min) / -1 has no result; division by zero is an error.
template <class Integer>
bool divides_badly(Integer a, Integer b) {
  if constexpr (std::numeric_limits<Integer>::is_signed) return a == std::numeric_limits<Integer>::min() && b == -1;
  return false;
}

}  // namespace

Value concatenate(CallContext& context, const Sequence& a, const Sequence& b) {
  const std::size_t size = a.size() + b.size();
  if (!context.charge(size)) return Value::error(ErrorCode::budget_exceeded);
  std::vector<Value> elements;
  elements.reserve(size);
  for (std::size_t i = 0; i < a.size(); ++i) elements.push_back(a.at(i));
  for (std::size_t i = 0; i < b.size(); ++i) elements.push_back(b.at(i));
  return Value::own_list(std::move(elements));
}

Value add(CallContext& context, const Value& a, const Value& b) {
  switch (a.kind()) {
    case Kind::string:
    case Kind::bytes:
      return a.kind() == b.kind() ? joined_text(context, a, b) : no_overload();
    case Kind::list:
      return b.is(Kind::list) ? concatenate(context, a.as_list(), b.as_list()) : no_overload();
    case Kind::timestamp:
      return b.is(Kind::duration) ? timestamp_plus(a.as_time(), b.as_time()) : no_overload();
    case Kind::duration:
      if (b.is(Kind::timestamp)) return timestamp_plus(b.as_time(), a.as_time());
      return b.is(Kind::duration) ? duration_sum(a.as_time(), b.as_time()) : no_overload();
    default:
      return numeric(Operation::add, a, b);
  }
}

Value subtract(const Value& a, const Value& b) {
  if (a.is(Kind::timestamp)) {
    if (b.is(Kind::timestamp)) return timestamp_difference(a.as_time(), b.as_time());
    return b.is(Kind::duration) ? timestamp_plus(a.as_time(), opposite(b.as_time())) : no_overload();
  }
  if (a.is(Kind::duration)) return b.is(Kind::duration) ? duration_sum(a.as_time(), opposite(b.as_time())) : no_overload();
  return numeric(Operation::subtract, a, b);
}

Value multiply(const Value& a, const Value& b) { return numeric(Operation::multiply, a, b); }

Value divide(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return no_overload();
  switch (a.kind()) {
    case Kind::integer:
      if (b.as_integer() == 0) return Value::error(ErrorCode::division_by_zero);
      if (divides_badly(a.as_integer(), b.as_integer())) return overflow();
      return Value::integer(a.as_integer() / b.as_integer());
    case Kind::unsigned_integer:
      if (b.as_unsigned() == 0) return Value::error(ErrorCode::division_by_zero);
      return Value::unsigned_integer(a.as_unsigned() / b.as_unsigned());
    case Kind::real:
      return Value::real(a.as_real() / b.as_real());
    default:
      return no_overload();
  }
}

Value modulo(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return no_overload();
  switch (a.kind()) {
    case Kind::integer:
      if (b.as_integer() == 0) return Value::error(ErrorCode::division_by_zero, "modulus by zero");
      if (divides_badly(a.as_integer(), b.as_integer())) return overflow();
      return Value::integer(a.as_integer() % b.as_integer());
    case Kind::unsigned_integer:
      if (b.as_unsigned() == 0) return Value::error(ErrorCode::division_by_zero, "modulus by zero");
      return Value::unsigned_integer(a.as_unsigned() % b.as_unsigned());
    default:
      return no_overload();
  }
}

Value negate(const Value& a) {
  if (a.is(Kind::real)) return Value::real(-a.as_real());
  if (!a.is(Kind::integer)) return no_overload();
  if (a.as_integer() == std::numeric_limits<std::int64_t>::min()) return overflow();
  return Value::integer(-a.as_integer());
}

}  // namespace postern::cel
