// SPDX-License-Identifier: Apache-2.0
// Values, attribute lists and their order.
#include <postern/base/error.h>
#include <postern/model/attribute.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::model {
namespace {

struct ValueText {
  std::string operator()(Unknown) const { return "unknown"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(Symbol value) const { return value.str(); }
  std::string operator()(const TextList& values) const {
    std::string text = "[";
    for (const Symbol value : values) text += (text.size() == 1 ? "" : ", ") + value.str();
    return text + "]";
  }
};

/// What the order of rows goes by. Looked for millions of times in a run, so this is made to be inlined.
struct RowKey {
  const AttributeDefinition* definition;
  Symbol scope;
  Symbol key;
};

bool is_before(const RowKey& a, const RowKey& b) {
  if (a.definition != b.definition) {
    if (a.definition->order != b.definition->order) return a.definition->order < b.definition->order;
    if (const int order = a.definition->name.compare(b.definition->name); order != 0) return order < 0;
  }
  if (a.scope != b.scope) return a.scope < b.scope;
  return a.key != b.key && a.key < b.key;
}

constexpr auto row_less = [](const Attribute& a, const Attribute& b) {
  return is_before({a.definition, a.scope, a.key}, {b.definition, b.scope, b.key});
};
constexpr auto row_before = [](const Attribute& row, const RowKey& key) {
  return is_before({row.definition, row.scope, row.key}, key);
};

bool same_row(const Attribute& a, const Attribute& b) {
  const bool same_name = a.definition == b.definition || a.definition->name == b.definition->name;
  return same_name && a.scope == b.scope && a.key == b.key;
}

}  // namespace

std::string to_string(const AttributeValue& value) { return std::visit(ValueText{}, value); }

const char* to_string(ValueType type) {
  constexpr std::array k_names = {"boolean", "integer", "text", "set of texts", "list of texts"};
  return k_names.at(static_cast<std::size_t>(type));
}

const char* to_string(AttributeSubject subject) {
  constexpr std::array k_names = {"workload",   "container", "endpoint",      "gateway", "network policy",
                                  "identity",   "role",      "configuration", "secret",  "budget",
                                  "autoscaler", "volume",    "namespace",     "entity",  "relation"};
  return k_names.at(static_cast<std::size_t>(subject));
}

const AttributeDefinition* find_attribute(std::string_view name, bool of_relation) {
  for (const AttributeDefinition* row : all_attributes()) {
    if (row->name == name && (row->subject == AttributeSubject::relation) == of_relation) return row;
  }
  return nullptr;
}

std::string path_of(const Attribute& attribute) {
  std::string text = attribute.scope.empty() ? std::string() : attribute.scope.str() + ".";
  text += attribute.definition->name;
  if (!attribute.key.empty()) text += "[" + attribute.key.str() + "]";
  return text;
}

void Attributes::set(Attribute attribute) {
  POSTERN_ASSERT(attribute.definition != nullptr);
  const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), attribute, row_less);
  if (at != m_rows.end() && same_row(*at, attribute)) {
    *at = std::move(attribute);
  } else {
    m_rows.insert(at, std::move(attribute));
  }
}

void Attributes::set(const AttributeDefinition& definition, AttributeValue value, Location location, Symbol scope, Symbol key) {
  set(Attribute{&definition, scope, key, std::move(value), location});
}

const Attribute* Attributes::find(const AttributeDefinition& definition, Symbol scope, Symbol key) const {
  const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), RowKey{&definition, scope, key}, row_before);
  if (at == m_rows.end() || at->scope != scope || at->key != key) return nullptr;
  return at->definition == &definition || at->definition->name == definition.name ? &*at : nullptr;
}

std::span<const Attribute> Attributes::of(const AttributeDefinition& definition) const {
  const auto less_than_name = [](const Attribute& row, std::string_view name) { return row.definition->name < name; };
  const auto first = std::lower_bound(m_rows.begin(), m_rows.end(), definition.name, less_than_name);
  auto last = first;
  while (last != m_rows.end() && last->definition->name == definition.name) ++last;
  return {first, last};
}

const TextList& Attributes::list(const AttributeDefinition& definition, Symbol scope, Symbol key) const {
  static const TextList k_none;
  const Attribute* row = find(definition, scope, key);
  const auto* texts = row == nullptr ? nullptr : std::get_if<TextList>(&row->value);
  return texts == nullptr ? k_none : *texts;
}

std::optional<std::int64_t> Attributes::number(const AttributeDefinition& definition) const {
  const Attribute* row = find(definition);
  const auto* value = row == nullptr ? nullptr : std::get_if<std::int64_t>(&row->value);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::vector<std::string> strings_of(const TextList& texts) {
  std::vector<std::string> strings;
  for (const Symbol text : texts) strings.push_back(text.str());
  return strings;
}

Symbol Attributes::text(const AttributeDefinition& definition) const {
  const Attribute* row = find(definition);
  const Symbol* value = row == nullptr ? nullptr : std::get_if<Symbol>(&row->value);
  return value == nullptr ? Symbol() : *value;
}

bool Attributes::is_true(const AttributeDefinition& definition) const {
  const Attribute* row = find(definition);
  const bool* value = row == nullptr ? nullptr : std::get_if<bool>(&row->value);
  return value != nullptr && *value;
}

Attributes Attributes::from_rows(std::vector<Attribute> rows) {
  if (!std::is_sorted(rows.begin(), rows.end(), row_less)) std::stable_sort(rows.begin(), rows.end(), row_less);
  // In place: hardly any list holds a row twice, and every list of every entity comes by here.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept != 0 && same_row(rows[kept - 1], rows[i])) --kept;
    if (kept != i) rows[kept] = std::move(rows[i]);
    ++kept;
  }
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
  Attributes result;
  result.m_rows = std::move(rows);
  return result;
}

Symbol tier_of(const Attributes& attributes) {
  const Symbol declared = attributes.text(attribute::tier);
  return declared.empty() ? attributes.text(attribute::criticality) : declared;
}

}  // namespace postern::model
