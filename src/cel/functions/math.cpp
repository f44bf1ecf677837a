// SPDX-License-Identifier: Apache-2.0
// The math extension.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cel/compare.h"
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

Value no_overload() { return Value::error(ErrorCode::no_such_overload); }

enum class Extreme : std::uint8_t { greatest, least };

/// The first of the largest or smallest; NaN never wins over a number.
template <Extreme extreme>
Value of_arguments(CallContext&, Arguments arguments) {
  Value best = arguments[0];
  for (const Value& candidate : arguments) {
    if (!is_number(candidate)) return no_overload();
    const std::partial_ordering order = compare_numbers(candidate, best);
    if (extreme == Extreme::greatest ? order > 0 : order < 0) best = candidate;
  }
  return best;
}

template <Extreme extreme>
Value of_list(CallContext& context, Arguments arguments) {
  const Sequence& list = arguments[0].as_list();
  if (!context.charge(list.size())) return Value::error(ErrorCode::budget_exceeded);
  std::vector<Value> numbers;
  for (std::size_t i = 0; i < list.size(); ++i) {
    numbers.push_back(list.at(i));
    if (numbers.back().is_special()) return numbers.back();
  }
  if (numbers.empty()) return Value::error(ErrorCode::invalid_argument, "an empty list has no greatest or least element");
  return of_arguments<extreme>(context, numbers);
}

Value ceil(CallContext&, Arguments a) { return Value::real(std::ceil(a[0].as_real())); }
Value floor(CallContext&, Arguments a) { return Value::real(std::floor(a[0].as_real())); }
Value round(CallContext&, Arguments a) { return Value::real(std::round(a[0].as_real())); }
Value trunc(CallContext&, Arguments a) { return Value::real(std::trunc(a[0].as_real())); }
Value is_nan(CallContext&, Arguments a) { return Value::boolean(std::isnan(a[0].as_real())); }
Value is_infinite(CallContext&, Arguments a) { return Value::boolean(std::isinf(a[0].as_real())); }
Value is_finite(CallContext&, Arguments a) { return Value::boolean(std::isfinite(a[0].as_real())); }
Value square_root_real(CallContext&, Arguments a) { return Value::real(std::sqrt(a[0].as_real())); }
Value square_root_int(CallContext&, Arguments a) { return Value::real(std::sqrt(static_cast<double>(a[0].as_integer()))); }
Value square_root_unsigned(CallContext&, Arguments a) { return Value::real(std::sqrt(static_cast<double>(a[0].as_unsigned()))); }

Value itself(CallContext&, Arguments a) { return a[0]; }
Value absolute_int(CallContext&, Arguments a) {
  const std::int64_t value = a[0].as_integer();
  if (value == std::numeric_limits<std::int64_t>::min()) return Value::error(ErrorCode::overflow);
  return Value::integer(value < 0 ? -value : value);
}
Value absolute_real(CallContext&, Arguments a) { return Value::real(std::fabs(a[0].as_real())); }

Value sign_int(CallContext&, Arguments a) {
  return Value::integer((a[0].as_integer() > 0 ? 1 : 0) - (a[0].as_integer() < 0 ? 1 : 0));
}
Value sign_unsigned(CallContext&, Arguments a) { return Value::unsigned_integer(a[0].as_unsigned() > 0 ? 1 : 0); }
Value sign_real(CallContext&, Arguments a) {
  const double value = a[0].as_real();
  return Value::real(std::isnan(value) ? value : (value > 0 ? 1.0 : (value < 0 ? -1.0 : 0.0)));
}

std::uint64_t bits(const Value& value) {
  return value.is(Kind::integer) ? static_cast<std::uint64_t>(value.as_integer()) : value.as_unsigned();
}
/// A value of the same type as `like` with these bits.
Value with_bits(const Value& like, std::uint64_t bits) {
  return like.is(Kind::integer) ? Value::integer(static_cast<std::int64_t>(bits)) : Value::unsigned_integer(bits);
}
Value bit_and(CallContext&, Arguments a) { return with_bits(a[0], bits(a[0]) & bits(a[1])); }
Value bit_or(CallContext&, Arguments a) { return with_bits(a[0], bits(a[0]) | bits(a[1])); }
Value bit_xor(CallContext&, Arguments a) { return with_bits(a[0], bits(a[0]) ^ bits(a[1])); }
Value bit_not(CallContext&, Arguments a) { return with_bits(a[0], ~bits(a[0])); }

constexpr std::int64_t k_width = 64;
Value negative_offset() { return Value::error(ErrorCode::invalid_argument, "a shift by a negative number of bits"); }
Value shift_left(CallContext&, Arguments a) {
  const std::int64_t by = a[1].as_integer();
  if (by < 0) return negative_offset();
  return with_bits(a[0], by >= k_width ? 0 : bits(a[0]) << static_cast<unsigned>(by));
}
/// Logical, not arithmetic: zeros come in on the left for int as well.
Value shift_right(CallContext&, Arguments a) {
  const std::int64_t by = a[1].as_integer();
  if (by < 0) return negative_offset();
  return with_bits(a[0], by >= k_width ? 0 : bits(a[0]) >> static_cast<unsigned>(by));
}

