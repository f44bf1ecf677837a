// SPDX-License-Identifier: Apache-2.0
// Values of attributes as CEL values: views, never copies.
#include "policy/attribute_value.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "policy/pooled.h"

namespace postern::policy {
namespace {

using cel::Value;

class TextSequence final : public cel::Sequence, public Pooled<TextSequence> {
 public:
  explicit TextSequence(const model::TextList& texts) : m_texts(texts) {}
  [[nodiscard]] std::size_t size() const override { return m_texts.size(); }
  [[nodiscard]] Value at(std::size_t index) const override { return Value::string(m_texts[index]); }

 private:
  const model::TextList& m_texts;
};

/// Rows of one scope, by key. Rows of a definition are sorted by scope and key, so that those of one scope stand together.
class TextMapping final : public cel::Mapping, public Pooled<TextMapping> {
 public:
  TextMapping(std::span<const model::Attribute> rows, base::Symbol owner) : m_rows(rows), m_owner(owner) {}
  [[nodiscard]] std::size_t size() const override { return m_rows.size(); }
  [[nodiscard]] Value key_at(std::size_t index) const override { return Value::string(m_rows[index].key); }
  [[nodiscard]] Value value_at(std::size_t index) const override { return text_of(m_rows[index]); }
  [[nodiscard]] std::optional<Value> find(const Value& key) const override {
    if (!key.is(cel::Kind::string)) return std::nullopt;
    for (const model::Attribute& row : m_rows) {
      if (row.key.view() == key.as_text()) return text_of(row);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Value text_of(const model::Attribute& row) const {
    if (const auto* text = std::get_if<base::Symbol>(&row.value)) return Value::string(*text);
    if (std::holds_alternative<model::Unknown>(row.value)) return to_cel(row.value, m_owner.view(), path_of(row));
    return Value::own_string(to_string(row.value));
  }
  std::span<const model::Attribute> m_rows;
  base::Symbol m_owner;
};

Value unknown_of(std::string_view owner, std::string_view name) {
  return Value::unknown(base::Symbol(std::string(owner) + "." + std::string(name)));
}

}  // namespace

std::string_view cel_type_of(model::ValueType type) {
  constexpr std::array<std::string_view, 5> k_types = {"bool", "int", "string", "list(string)", "list(string)"};
  return k_types.at(static_cast<std::size_t>(type));
}

bool undeclared_boolean(const model::AttributeDefinition& definition) {
  return &definition == &model::attribute::allow_privilege_escalation ||
         &definition == &model::attribute::automount_service_account_token;
}

std::string_view undeclared_text(const model::AttributeDefinition& definition) {
  switch (definition.type) {
    case model::ValueType::boolean:
      return undeclared_boolean(definition) ? "true" : "false";
    case model::ValueType::integer:
      return "has() is false; reading it is an error";
    case model::ValueType::text:
      return "''";
    case model::ValueType::text_set:
    case model::ValueType::text_list:
      return "[]";
  }
  return {};
}

Value text_list(const model::TextList& texts) { return Value::own_list(std::make_unique<TextSequence>(texts)); }

Value text_map(std::span<const model::Attribute> rows, base::Symbol scope, std::string_view owner) {
  std::size_t first = 0;
  while (first < rows.size() && rows[first].scope != scope) ++first;
  std::size_t last = first;
  while (last < rows.size() && rows[last].scope == scope) ++last;
  return Value::own_map(std::make_unique<TextMapping>(rows.subspan(first, last - first), base::Symbol(owner)));
}

Value to_cel(const model::AttributeValue& value, std::string_view owner, std::string_view name) {
  struct Conversion {
    std::string_view owner;
    std::string_view name;
    Value operator()(model::Unknown) const { return unknown_of(owner, name); }
    Value operator()(bool flag) const { return Value::boolean(flag); }
    Value operator()(std::int64_t number) const { return Value::integer(number); }
    Value operator()(base::Symbol text) const { return Value::string(text); }
    Value operator()(const model::TextList& texts) const { return text_list(texts); }
  };
  return std::visit(Conversion{owner, name}, value);
}

Value to_cel(const model::Attribute* row, const model::AttributeDefinition& definition, std::string_view owner) {
  static const model::TextList k_no_texts;
  if (row != nullptr) return to_cel(row->value, owner, definition.name);
  switch (definition.type) {
    case model::ValueType::boolean:
      return Value::boolean(undeclared_boolean(definition));
    case model::ValueType::integer:
      return Value::absent();
    case model::ValueType::text:
      return Value::string(std::string_view());
    case model::ValueType::text_set:
    case model::ValueType::text_list:
      return text_list(k_no_texts);
  }
  return Value::absent();
}

}  // namespace postern::policy
