// SPDX-License-Identifier: Apache-2.0
// Order and indexing of values.
#include "cel/operations.h"

#include <cmath>

#include "cel/compare.h"

namespace postern::cel {
namespace {

/// A list position: an integer, or a real that is one.
std::optional<std::int64_t> position(const Value& key) {
  constexpr double k_beyond = 9.0e15;
  if (key.is(Kind::integer)) return key.as_integer();
  if (key.is(Kind::unsigned_integer)) {
    const std::uint64_t value = key.as_unsigned();
    return value <= static_cast<std::uint64_t>(INT64_MAX) ? static_cast<std::int64_t>(value) : INT64_MAX;
  }
  if (key.is(Kind::real) && std::trunc(key.as_real()) == key.as_real() && std::fabs(key.as_real()) < k_beyond)
    return static_cast<std::int64_t>(key.as_real());
  return std::nullopt;
}

}  // namespace

Value no_overload(std::string_view what, std::initializer_list<const Value*> operands) {
  std::string message = "no such overload: " + std::string(what) + " of (";
  for (const Value* operand : operands) message += (message.back() == '(' ? "" : ", ") + operand->type_name().str();
  return Value::error(ErrorCode::no_such_overload, message + ")");
}

Value relation(CallContext& context, Op op, const Value& left, const Value& right) {
  const Order order = compare(context, left, right);
  if (!order.comparable) return no_overload("comparison", {&left, &right});
  switch (op) {
    case Op::less:
      return Value::boolean(order.order < 0);
    case Op::less_equal:
      return Value::boolean(order.order <= 0);
    case Op::greater:
      return Value::boolean(order.order > 0);
    default:
      return Value::boolean(order.order >= 0);
  }
}

Value index(const Value& container, const Value& key) {
  if (container.is(Kind::map)) {
    std::optional<Value> found = container.as_map().find(key);
    return found ? std::move(*found) : Value::error(ErrorCode::no_such_field, "no such key " + to_text(key, 64));
  }
  if (!container.is(Kind::list)) return no_overload("[]", {&container, &key});
  const auto at = position(key);
  if (!at) return Value::error(ErrorCode::invalid_argument, "a list index must be an integer");
  const Sequence& list = container.as_list();
  if (*at < 0 || static_cast<std::uint64_t>(*at) >= list.size())
    return Value::error(ErrorCode::out_of_range, "index " + std::to_string(*at) + " is out of range");
  return list.at(static_cast<std::size_t>(*at));
}

Value optional_index(const Value& container, const Value& key) {
  const Value* content = container.is(Kind::optional) ? container.as_optional() : &container;
  if (content == nullptr) return Value::optional_none();
  if (content->is(Kind::optional)) return optional_index(*content, key);
  if (!content->is(Kind::map) && !content->is(Kind::list)) return no_overload("[?]", {content, &key});
  Value value = index(*content, key);
  if (!value.is_error()) return Value::optional_of(std::move(value));
  return value.error_code() == ErrorCode::no_such_field || value.error_code() == ErrorCode::out_of_range ? Value::optional_none()
                                                                                                         : value;
}

}  // namespace postern::cel
