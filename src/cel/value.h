// SPDX-License-Identifier: Apache-2.0
// The values that CEL expressions compute with: a 16-byte tagged value, and the interfaces behind which a host keeps its own data.
#pragma once
#include <postern/base/error.h>
#include <postern/base/symbol.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::cel {

class Value;
class ObjectType;

/// What a value is at run time. `unknown` and `error` are results of evaluation, never elements that an expression can build.
enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  list,
  map,
  timestamp,
  duration,
  type,
  record,
  optional,
  unknown,
  error,
};

/// Why an evaluation failed. The message says it in words; the code is what a program may act on.
enum class ErrorCode : std::uint8_t {
  no_such_variable,
  no_such_overload,
  no_such_field,  ///< also: no such key of a map
  overflow,
  division_by_zero,
  invalid_argument,
  out_of_range,
  invalid_conversion,
  duplicate_key,
  too_deep,
  budget_exceeded,  ///< the evaluation was stopped; never absorbed by `||`, `&&` or an aggregate
};
/// "no such overload" and the like.
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// Base of what values can share by counting references (safe from several threads).
class Shared {
 public:
  Shared() noexcept = default;
  Shared(const Shared&) noexcept {}
  Shared& operator=(const Shared&) noexcept { return *this; }
  virtual ~Shared() = default;

 private:
  friend class Value;
  mutable std::atomic<std::uint32_t> m_references{0};
};

/// A list of the host. `at` is called with index < size(); it may return unknown values.
class Sequence : public Shared {
 public:
  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual Value at(std::size_t index) const = 0;
  /// The same, for a reader that is done with the element before the list goes away: a list that keeps its elements lends them.
  [[nodiscard]] virtual Value view(std::size_t index) const;
  /// Levels of nested lists, maps and optionals below and including this one; host data counts as 1.
  [[nodiscard]] virtual std::uint32_t depth() const { return 1; }
};

/// A map of the host, in a fixed order (the order decides what is printed).
class Mapping : public Shared {
 public:
  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual Value key_at(std::size_t index) const = 0;
  [[nodiscard]] virtual Value value_at(std::size_t index) const = 0;
  /// The value of `key` (boolean, integer, unsigned_integer, real or string; numbers are equal across types), if present.
  [[nodiscard]] virtual std::optional<Value> find(const Value& key) const = 0;
  [[nodiscard]] virtual std::uint32_t depth() const { return 1; }
};

/// An object of the host with a declared type: `entity.name` reads a slot of it.
class Record : public Shared {
 public:
  /// The type; fields are numbered as declared there.
  [[nodiscard]] virtual const ObjectType& type() const = 0;
  /// The field in `slot` (< number of fields of the type). `Value::absent()` when the object does not have it.
  [[nodiscard]] virtual Value get(std::size_t slot) const = 0;
  /// Equality with another record of the same type; by default the same object.
  [[nodiscard]] virtual bool equals(const Record& other) const { return this == &other; }
  /// The text of `string(record)`; nothing when there is no such conversion.
  [[nodiscard]] virtual std::optional<std::string> text() const { return std::nullopt; }
};

/// Seconds and nanoseconds since 1970-01-01T00:00:00Z (timestamp) or as a length (duration). For durations both have the same sign;
/// for timestamps 0 <= nanoseconds < 1e9.
struct TimeParts {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  friend auto operator<=>(const TimeParts&, const TimeParts&) = default;
};