constexpr FunctionRow k_rows[] = {
    {"::math.ceil(double) -> double", ceil, "The smallest whole number not below.", "math.ceil(1.2) == 2.0"},
    {"::math.floor(double) -> double", floor, "The largest whole number not above.", "math.floor(1.8) == 1.0"},
    {"::math.round(double) -> double", round, "The nearest whole number, halves away from zero.", "math.round(1.5) == 2.0"},
    {"::math.trunc(double) -> double", trunc, "The number without its fraction.", "math.trunc(-1.5) == -1.0"},
    {"::math.isNaN(double) -> bool", is_nan, "Whether it is not a number.", "math.isNaN(0.0 / 0.0)"},
    {"::math.isInf(double) -> bool", is_infinite, "Whether it is infinite.", "math.isInf(1.0 / 0.0)"},
    {"::math.isFinite(double) -> bool", is_finite, "Whether it is a number and not infinite.", "math.isFinite(1.0)"},
    {"::math.sqrt(double) -> double", square_root_real, "The square root.", "math.sqrt(4.0) == 2.0"},
    {"::math.sqrt(int) -> double", square_root_int, "The square root.", "math.sqrt(4) == 2.0"},
    {"::math.sqrt(uint) -> double", square_root_unsigned, "The square root.", "math.sqrt(4u) == 2.0"},
    {"::math.abs(int) -> int", absolute_int, "The number without its sign.", "math.abs(-1) == 1"},
    {"::math.abs(uint) -> uint", itself, "The number itself.", "math.abs(1u) == 1u"},
    {"::math.abs(double) -> double", absolute_real, "The number without its sign.", "math.abs(-1.5) == 1.5"},
    {"::math.sign(int) -> int", sign_int, "-1, 0 or 1.", "math.sign(-5) == -1"},
    {"::math.sign(uint) -> uint", sign_unsigned, "0 or 1.", "math.sign(5u) == 1u"},
    {"::math.sign(double) -> double", sign_real, "-1.0, 0.0 or 1.0.", "math.sign(-5.5) == -1.0"},
    {"::math.bitAnd(int, int) -> int", bit_and, "The bits that are in both.", "math.bitAnd(6, 3) == 2"},
    {"::math.bitAnd(uint, uint) -> uint", bit_and, "The bits that are in both.", "math.bitAnd(6u, 3u) == 2u"},
    {"::math.bitOr(int, int) -> int", bit_or, "The bits that are in one of them.", "math.bitOr(6, 3) == 7"},
    {"::math.bitOr(uint, uint) -> uint", bit_or, "The bits that are in one of them.", "math.bitOr(6u, 3u) == 7u"},
    {"::math.bitXor(int, int) -> int", bit_xor, "The bits that are in exactly one of them.", "math.bitXor(6, 3) == 5"},
    {"::math.bitXor(uint, uint) -> uint", bit_xor, "The bits that are in exactly one of them.", "math.bitXor(6u, 3u) == 5u"},
    {"::math.bitNot(int) -> int", bit_not, "The opposite bits.", "math.bitNot(1) == -2"},
    {"::math.bitNot(uint) -> uint", bit_not, "The opposite bits.", "math.bitNot(0u) == 18446744073709551615u"},
    {"::math.bitShiftLeft(int, int) -> int", shift_left, "The bits moved to the left.", "math.bitShiftLeft(1, 2) == 4"},
    {"::math.bitShiftLeft(uint, int) -> uint", shift_left, "The bits moved to the left.", "math.bitShiftLeft(1u, 2) == 4u"},
    {"::math.bitShiftRight(int, int) -> int", shift_right, "The bits moved to the right, zeros come in.",
     "math.bitShiftRight(4, 2) == 1"},
    {"::math.bitShiftRight(uint, int) -> uint", shift_right, "The bits moved to the right.", "math.bitShiftRight(4u, 2) == 1u"},
};

/// math.greatest and math.least take one to eight numbers, or a list of numbers.
constexpr std::size_t k_most_arguments = 8;

struct Table {
  std::vector<std::string> signatures;
  std::vector<FunctionRow> rows;
};

Table build() {
  Table table;
  table.rows.assign(std::begin(k_rows), std::end(k_rows));
  table.signatures.reserve(2 * (k_most_arguments + 8));  // rows point into it
  const auto add = [&](const std::string& name, const std::string& parameters, const std::string& result,
                       Value (*call)(CallContext&, Arguments), const char* description, const char* example) {
    table.signatures.push_back("::math." + name + "(" + parameters + ") -> " + result);
    table.rows.push_back({table.signatures.back().c_str(), call, description, example});
  };
  for (const Extreme extreme : {Extreme::greatest, Extreme::least}) {
    const bool greatest = extreme == Extreme::greatest;
    const std::string name = greatest ? "greatest" : "least";
    const auto call = greatest ? of_arguments<Extreme::greatest> : of_arguments<Extreme::least>;
    const auto list_call = greatest ? of_list<Extreme::greatest> : of_list<Extreme::least>;
    const char* const text = greatest ? "The greatest of some numbers." : "The least of some numbers.";
    for (const char* type : {"int", "uint", "double"}) add(name, type, type, call, text, "");
    for (const char* type : {"int", "uint", "double"})
      add(name, std::string(type) + ", " + type, type, call, text, greatest ? "math.greatest(1, 2) == 2" : "math.least(1, 2) == 1");
    std::string parameters = "dyn";
    for (std::size_t count = 2; count <= k_most_arguments; ++count) {
      parameters += ", dyn";
      add(name, parameters, "dyn", call, text, greatest ? "math.greatest(1, 2.5, 3u) == 3u" : "math.least(1, 2.5, 3u) == 1");
    }
    add(name, "list(A)", "dyn", list_call, text, greatest ? "math.greatest([1, 2]) == 2" : "math.least([1, 2]) == 1");
  }
  return table;
}

}  // namespace

std::span<const FunctionRow> math_functions() {
  static const Table k_table = build();
  return k_table.rows;
}

}  // namespace postern::cel
