// SPDX-License-Identifier: Apache-2.0
// Equality and order of values.
#include "cel/compare.h"

#include <algorithm>

#include "cel/type.h"

namespace postern::cel {
namespace {

/// An integer against a real: as doubles, as the conformance suite asks for (9223372036854775807 equals 9223372036854775808.0).
template <class Integer>
std::partial_ordering compare_integer_real(Integer a, double b) noexcept {
  return static_cast<double>(a) <=> b;
}

std::partial_ordering compare_integer(std::int64_t a, const Value& b) noexcept {
  switch (b.kind()) {
    case Kind::integer:
      return a <=> b.as_integer();
    case Kind::unsigned_integer:
      return a < 0 ? std::partial_ordering::less : std::partial_ordering(static_cast<std::uint64_t>(a) <=> b.as_unsigned());
    default:
      return compare_integer_real(a, b.as_real());
  }
}

std::partial_ordering reversed(std::partial_ordering order) noexcept { return 0 <=> order; }

const Value& no() {
  static const Value k_no = Value::boolean(false);
  return k_no;
}

/// Conjunction over element comparisons: false wins, then unknown, then error.
class AllEqual {
 public:
  /// True when the outcome is settled.
  bool add(Value result) {
    if (result.is_false()) {
      m_result = std::move(result);
      return true;
    }
    if (result.is_unknown()) m_result = m_result.is_unknown() ? merge_unknowns(m_result, result) : std::move(result);
    if (result.is_error() && !m_result.is_unknown()) m_result = std::move(result);
    return false;
  }
  Value take() { return std::move(m_result); }

 private:
  Value m_result = Value::boolean(true);
};

Value equal_lists(CallContext& context, const Sequence& a, const Sequence& b) {
  if (a.size() != b.size()) return no();
  AllEqual all;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (context.exhausted()) return Value::error(ErrorCode::budget_exceeded);
    if (all.add(equals(context, a.at(i), b.at(i)))) break;
  }
  return all.take();
}

Value equal_maps(CallContext& context, const Mapping& a, const Mapping& b) {
  if (a.size() != b.size()) return no();
  AllEqual all;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (context.exhausted()) return Value::error(ErrorCode::budget_exceeded);
    const std::optional<Value> other = b.find(a.key_at(i));
    if (all.add(other ? equals(context, a.value_at(i), *other) : no())) break;
  }
  return all.take();
}

Value equal_optionals(CallContext& context, const Value* a, const Value* b) {
  if (a == nullptr || b == nullptr) return Value::boolean(a == b);
  return equals(context, *a, *b);
}

}  // namespace

std::partial_ordering compare_numbers(const Value& a, const Value& b) noexcept {
  switch (a.kind()) {
    case Kind::integer:
      return compare_integer(a.as_integer(), b);
    case Kind::unsigned_integer:
      if (b.is(Kind::unsigned_integer)) return a.as_unsigned() <=> b.as_unsigned();
      if (b.is(Kind::integer)) return reversed(compare_integer(b.as_integer(), a));
      return compare_integer_real(a.as_unsigned(), b.as_real());
    default:
      if (b.is(Kind::real)) return a.as_real() <=> b.as_real();
      return reversed(compare_numbers(b, a));
  }
}

Value equals(CallContext& context, const Value& a, const Value& b) {
  if (a.is_special() || b.is_special()) {
    if (a.is_unknown() || b.is_unknown()) return merge_unknowns(a, b);
    return a.is_error() ? a : b;
  }
  if (a.is(Kind::string) && b.is(Kind::string)) return Value::boolean(equal_texts(context, a, b));
  context.charge(1);
  if (is_number(a) && is_number(b)) return Value::boolean(compare_numbers(a, b) == 0);
  if (a.kind() != b.kind()) return no();
  switch (a.kind()) {
    case Kind::null:
      return Value::boolean(true);
    case Kind::boolean:
      return Value::boolean(a.as_boolean() == b.as_boolean());
    case Kind::bytes:
      if (a.as_text().size() != b.as_text().size()) return no();
      context.charge(a.as_text().size() / k_bytes_a_step);
      return Value::boolean(a.as_text() == b.as_text());
    case Kind::timestamp:
    case Kind::duration:
      return Value::boolean(a.as_time() == b.as_time());
    case Kind::type:
      return Value::boolean(a.as_type() == b.as_type());
    case Kind::list:
      return equal_lists(context, a.as_list(), b.as_list());
    case Kind::map:
      return equal_maps(context, a.as_map(), b.as_map());
    case Kind::optional:
      return equal_optionals(context, a.as_optional(), b.as_optional());
    case Kind::record:
      return Value::boolean(&a.as_record() == &b.as_record() ||
                            (a.as_record().type().name() == b.as_record().type().name() && a.as_record().equals(b.as_record())));
    default:
      return no();
  }
}

Order compare(CallContext& context, const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return {true, compare_numbers(a, b)};
  if (a.kind() != b.kind()) return {};
  switch (a.kind()) {
    case Kind::boolean:
      return {true, a.as_boolean() <=> b.as_boolean()};
    case Kind::string:
    case Kind::bytes:
      context.charge(std::min(a.as_text().size(), b.as_text().size()) / k_bytes_a_step);
      return {true, a.as_text() <=> b.as_text()};
    case Kind::timestamp:
    case Kind::duration:
      return {true, a.as_time() <=> b.as_time()};
    default:
      return {};
  }
}

Value contains(CallContext& context, const Value& element, const Value& container) {
  if (container.is(Kind::map)) {
    if (element.is_special()) return element;
    return Value::boolean(container.as_map().find(element).has_value());
  }
  if (!container.is(Kind::list)) return Value::error(ErrorCode::no_such_overload);
  const Sequence& list = container.as_list();
  Value outcome = no();
  for (std::size_t i = 0, size = list.size(); i < size; ++i) {
    if (context.exhausted()) return Value::error(ErrorCode::budget_exceeded);
    Value same = equals(context, element, list.view(i));
    if (same.is_true()) return same;
    if (same.is_unknown()) outcome = merge_unknowns(outcome, same);
    if (same.is_error() && !outcome.is_unknown()) outcome = std::move(same);
  }
  return outcome;
}

}  // namespace postern::cel