/// One value. 16 bytes, cheap to copy. Text and host objects are borrowed unless made with an `own_` function: borrowed memory must
/// outlive every value that views it. A result of `Program::evaluate` may view the program and the activation.
class Value {
 public:
  Value() noexcept = default;  ///< null
  Value(const Value& other) noexcept
      : m_payload(other.m_payload), m_extra(other.m_extra), m_kind(other.m_kind), m_owned(other.m_owned) {
    if (m_owned) retain();
  }
  Value(Value&& other) noexcept : m_payload(other.m_payload), m_extra(other.m_extra), m_kind(other.m_kind), m_owned(other.m_owned) {
    other.m_owned = false;
    other.m_kind = Kind::null;
  }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    const Shared* old = m_owned ? m_payload.object : nullptr;  // released last: `other` may be a part of it
    m_payload = other.m_payload;
    m_extra = other.m_extra;
    m_kind = other.m_kind;
    m_owned = other.m_owned;
    other.m_owned = false;
    other.m_kind = Kind::null;
    if (old != nullptr) release(old);
    return *this;
  }
  ~Value() {
    if (m_owned) release(m_payload.object);
  }

  // --- making values; `string`, `bytes`, `list`, `map`, `record` borrow ---
  static Value null() noexcept { return {}; }
  static Value boolean(bool value) noexcept;
  static Value integer(std::int64_t value) noexcept;
  static Value unsigned_integer(std::uint64_t value) noexcept;
  static Value real(double value) noexcept;
  /// Well-formed UTF-8 is the caller's duty.
  static Value string(std::string_view text);
  static Value string(base::Symbol text) { return string(text.view()); }
  static Value own_string(std::string text);
  static Value bytes(std::string_view bytes);
  static Value own_bytes(std::string bytes);
  static Value list(const Sequence& elements) noexcept;
  static Value own_list(std::unique_ptr<const Sequence> elements) noexcept;
  /// A list that keeps its own elements.
  static Value own_list(std::vector<Value> elements);
  static Value map(const Mapping& entries) noexcept;
  static Value own_map(std::unique_ptr<const Mapping> entries) noexcept;
  /// A map that keeps its own entries, in this order. Keys must be distinct (checked: an error value otherwise) and of a key's
  /// kind.
  static Value own_map(std::vector<std::pair<Value, Value>> entries);
  static Value timestamp(TimeParts parts) noexcept;
  static Value duration(TimeParts parts) noexcept;
  /// A type as a value, by its name: "int", "list", "google.protobuf.Timestamp".
  static Value type(base::Symbol name) noexcept;
  static Value record(const Record& record) noexcept;
  static Value own_record(std::unique_ptr<const Record> record) noexcept;
  static Value optional_none() noexcept;
  static Value optional_of(Value value);
  /// What is not known yet; `path` names it ("source.region") for the reader.
  static Value unknown(base::Symbol path) noexcept;
  static Value unknown(std::vector<base::Symbol> paths);
  static Value error(ErrorCode code) noexcept;
  static Value error(ErrorCode code, std::string message);
  /// What `Record::get` returns for a field that the object does not have: `has()` is false, selecting it is an error.
  static Value absent() noexcept { return error(ErrorCode::no_such_field); }

  // --- reading; each `as_` asks for the matching kind (asserted) ---
  [[nodiscard]] Kind kind() const noexcept { return m_kind; }
  [[nodiscard]] bool is(Kind kind) const noexcept { return m_kind == kind; }
  [[nodiscard]] bool is_error() const noexcept { return m_kind == Kind::error; }
  [[nodiscard]] bool is_unknown() const noexcept { return m_kind == Kind::unknown; }
  /// Error or unknown: not a result.
  [[nodiscard]] bool is_special() const noexcept { return m_kind >= Kind::unknown; }
  [[nodiscard]] bool is_true() const noexcept { return m_kind == Kind::boolean && m_payload.boolean; }
  [[nodiscard]] bool is_false() const noexcept { return m_kind == Kind::boolean && !m_payload.boolean; }
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] std::uint64_t as_unsigned() const;
  [[nodiscard]] double as_real() const;
  /// The text of a string or the bytes of bytes; valid while this value (or, if borrowed, its owner) lives.
  [[nodiscard]] std::string_view as_text() const;
  [[nodiscard]] const Sequence& as_list() const;
  [[nodiscard]] const Mapping& as_map() const;
  [[nodiscard]] const Record& as_record() const;
  /// Of a timestamp or duration.
  [[nodiscard]] TimeParts as_time() const;
  /// The name of a type value.
  [[nodiscard]] base::Symbol as_type() const;
  /// The content of an optional; nullptr for none.
  [[nodiscard]] const Value* as_optional() const;
  [[nodiscard]] ErrorCode error_code() const;
  /// What went wrong, in words.
  [[nodiscard]] std::string error_message() const;
  /// Byte offset in the expression where the error arose, if known.
  [[nodiscard]] std::optional<std::uint32_t> error_offset() const;
  /// The same error, with the offset where it arose (kept if there is one already).
  [[nodiscard]] Value located(std::uint32_t offset) const;
  /// The names of what is unknown, sorted, without duplicates.
  [[nodiscard]] std::vector<base::Symbol> unknown_paths() const;

  /// The name of the value's type as CEL prints it.
  [[nodiscard]] base::Symbol type_name() const;
  /// Levels of nested lists, maps and optionals; 0 for scalars.
  [[nodiscard]] std::uint32_t depth() const;

  /// A view of this value: no reference is counted, so this one must outlive it. Unknowns and errors are copied.
  [[nodiscard]] Value borrowed() const noexcept;

  /// A string or bytes value of `part`, which must lie within this value's text: a view when this value is one, a copy otherwise.
  [[nodiscard]] Value part(std::string_view part) const;

  void swap(Value& other) noexcept {
    std::swap(m_payload, other.m_payload);
    std::swap(m_extra, other.m_extra);
    std::swap(m_kind, other.m_kind);
    std::swap(m_owned, other.m_owned);
  }

 private:
  union Payload {
    std::int64_t integer = 0;
    std::uint64_t unsigned_integer;
    double real;
    bool boolean;
    const char* text;
    const Shared* object;
    const std::string* symbol;
  };
  Value(Kind kind, std::uint32_t extra) noexcept : m_extra(extra), m_kind(kind) {}
  static Value own(Kind kind, const Shared* object) noexcept;
  static Value text(Kind kind, std::string_view text);
  static Value own_text(Kind kind, std::string text);
  void retain() const noexcept { m_payload.object->m_references.fetch_add(1, std::memory_order_relaxed); }
  /// Not inline: most values own nothing, and what calls this stays small.
  [[gnu::noinline]] static void release(const Shared* object) noexcept;
  [[nodiscard]] std::string_view owned_text() const noexcept;
  [[nodiscard]] Value view_of_owned() const noexcept;

  Payload m_payload;
  std::uint32_t m_extra = 0;  ///< length of borrowed text, nanoseconds, error code
  Kind m_kind = Kind::null;
  bool m_owned = false;
};
static_assert(sizeof(Value) == 16);

