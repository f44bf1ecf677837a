// SPDX-License-Identifier: Apache-2.0
// The optionals extension: values that may be missing.
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

Value none(CallContext&, Arguments) { return Value::optional_none(); }
Value of(CallContext&, Arguments arguments) { return Value::optional_of(arguments[0]); }

bool is_zero(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return value.is_false();
    case Kind::integer:
      return value.as_integer() == 0;
    case Kind::unsigned_integer:
      return value.as_unsigned() == 0;
    case Kind::real:
      return value.as_real() == 0;
    case Kind::string:
    case Kind::bytes:
      return value.as_text().empty();
    case Kind::list:
      return value.as_list().size() == 0;
    case Kind::map:
      return value.as_map().size() == 0;
    case Kind::duration:
      return value.as_time() == TimeParts{};
    case Kind::timestamp:
      return value.as_time() == TimeParts{};
    case Kind::optional:
      return value.as_optional() == nullptr;
    default:
      return false;
  }
}
Value of_non_zero(CallContext&, Arguments arguments) {
  return is_zero(arguments[0]) ? Value::optional_none() : Value::optional_of(arguments[0]);
}

Value has_value(CallContext&, Arguments arguments) { return Value::boolean(arguments[0].as_optional() != nullptr); }
Value value(CallContext&, Arguments arguments) {
  const Value* content = arguments[0].as_optional();
  return content == nullptr ? Value::error(ErrorCode::invalid_argument, "the optional has no value") : *content;
}
Value or_else(CallContext&, Arguments arguments) { return arguments[0].as_optional() == nullptr ? arguments[1] : arguments[0]; }
Value or_value(CallContext&, Arguments arguments) {
  const Value* content = arguments[0].as_optional();
  return content == nullptr ? arguments[1] : *content;
}

Value unwrap(CallContext& context, Arguments arguments) {
  const Sequence& list = arguments[0].as_list();
  if (!context.charge(list.size())) return Value::error(ErrorCode::budget_exceeded);
  std::vector<Value> contents;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value element = list.at(i);
    if (element.is_special()) return element;
    if (!element.is(Kind::optional)) return Value::error(ErrorCode::no_such_overload, "unwrap needs a list of optionals");
    if (element.as_optional() != nullptr) contents.push_back(*element.as_optional());
  }
  return Value::own_list(std::move(contents));
}

constexpr FunctionRow k_rows[] = {
    {"::optional.none() -> optional_type(A)", none, "The optional without a value.", "!optional.none().hasValue()"},
    {"::optional.of(A) -> optional_type(A)", of, "An optional with a value.", "optional.of(1).value() == 1"},
    {"::optional.ofNonZeroValue(A) -> optional_type(A)", of_non_zero, "An optional without a value for 0, '' and the like.",
     "optional.ofNonZeroValue('') == optional.none()"},
    {"optional_type(A).hasValue() -> bool", has_value, "Whether there is a value.", "optional.of(1).hasValue()"},
    {"optional_type(A).value() -> A", value, "The value; an error when there is none.", "optional.of(1).value() == 1"},
    {"optional_type(A).or(optional_type(A)) -> optional_type(A)", or_else, "The first of two that has a value.",
     "optional.none().or(optional.of(1)) == optional.of(1)"},
    {"optional_type(A).orValue(A) -> A", or_value, "The value, or another when there is none.", "optional.none().orValue(1) == 1"},
    {"::optional.unwrap(list(optional_type(A))) -> list(A)", unwrap, "The values that are there.",
     "optional.unwrap([optional.of(1), optional.none()]) == [1]"},
    {"list(optional_type(A)).unwrapOpt() -> list(A)", unwrap, "The values that are there.",
     "[optional.of(1), optional.none()].unwrapOpt() == [1]"},
};

}  // namespace

std::span<const FunctionRow> optional_functions() { return k_rows; }

}  // namespace postern::cel
