// SPDX-License-Identifier: Apache-2.0
// Making and reading values.
#include "cel/value.h"

#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <limits>

#include "cel/containers.h"
#include "cel/type.h"

namespace postern::cel {
namespace {

struct CodeName {
  ErrorCode code;
  std::string_view name;
};
constexpr std::array k_codes = {
    CodeName{ErrorCode::no_such_variable, "no such variable"},
    CodeName{ErrorCode::no_such_overload, "no such overload"},
    CodeName{ErrorCode::no_such_field, "no such field or key"},
    CodeName{ErrorCode::overflow, "arithmetic overflow"},
    CodeName{ErrorCode::division_by_zero, "division by zero"},
    CodeName{ErrorCode::invalid_argument, "invalid argument"},
    CodeName{ErrorCode::out_of_range, "out of range"},
    CodeName{ErrorCode::invalid_conversion, "cannot be converted"},
    CodeName{ErrorCode::duplicate_key, "duplicate key"},
    CodeName{ErrorCode::too_deep, "value is nested too deeply"},
    CodeName{ErrorCode::budget_exceeded, "the evaluation took more steps than it may"},
};

/// Names of the kinds, as `type(x)` gives them; records and optionals name themselves.
constexpr std::array<std::string_view, 16> k_type_names = {
    "null_type",
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "list",
    "map",
    "google.protobuf.Timestamp",
    "google.protobuf.Duration",
    "type",
    "record",
    "optional_type",
    "unknown",
    "error",
};

}  // namespace

std::string_view to_string(ErrorCode code) noexcept { return k_codes[static_cast<std::size_t>(code)].name; }

Value Value::own(Kind kind, const Shared* object) noexcept {
  Value result(kind, 0);
  result.m_payload.object = object;
  result.m_owned = true;
  result.retain();
  return result;
}

void Value::release(const Shared* object) noexcept {
  if (object->m_references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

Value Value::own_text(Kind kind, std::string text) { return own(kind, new TextObject(std::move(text))); }

Value Value::own_string(std::string text_) { return own_text(Kind::string, std::move(text_)); }
Value Value::bytes(std::string_view bytes_) { return text(Kind::bytes, bytes_); }
Value Value::own_bytes(std::string bytes_) { return own_text(Kind::bytes, std::move(bytes_)); }

Value Value::list(const Sequence& elements) noexcept {
  Value result(Kind::list, 0);
  result.m_payload.object = &elements;
  return result;
}
Value Value::own_list(std::unique_ptr<const Sequence> elements) noexcept { return own(Kind::list, elements.release()); }
Value Value::own_list(std::vector<Value> elements) {
  auto list = std::make_unique<OwnedList>(std::move(elements));
  if (list->depth() > k_deepest_value) return error(ErrorCode::too_deep);
  return own(Kind::list, list.release());
}

Value Value::map(const Mapping& entries) noexcept {
  Value result(Kind::map, 0);
  result.m_payload.object = &entries;
  return result;
}
Value Value::own_map(std::unique_ptr<const Mapping> entries) noexcept { return own(Kind::map, entries.release()); }
Value Value::own_map(std::vector<std::pair<Value, Value>> entries) {
  for (const auto& [key, value] : entries)
    if (!is_key(key)) return error(ErrorCode::invalid_argument, "unsupported key type '" + key.type_name().str() + "'");
  auto map = std::make_unique<OwnedMap>(std::move(entries));
  if (const auto again = map->duplicate())
    return error(ErrorCode::duplicate_key, "the key " + to_text(map->key_at(*again)) + " is there twice");
  if (map->depth() > k_deepest_value) return error(ErrorCode::too_deep);
  return own(Kind::map, map.release());
}

Value Value::timestamp(TimeParts parts) noexcept {
  Value result(Kind::timestamp, static_cast<std::uint32_t>(parts.nanoseconds));
  result.m_payload.integer = parts.seconds;
  return result;
}
Value Value::duration(TimeParts parts) noexcept {
  Value result(Kind::duration, static_cast<std::uint32_t>(parts.nanoseconds));
  result.m_payload.integer = parts.seconds;
  return result;
}
Value Value::type(base::Symbol name) noexcept {
  Value result(Kind::type, 0);
  result.m_payload.symbol = &name.str();
  return result;
}
Value Value::own_record(std::unique_ptr<const Record> record) noexcept { return own(Kind::record, record.release()); }
Value Value::optional_none() noexcept {
  Value result(Kind::optional, 0);
  result.m_payload.object = nullptr;
  return result;
}
Value Value::optional_of(Value value) {
  if (value.is_special()) return value;
  if (value.depth() >= k_deepest_value) return error(ErrorCode::too_deep);
  return own(Kind::optional, new OptionalObject(std::move(value)));
}
Value Value::unknown(base::Symbol path) noexcept {
  Value result(Kind::unknown, 0);
  result.m_payload.symbol = &path.str();
  return result;
}
Value Value::unknown(std::vector<base::Symbol> paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return own(Kind::unknown, new UnknownObject(std::move(paths)));
}
Value Value::error(ErrorCode code, std::string message) {
  Value result = own(Kind::error, new ErrorObject(std::move(message), ErrorObject::k_nowhere));
  result.m_extra = static_cast<std::uint32_t>(code);
  return result;
}

std::string_view Value::owned_text() const noexcept { return static_cast<const TextObject*>(m_payload.object)->text; }
TimeParts Value::as_time() const {
  POSTERN_ASSERT(m_kind == Kind::timestamp || m_kind == Kind::duration);
  return {m_payload.integer, static_cast<std::int32_t>(m_extra)};
}
base::Symbol Value::as_type() const {
  POSTERN_ASSERT(m_kind == Kind::type);
  return base::Symbol(*m_payload.symbol);
}
const Value* Value::as_optional() const {
  POSTERN_ASSERT(m_kind == Kind::optional);
  return m_payload.object == nullptr ? nullptr : &static_cast<const OptionalObject*>(m_payload.object)->content;
}

std::string Value::error_message() const {
  POSTERN_ASSERT(m_kind == Kind::error);
  const auto* object = static_cast<const ErrorObject*>(m_payload.object);
  return object == nullptr || object->message.empty() ? std::string(to_string(error_code())) : object->message;
}
std::optional<std::uint32_t> Value::error_offset() const {
  POSTERN_ASSERT(m_kind == Kind::error);
  const auto* object = static_cast<const ErrorObject*>(m_payload.object);
  if (object == nullptr || object->offset == ErrorObject::k_nowhere) return std::nullopt;
  return object->offset;
}
Value Value::located(std::uint32_t offset) const {
  if (error_offset()) return *this;
  const auto* object = static_cast<const ErrorObject*>(m_payload.object);
  Value result = own(Kind::error, new ErrorObject(object == nullptr ? std::string() : object->message, offset));
  result.m_extra = m_extra;
  return result;
}
std::vector<base::Symbol> Value::unknown_paths() const {
  POSTERN_ASSERT(m_kind == Kind::unknown);
  if (m_owned) return static_cast<const UnknownObject*>(m_payload.object)->paths;
  return {base::Symbol(*m_payload.symbol)};
}

Value Value::view_of_owned() const noexcept {
  if (is_special()) return *this;
  Value view(m_kind, m_extra);
  view.m_payload = m_payload;
  if (m_kind != Kind::string && m_kind != Kind::bytes) return view;
  const std::string_view text = owned_text();
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) return *this;
  view.m_payload.text = text.data();
  view.m_extra = static_cast<std::uint32_t>(text.size());
  return view;
}

Value Value::part(std::string_view part) const { return m_owned ? own_text(m_kind, std::string(part)) : text(m_kind, part); }

base::Symbol Value::type_name() const {
  static const std::array<base::Symbol, k_type_names.size()> k_symbols = [] {
    std::array<base::Symbol, k_type_names.size()> symbols;
    std::transform(k_type_names.begin(), k_type_names.end(), symbols.begin(),
                   [](std::string_view name) { return base::Symbol(name); });
    return symbols;
  }();
  return m_kind == Kind::record ? as_record().type().name() : k_symbols[static_cast<std::size_t>(m_kind)];
}

std::uint32_t Value::depth() const {
  if (m_kind == Kind::list) return as_list().depth();
  if (m_kind == Kind::map) return as_map().depth();
  if (m_kind == Kind::optional) return as_optional() == nullptr ? 1 : 1 + as_optional()->depth();
  return 0;
}

Value merge_unknowns(const Value& a, const Value& b) {
  if (!a.is_unknown()) return b;
  if (!b.is_unknown()) return a;
  std::vector<base::Symbol> paths = a.unknown_paths();
  const std::vector<base::Symbol> more = b.unknown_paths();
  paths.insert(paths.end(), more.begin(), more.end());
  return Value::unknown(std::move(paths));
}

}  // namespace postern::cel
