// SPDX-License-Identifier: Apache-2.0
// Conversions between types. What does not fit is an error, never a wrapped or rounded number.
#include <postern/base/text.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "cel/functions/families.h"
#include "cel/text.h"
#include "cel/time.h"

namespace postern::cel {
namespace {

constexpr double k_two_63 = 9223372036854775808.0;
constexpr double k_two_64 = 18446744073709551616.0;

Value itself(CallContext&, Arguments arguments) { return arguments[0]; }
Value range_error(const char* type) {
  return Value::error(ErrorCode::out_of_range, std::string("the number is out of the range of ") + type);
}
Value unreadable(std::string_view text, const char* type) {
  return Value::error(ErrorCode::invalid_conversion, "'" + std::string(text.substr(0, 64)) + "' is no " + type);
}

Value int_of_unsigned(CallContext&, Arguments arguments) {
  const std::uint64_t value = arguments[0].as_unsigned();
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return range_error("int");
  return Value::integer(static_cast<std::int64_t>(value));
}
Value int_of_real(CallContext&, Arguments arguments) {
  const double value = arguments[0].as_real();
  if (!(value > -k_two_63 && value < k_two_63)) return range_error("int");
  return Value::integer(static_cast<std::int64_t>(value));
}
Value int_of_text(CallContext&, Arguments arguments) {
  std::string_view text = arguments[0].as_text();
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return unreadable(text, "int");
  return Value::integer(value);
}
Value int_of_timestamp(CallContext&, Arguments arguments) { return Value::integer(arguments[0].as_time().seconds); }

Value unsigned_of_int(CallContext&, Arguments arguments) {
  if (arguments[0].as_integer() < 0) return range_error("uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(arguments[0].as_integer()));
}
Value unsigned_of_real(CallContext&, Arguments arguments) {
  const double value = arguments[0].as_real();
  if (!(value >= 0 && value < k_two_64)) return range_error("uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(value));
}
Value unsigned_of_text(CallContext&, Arguments arguments) {
  const std::string_view text = arguments[0].as_text();
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return unreadable(text, "uint");
  return Value::unsigned_integer(value);
}

Value real_of_int(CallContext&, Arguments arguments) { return Value::real(static_cast<double>(arguments[0].as_integer())); }
Value real_of_unsigned(CallContext&, Arguments arguments) { return Value::real(static_cast<double>(arguments[0].as_unsigned())); }
Value real_of_text(CallContext&, Arguments arguments) {
  std::string_view text = arguments[0].as_text();
  const std::string_view whole = text;
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) return range_error("double");
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return unreadable(whole, "double");
  return Value::real(value);
}

Value text_of_int(CallContext&, Arguments arguments) { return Value::own_string(std::to_string(arguments[0].as_integer())); }
Value text_of_unsigned(CallContext&, Arguments arguments) { return Value::own_string(std::to_string(arguments[0].as_unsigned())); }
Value text_of_real(CallContext&, Arguments arguments) { return Value::own_string(real_text(arguments[0].as_real())); }
Value text_of_boolean(CallContext&, Arguments arguments) { return Value::string(arguments[0].is_true() ? "true" : "false"); }
Value text_of_bytes(CallContext& context, Arguments arguments) {
  context.charge(arguments[0].as_text().size() / 16);
  if (base::find_invalid_utf8(arguments[0].as_text()))
    return Value::error(ErrorCode::invalid_conversion, "the bytes are not well-formed UTF-8");
  return Value::own_string(std::string(arguments[0].as_text()));
}
Value text_of_timestamp(CallContext&, Arguments arguments) { return Value::own_string(timestamp_text(arguments[0].as_time())); }
Value text_of_duration(CallContext&, Arguments arguments) { return Value::own_string(duration_text(arguments[0].as_time())); }

Value bytes_of_text(CallContext& context, Arguments arguments) {
  context.charge(arguments[0].as_text().size() / 16);
  return Value::own_bytes(std::string(arguments[0].as_text()));
}

/// The spellings that the reference implementations take.
Value boolean_of_text(CallContext&, Arguments arguments) {
  const std::string_view text = arguments[0].as_text();
  for (const std::string_view yes : {"true", "TRUE", "True", "t", "1"})
    if (text == yes) return Value::boolean(true);
  for (const std::string_view no : {"false", "FALSE", "False", "f", "0"})
    if (text == no) return Value::boolean(false);
  return unreadable(text, "bool");
}

Value timestamp_of_int(CallContext&, Arguments arguments) { return make_timestamp(arguments[0].as_integer(), 0); }
Value timestamp_of_text(CallContext&, Arguments arguments) { return parse_timestamp(arguments[0].as_text()); }
Value duration_of_text(CallContext&, Arguments arguments) { return parse_duration(arguments[0].as_text()); }
Value duration_of_int(CallContext&, Arguments arguments) { return make_duration(arguments[0].as_integer(), 0); }

constexpr FunctionRow k_rows[] = {
    {"int(int) -> int", itself, "The number itself.", "int(1) == 1"},
    {"int(uint) -> int", int_of_unsigned, "The number; an error when too large.", "int(1u) == 1"},
    {"int(double) -> int", int_of_real, "The number without its fraction; an error when too large.", "int(-1.9) == -1"},
    {"int(string) -> int", int_of_text, "Reads decimal digits.", "int('-12') == -12"},
    {"int(timestamp) -> int", int_of_timestamp, "Seconds since 1970 UTC.", "int(timestamp('1970-01-01T00:01:00Z')) == 60"},
    {"uint(uint) -> uint", itself, "The number itself.", "uint(1u) == 1u"},
    {"uint(int) -> uint", unsigned_of_int, "The number; an error when negative.", "uint(1) == 1u"},
    {"uint(double) -> uint", unsigned_of_real, "The number without its fraction; an error when out of range.", "uint(1.9) == 1u"},
    {"uint(string) -> uint", unsigned_of_text, "Reads decimal digits.", "uint('12') == 12u"},
    {"double(double) -> double", itself, "The number itself.", "double(1.5) == 1.5"},
    {"double(int) -> double", real_of_int, "The nearest double.", "double(1) == 1.0"},
    {"double(uint) -> double", real_of_unsigned, "The nearest double.", "double(1u) == 1.0"},
    {"double(string) -> double", real_of_text, "Reads a decimal number.", "double('1.5e3') == 1500.0"},
    {"string(string) -> string", itself, "The text itself.", "string('a') == 'a'"},
    {"string(bool) -> string", text_of_boolean, "'true' or 'false'.", "string(true) == 'true'"},
    {"string(int) -> string", text_of_int, "Decimal digits.", "string(-12) == '-12'"},
    {"string(uint) -> string", text_of_unsigned, "Decimal digits.", "string(12u) == '12'"},
    {"string(double) -> string", text_of_real, "The shortest text that reads back the same.", "string(1.5) == '1.5'"},
    {"string(bytes) -> string", text_of_bytes, "The bytes as UTF-8; an error when they are not.", "string(b'a') == 'a'"},
    {"string(timestamp) -> string", text_of_timestamp, "RFC 3339, in UTC.", "string(timestamp(0)) == '1970-01-01T00:00:00Z'"},
    {"string(duration) -> string", text_of_duration, "Seconds, with a fraction if need be.", "string(duration('1.5m')) == '90s'"},
    {"bytes(bytes) -> bytes", itself, "The bytes themselves.", "bytes(b'a') == b'a'"},
    {"bytes(string) -> bytes", bytes_of_text, "The text's UTF-8.", "bytes('a') == b'a'"},
    {"bool(bool) -> bool", itself, "The value itself.", "bool(true)"},
    {"bool(string) -> bool", boolean_of_text, "Reads true, True, TRUE, t, 1 and their opposites.", "bool('true')"},
    {"timestamp(timestamp) -> timestamp", itself, "The time itself.", "timestamp(timestamp(0)) == timestamp(0)"},
    {"timestamp(int) -> timestamp", timestamp_of_int, "Seconds since 1970 UTC.",
     "timestamp(60) == timestamp('1970-01-01T00:01:00Z')"},
    {"timestamp(string) -> timestamp", timestamp_of_text, "Reads RFC 3339.",
     "timestamp('1970-01-01T01:00:00+01:00') == timestamp(0)"},
    {"duration(duration) -> duration", itself, "The length of time itself.", "duration(duration('1s')) == duration('1s')"},
    {"duration(int) -> duration", duration_of_int, "Seconds.", "duration(60) == duration('1m')"},
    {"duration(string) -> duration", duration_of_text, "Reads 1h30m, 1.5s, 100ms.", "duration('1h30m') == duration('5400s')"},
};

}  // namespace

std::span<const FunctionRow> conversion_functions() { return k_rows; }

}  // namespace postern::cel