inline Value Value::boolean(bool value) noexcept {
  Value result(Kind::boolean, 0);
  result.m_payload.boolean = value;
  return result;
}
inline Value Value::integer(std::int64_t value) noexcept {
  Value result(Kind::integer, 0);
  result.m_payload.integer = value;
  return result;
}
inline Value Value::unsigned_integer(std::uint64_t value) noexcept {
  Value result(Kind::unsigned_integer, 0);
  result.m_payload.unsigned_integer = value;
  return result;
}
inline Value Value::real(double value) noexcept {
  Value result(Kind::real, 0);
  result.m_payload.real = value;
  return result;
}

inline Value Value::text(Kind kind, std::string_view text) {
  if (text.size() > UINT32_MAX) return own_text(kind, std::string(text));
  Value result(kind, static_cast<std::uint32_t>(text.size()));
  result.m_payload.text = text.data();
  return result;
}
inline Value Value::string(std::string_view text_) { return text(Kind::string, text_); }
inline Value Value::record(const Record& record) noexcept {
  Value result(Kind::record, 0);
  result.m_payload.object = &record;
  return result;
}
inline Value Value::error(ErrorCode code) noexcept {
  Value result(Kind::error, static_cast<std::uint32_t>(code));
  result.m_payload.object = nullptr;
  return result;
}
inline bool Value::as_boolean() const {
  POSTERN_ASSERT(m_kind == Kind::boolean);
  return m_payload.boolean;
}
inline std::int64_t Value::as_integer() const {
  POSTERN_ASSERT(m_kind == Kind::integer);
  return m_payload.integer;
}
inline std::uint64_t Value::as_unsigned() const {
  POSTERN_ASSERT(m_kind == Kind::unsigned_integer);
  return m_payload.unsigned_integer;
}
inline double Value::as_real() const {
  POSTERN_ASSERT(m_kind == Kind::real);
  return m_payload.real;
}
inline std::string_view Value::as_text() const {
  POSTERN_ASSERT(m_kind == Kind::string || m_kind == Kind::bytes);
  return m_owned ? owned_text() : std::string_view(m_payload.text, m_extra);
}
inline const Sequence& Value::as_list() const {
  POSTERN_ASSERT(m_kind == Kind::list);
  return *static_cast<const Sequence*>(m_payload.object);
}
inline const Mapping& Value::as_map() const {
  POSTERN_ASSERT(m_kind == Kind::map);
  return *static_cast<const Mapping*>(m_payload.object);
}
inline const Record& Value::as_record() const {
  POSTERN_ASSERT(m_kind == Kind::record);
  return *static_cast<const Record*>(m_payload.object);
}
inline ErrorCode Value::error_code() const {
  POSTERN_ASSERT(m_kind == Kind::error);
  return static_cast<ErrorCode>(m_extra);
}
inline Value Value::borrowed() const noexcept {
  if (m_owned) return view_of_owned();
  Value view(m_kind, m_extra);
  view.m_payload = m_payload;
  return view;
}
inline Value Sequence::view(std::size_t index) const { return at(index); }

/// The union of what is unknown in both (one of them may be something else and is then ignored).
[[nodiscard]] Value merge_unknowns(const Value& a, const Value& b);

/// Text for people and tests: CEL-like notation; strings quoted, maps in their order. At most about `limit` bytes.
[[nodiscard]] std::string to_text(const Value& value, std::size_t limit = 4096);

}  // namespace postern::cel
