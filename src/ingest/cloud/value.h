// SPDX-License-Identifier: Apache-2.0
// A value of an argument of a resource, as every language of infrastructure has them: what is known, what is not, and which other
// resources it speaks of.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::ingest::cloud {

/// "Takes this from that resource": `aws_db_instance.main`, `endpoint`.
struct Reference {
  std::string address;    ///< declared address, without index where the index is not known
  std::string attribute;  ///< what is taken, with its path; empty: the whole resource
  bool whole = true;      ///< the value is just that, not a longer text with that in it
  friend bool operator==(const Reference&, const Reference&) = default;
  friend auto operator<=>(const Reference&, const Reference&) = default;
};

/// The address of a reference that says only this: nobody wrote the value where it is.
inline constexpr std::string_view k_recorded_address = "~recorded";

/// What a value is. `unknown`: there is one, and nobody knows it before the change is applied.
enum class ValueKind : std::uint8_t { null, boolean, number, text, list, map, unknown };

class Value;
struct Draft;
using Member = std::pair<std::string, Value>;

/// An immutable value. Lists, maps and references are shared by their copies (hence the shared_ptr): evaluation copies whole trees
/// from scope to scope.
class Value {
 public:
  Value() = default;
  Value(const Value& other) = default;
  Value(Value&& other) noexcept = default;
  /// `other` may be a part of this value, which is let go only when the copy is made.
  Value& operator=(const Value& other) { return *this = Value(other); }
  Value& operator=(Value&& other) noexcept = default;
  ~Value() = default;
  [[nodiscard]] static Value null() { return {}; }
  [[nodiscard]] static Value unknown();
  [[nodiscard]] static Value boolean(bool value);
  /// A number in its shortest decimal form.
  [[nodiscard]] static Value number(double value);
  [[nodiscard]] static Value number_text(std::string text);
  [[nodiscard]] static Value text(std::string value);
  [[nodiscard]] static Value list(std::vector<Value> items);
  /// Of several members with one name the last counts.
  [[nodiscard]] static Value map(std::vector<Member> members);

  [[nodiscard]] ValueKind kind() const noexcept { return m_kind; }
  [[nodiscard]] bool is_null() const noexcept { return m_kind == ValueKind::null; }
  [[nodiscard]] bool is_unknown() const noexcept { return m_kind == ValueKind::unknown; }
  [[nodiscard]] bool is_text() const noexcept { return m_kind == ValueKind::text; }
  [[nodiscard]] bool is_list() const noexcept { return m_kind == ValueKind::list; }
  [[nodiscard]] bool is_map() const noexcept { return m_kind == ValueKind::map; }
  /// Boolean, number or text.
  [[nodiscard]] bool is_scalar() const noexcept { return m_kind >= ValueKind::boolean && m_kind <= ValueKind::text; }
  /// Neither it nor anything in it is unknown.
  [[nodiscard]] bool wholly_known() const;

  [[nodiscard]] bool truth() const noexcept { return m_truth; }
  /// The text of a scalar: `true`, `12`, the text itself; empty for all else.
  [[nodiscard]] std::string_view as_text() const noexcept;
  /// A boolean, or a text that says one; nothing for all else.
  [[nodiscard]] std::optional<bool> as_boolean() const;
  [[nodiscard]] std::optional<double> as_number() const;
  [[nodiscard]] std::optional<std::int64_t> as_integer() const;
  [[nodiscard]] std::span<const Value> items() const noexcept;
  /// By name.
  [[nodiscard]] std::span<const Member> members() const noexcept;
  /// The member of that name; a null value where there is none.
  [[nodiscard]] const Value& operator[](std::string_view name) const noexcept;
  [[nodiscard]] const Value* find(std::string_view name) const noexcept;

  [[nodiscard]] std::span<const Reference> references() const noexcept;
  /// The value with more references; also those of parts count for the whole.
  [[nodiscard]] Value with_references(std::span<const Reference> more) const;
  [[nodiscard]] Value with_reference(Reference reference) const;
  /// The value with the reference that says only that nobody wrote it where it is (k_recorded_address).
  [[nodiscard]] Value as_recorded() const;
  /// The value as part of a longer text.
  [[nodiscard]] Value within_text() const;
  /// All references of the value and everything in it, sorted, each once.
  [[nodiscard]] std::vector<Reference> all_references() const;

  /// Of an unknown text what is known of it; null for all else.
  [[nodiscard]] const Draft* draft() const noexcept { return m_draft.get(); }
  [[nodiscard]] Value with_draft(Draft draft) const;

  [[nodiscard]] bool sensitive() const noexcept { return m_sensitive; }
  [[nodiscard]] Value as_sensitive() const;
  /// Rests on a default that whoever applies it may replace.
  [[nodiscard]] bool by_default() const noexcept { return m_by_default; }
  [[nodiscard]] Value as_default() const;
  [[nodiscard]] const base::Location& location() const noexcept { return m_location; }
  [[nodiscard]] Value at(const base::Location& location) const;

  /// The same content, whatever it rests on. Unknown values equal nothing.
  [[nodiscard]] bool same(const Value& other) const;

 private:
  ValueKind m_kind = ValueKind::null;
  bool m_truth = false;
  bool m_sensitive = false;
  bool m_by_default = false;
  std::string m_text;
  std::shared_ptr<const std::vector<Value>> m_items;
  std::shared_ptr<const std::vector<Member>> m_members;
  std::shared_ptr<const std::vector<Reference>> m_references;
  std::shared_ptr<const Draft> m_draft;
  base::Location m_location;
};

/// A text that was put together of parts which are not all known: a placeholder stands for each that is not. Documents are often
/// written so (`{"Resource": "${aws_s3_bucket.logs.arn}"}`), and all but the parts can be read.
struct Draft {
  std::string text;
  std::vector<Value> parts;

  /// Adds a part: the text of one that is known, a placeholder for one that is not.
  void add(const Value& part);
};

/// What stands behind the last placeholder.
[[nodiscard]] std::string_view text_after_part(const Draft& draft);

/// What a draft of JSON, or of YAML, says: texts that hold a placeholder are unknown and refer to what the part refers to. Nothing
/// where it cannot be read.
[[nodiscard]] std::optional<Value> parse_json(const Draft& draft);
[[nodiscard]] std::optional<Value> parse_yaml(const Draft& draft);

/// A JSON or YAML value. Null members are left out, since an argument that is null is an argument that is not there.
[[nodiscard]] Value value_of(const document::Node& node);
/// JSON inside a text; nothing where the text is none.
[[nodiscard]] std::optional<Value> parse_json(std::string_view text);
/// JSON of a value that is wholly known.
[[nodiscard]] std::string to_json(const Value& value);

/// The value with all its parts where the text stands from the inside of which they were read.
[[nodiscard]] Value placed(const Value& value, const base::Location& location);

}  // namespace postern::ingest::cloud
