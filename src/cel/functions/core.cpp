// SPDX-License-Identifier: Apache-2.0
// The standard functions on texts and collections.
#include "cel/functions/families.h"
#include "cel/regex.h"
#include "cel/text.h"
#include "cel/utf8.h"

namespace postern::cel {
namespace {

constexpr std::size_t k_bytes_a_step = 32;

Value size(CallContext& context, Arguments arguments) {
  const Value& of = arguments[0];
  switch (of.kind()) {
    case Kind::string:
      context.charge(of.as_text().size() / k_bytes_a_step);
      return Value::integer(static_cast<std::int64_t>(count_code_points(of.as_text())));
    case Kind::bytes:
      return Value::integer(static_cast<std::int64_t>(of.as_text().size()));
    case Kind::list:
      return Value::integer(static_cast<std::int64_t>(of.as_list().size()));
    default:
      return Value::integer(static_cast<std::int64_t>(of.as_map().size()));
  }
}

Value contains_text(CallContext& context, Arguments arguments) {
  if (!context.charge(search_steps(arguments[0].as_text(), arguments[1].as_text())))
    return Value::error(ErrorCode::budget_exceeded);
  return Value::boolean(arguments[0].as_text().find(arguments[1].as_text()) != std::string_view::npos);
}
Value starts_with(CallContext&, Arguments arguments) {
  return Value::boolean(arguments[0].as_text().starts_with(arguments[1].as_text()));
}
Value ends_with(CallContext&, Arguments arguments) {
  return Value::boolean(arguments[0].as_text().ends_with(arguments[1].as_text()));
}

/// A pattern that is no constant is compiled at each call; it pays for that.
Value matches(CallContext& context, Arguments arguments) {
  constexpr std::size_t k_compilation = 50;
  constexpr std::size_t k_steps_a_byte = 4;
  constexpr std::size_t k_steps_an_instruction = 2;
  if (!context.charge(k_compilation + k_steps_a_byte * arguments[1].as_text().size() +
                      arguments[0].as_text().size() / k_bytes_a_step))
    return Value::error(ErrorCode::budget_exceeded);
  auto regex = Regex::compile(arguments[1].as_text());
  if (auto* message = std::get_if<std::string>(&regex)) return Value::error(ErrorCode::invalid_argument, std::move(*message));
  context.charge(k_steps_an_instruction * std::get<0>(regex)->program_size());
  return Value::boolean(std::get<0>(regex)->finds(arguments[0].as_text()));
}

Value type_of(CallContext&, Arguments arguments) { return Value::type(arguments[0].type_name()); }
Value itself(CallContext&, Arguments arguments) { return arguments[0]; }

constexpr FunctionRow k_rows[] = {
    {"size(string) -> int", size, "Number of characters (code points).", "size('h\u00e9') == 2"},
    {"size(bytes) -> int", size, "Number of bytes.", "size(b'abc') == 3"},
    {"size(list(A)) -> int", size, "Number of elements.", "size([1, 2]) == 2"},
    {"size(map(A, B)) -> int", size, "Number of entries.", "size({'a': 1}) == 1"},
    {"string.size() -> int", size, "Number of characters (code points).", "'abc'.size() == 3"},
    {"bytes.size() -> int", size, "Number of bytes.", "b'abc'.size() == 3"},
    {"list(A).size() -> int", size, "Number of elements.", "[1, 2].size() == 2"},
    {"map(A, B).size() -> int", size, "Number of entries.", "{'a': 1}.size() == 1"},
    {"string.contains(string) -> bool", contains_text, "Whether a text has another in it.", "'abc'.contains('b')"},
    {"string.startsWith(string) -> bool", starts_with, "Whether a text begins with another.", "'abc'.startsWith('ab')"},
    {"string.endsWith(string) -> bool", ends_with, "Whether a text ends with another.", "'abc'.endsWith('bc')"},
    {"matches(string, string) -> bool", matches, "Whether a regular expression (RE2) matches some part of a text.",
     "matches('abc', '^a.c$')"},
    {"string.matches(string) -> bool", matches, "Whether a regular expression (RE2) matches some part of a text.",
     "'abc'.matches('b')"},
    {"type(A) -> type(A)", type_of, "The type of a value.", "type(1) == int"},
    {"dyn(A) -> dyn", itself, "The value, taken out of type checking.", "dyn(1) == 1.0"},
};

}  // namespace

std::span<const FunctionRow> core_functions() { return k_rows; }

}  // namespace postern::cel
