// SPDX-License-Identifier: Apache-2.0
// Selecting fields of records, maps and optionals.
#include "cel/evaluation.h"

namespace postern::cel {

Value Evaluation::field_of(const Value& target, const FieldUse& use) {
  if (target.is(Kind::record)) {
    const Record& record = target.as_record();
    const ObjectType& type = record.type();
    if (&type == use.type) return record.get(use.slot);
    const auto slot = type.slot_of(use.name);
    return slot ? record.get(*slot) : Value::absent();
  }
  if (target.is(Kind::map)) {
    std::optional<Value> found = target.as_map().find(Value::string(use.name));
    return found ? std::move(*found) : Value::absent();
  }
  return Value::error(ErrorCode::no_such_overload, "a value of type " + target.type_name().str() + " has no fields");
}

Value Evaluation::select(const Node& node) {
  Value memory;
  const Value& target = operand(child(node, 0), memory);
  if (target.is_special()) return target;
  const FieldUse& use = m_code.fields[node.payload];
  if (target.is(Kind::optional)) return placed(node, optional_field(target, use));
  Value value = field_of(target, use);
  if (!value.is_error()) return value;
  if (is_absent(value)) value = Value::error(ErrorCode::no_such_field, "no such field or key '" + use.name.str() + "'");
  return value.located(node.offset);
}

Value Evaluation::optional_field(const Value& target, const FieldUse& use) {
  const Value* content = target.is(Kind::optional) ? target.as_optional() : &target;
  if (content == nullptr) return Value::optional_none();
  Value value = content->is(Kind::optional) ? optional_field(*content, use) : field_of(*content, use);
  if (is_absent(value)) return Value::optional_none();
  return value.is_special() || content->is(Kind::optional) ? value : Value::optional_of(std::move(value));
}

Value Evaluation::optional_select(const Node& node) {
  const Value target = eval(child(node, 0));
  if (target.is_special()) return target;
  return placed(node, optional_field(target, m_code.fields[node.payload]));
}

Value Evaluation::test(const Node& node) {
  Value memory;
  const Value* target = &operand(child(node, 0), memory);
  if (target->is_special()) return *target;
  while (target->is(Kind::optional)) {
    target = target->as_optional();
    if (target == nullptr) return Value::boolean(false);
  }
  const FieldUse& use = m_code.fields[node.payload];
  if (target->is(Kind::map)) return Value::boolean(target->as_map().find(Value::string(use.name)).has_value());
  Value value = field_of(*target, use);
  if (is_absent(value)) return Value::boolean(false);
  return value.is_special() ? placed(node, std::move(value)) : Value::boolean(true);
}

}  // namespace postern::cel
