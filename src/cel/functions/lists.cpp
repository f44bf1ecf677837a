// SPDX-License-Identifier: Apache-2.0
// The lists extension.
#include <algorithm>

#include "cel/arithmetic.h"
#include "cel/compare.h"
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

Value budget_gone() { return Value::error(ErrorCode::budget_exceeded); }

/// The elements, paid for; the first unknown or error among them otherwise.
Value read(CallContext& context, const Sequence& list, std::vector<Value>& elements) {
  if (!context.charge(list.size())) return budget_gone();
  elements.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    elements.push_back(list.at(i));
    if (elements.back().is_special()) return elements.back();
  }
  return {};
}

Value slice(CallContext& context, Arguments a) {
  const Sequence& list = a[0].as_list();
  const std::int64_t begin = a[1].as_integer();
  const std::int64_t end = a[2].as_integer();
  if (begin < 0 || end < begin || static_cast<std::uint64_t>(end) > list.size())
    return Value::error(ErrorCode::out_of_range,
                        "the slice " + std::to_string(begin) + " to " + std::to_string(end) + " is outside of the list");
  if (!context.charge(static_cast<std::uint64_t>(end - begin))) return budget_gone();
  std::vector<Value> elements;
  for (std::int64_t i = begin; i < end; ++i) elements.push_back(list.at(static_cast<std::size_t>(i)));
  return Value::own_list(std::move(elements));
}

Value flatten_into(CallContext& context, const Sequence& list, std::int64_t depth, std::vector<Value>& result) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.charge(1)) return budget_gone();
    Value element = list.at(i);
    if (element.is_special()) return element;
    if (element.is(Kind::list) && depth > 0) {
      if (Value trouble = flatten_into(context, element.as_list(), depth - 1, result); trouble.is_special()) return trouble;
    } else {
      result.push_back(std::move(element));
    }
  }
  return {};
}
Value flatten(CallContext& context, Arguments a) {
  const std::int64_t depth = a.size() > 1 ? a[1].as_integer() : 1;
  if (depth < 0) return Value::error(ErrorCode::invalid_argument, "the depth must not be negative");
  std::vector<Value> result;
  if (Value trouble = flatten_into(context, a[0].as_list(), depth, result); trouble.is_special()) return trouble;
  return Value::own_list(std::move(result));
}

Value reverse(CallContext& context, Arguments a) {
  std::vector<Value> elements;
  if (Value trouble = read(context, a[0].as_list(), elements); trouble.is_special()) return trouble;
  std::reverse(elements.begin(), elements.end());
  return Value::own_list(std::move(elements));
}

/// Each element pays for its comparisons with those kept so far.
Value distinct(CallContext& context, Arguments a) {
  std::vector<Value> elements;
  if (Value trouble = read(context, a[0].as_list(), elements); trouble.is_special()) return trouble;
  std::vector<Value> kept;
  for (Value& element : elements) {
    bool again = false;
    for (const Value& earlier : kept) {
      const Value same = equals(context, earlier, element);
      if (same.is_special()) return same;
      again = again || same.is_true();
      if (context.exhausted()) return budget_gone();
      if (again) break;
    }
    if (!again) kept.push_back(std::move(element));
  }
  return Value::own_list(std::move(kept));
}

Value sort(CallContext& context, Arguments a) {
  std::vector<Value> elements;
  if (Value trouble = read(context, a[0].as_list(), elements); trouble.is_special()) return trouble;
  for (const Value& element : elements) {
    const Order order = compare(context, elements.front(), element);
    if (element.kind() != elements.front().kind() || !order.comparable)
      return Value::error(ErrorCode::no_such_overload, "only a list of one ordered type can be sorted");
    if (element.is(Kind::real) && order.order == std::partial_ordering::unordered)
      return Value::error(ErrorCode::invalid_argument, "a list with NaN cannot be sorted");
  }
  std::size_t steps = 1;
  for (std::size_t n = elements.size(); n > 1; n /= 2) ++steps;
  if (!context.charge(elements.size() * steps)) return budget_gone();
  std::stable_sort(elements.begin(), elements.end(),
                   [&](const Value& x, const Value& y) { return compare(context, x, y).order < 0; });
  return Value::own_list(std::move(elements));
}

Value range(CallContext& context, Arguments a) {
  const std::int64_t count = std::max<std::int64_t>(a[0].as_integer(), 0);
  if (!context.charge(static_cast<std::uint64_t>(count))) return budget_gone();
  std::vector<Value> elements;
  elements.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) elements.push_back(Value::integer(i));
  return Value::own_list(std::move(elements));
}

Value first(CallContext&, Arguments a) {
  const Sequence& list = a[0].as_list();
  return list.size() == 0 ? Value::optional_none() : Value::optional_of(list.at(0));
}
Value last(CallContext&, Arguments a) {
  const Sequence& list = a[0].as_list();
  return list.size() == 0 ? Value::optional_none() : Value::optional_of(list.at(list.size() - 1));
}

constexpr FunctionRow k_rows[] = {
    {"list(A).slice(int, int) -> list(A)", slice, "The elements from a position to before another.",
     "[1, 2, 3].slice(1, 3) == [2, 3]"},
    {"list(list(A)).flatten() -> list(A)", flatten, "The elements of all lists in one list.",
     "[[1], [2, 3]].flatten() == [1, 2, 3]"},
    {"list(dyn).flatten(int) -> list(dyn)", flatten, "The same, so many levels deep.", "[1, [2, [3]]].flatten(2) == [1, 2, 3]"},
    {"list(A).reverse() -> list(A)", reverse, "The elements in reverse order.", "[1, 2].reverse() == [2, 1]"},
    {"list(A).distinct() -> list(A)", distinct, "The elements without repetitions.", "[1, 2, 1].distinct() == [1, 2]"},
    {"list(A).sort() -> list(A)", sort, "The elements in order; all must be of one ordered type.", "[2, 1].sort() == [1, 2]"},
    {"::lists.range(int) -> list(int)", range, "The numbers from 0 to before a number.", "lists.range(3) == [0, 1, 2]"},
    {"list(A).first() -> optional_type(A)", first, "The first element, if there.", "[1, 2].first() == optional.of(1)"},
    {"list(A).last() -> optional_type(A)", last, "The last element, if there.", "[1, 2].last() == optional.of(2)"},
};

}  // namespace

std::span<const FunctionRow> list_functions() { return k_rows; }

}  // namespace postern::cel
