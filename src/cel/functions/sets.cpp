// SPDX-License-Identifier: Apache-2.0
// The sets extension: lists taken as sets.
#include "cel/compare.h"
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

enum class Quantifier : std::uint8_t { all, some };

/// Whether all (or some) elements of `elements` are in `container`; unknown and error as for && and ||.
Value members(CallContext& context, const Sequence& elements, const Value& container, Quantifier quantifier) {
  const bool settling = quantifier == Quantifier::some;
  Value outcome = Value::boolean(!settling);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!context.charge(1)) return Value::error(ErrorCode::budget_exceeded);
    Value found = contains(context, elements.at(i), container);
    if (found.is(Kind::boolean)) {
      if (found.is_true() == settling) return found;
    } else if (found.is_unknown()) {
      outcome = merge_unknowns(outcome, found);
    } else if (!outcome.is_special()) {
      outcome = std::move(found);
    }
  }
  return outcome;
}

Value contains_all(CallContext& context, Arguments a) { return members(context, a[1].as_list(), a[0], Quantifier::all); }
Value intersects(CallContext& context, Arguments a) { return members(context, a[0].as_list(), a[1], Quantifier::some); }
Value equivalent(CallContext& context, Arguments a) {
  Value there = members(context, a[0].as_list(), a[1], Quantifier::all);
  if (there.is_false()) return there;
  Value back = members(context, a[1].as_list(), a[0], Quantifier::all);
  if (back.is_false() || there.is_true()) return back;
  return there.is_unknown() || back.is_unknown() ? merge_unknowns(there, back) : there;
}

constexpr FunctionRow k_rows[] = {
    {"::sets.contains(list(A), list(A)) -> bool", contains_all, "Whether the first list has every element of the second.",
     "sets.contains([1, 2, 3], [2, 3])"},
    {"::sets.equivalent(list(A), list(A)) -> bool", equivalent, "Whether two lists have the same elements.",
     "sets.equivalent([1, 2], [2, 1, 1])"},
    {"::sets.intersects(list(A), list(A)) -> bool", intersects, "Whether two lists have an element in common.",
     "sets.intersects([1, 2], [2, 3])"},
};

}  // namespace

std::span<const FunctionRow> set_functions() { return k_rows; }

}  // namespace postern::cel
