// SPDX-License-Identifier: Apache-2.0
// Typed access to the fields of an object, with one sentence for each kind of trouble.
#include <ingest/codes.h>
#include <ingest/kubernetes/object_reader.h>

#include <algorithm>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::int64_t k_largest_port = 65535;

std::string quoted(std::string_view text) {
  constexpr std::size_t k_longest = 40;
  return "\"" + std::string(text.substr(0, k_longest)) + (text.size() > k_longest ? "...\"" : "\"");
}

}  // namespace

Symbol make_address(std::string_view namespace_name, std::string_view plural, std::string_view name) {
  std::string text;
  text.reserve(namespace_name.size() + plural.size() + name.size() + 2);
  text += namespace_name;
  if (!text.empty()) text += '/';
  if (!plural.empty()) (text += plural) += '/';
  return Symbol(text += name);
}

Node ObjectReader::checked(const Node& parent, std::string_view key, document::Kind wanted, std::string_view expected) const {
  const Node value = parent[key];
  if (!value || value.is_null()) return {};
  if (value.kind() == wanted) return value;
  wrong_type(value, key, expected);
  return {};
}

Node ObjectReader::mapping(const Node& parent, std::string_view key) const {
  return checked(parent, key, document::Kind::mapping, "a mapping");
}

Node ObjectReader::sequence(const Node& parent, std::string_view key) const {
  return checked(parent, key, document::Kind::sequence, "a sequence");
}

std::optional<std::string_view> ObjectReader::scalar_text(const Node& value, std::string_view key) const {
  if (!value || value.is_null()) return std::nullopt;
  if (!value.is_scalar()) {
    wrong_type(value, key, "text");
    return std::nullopt;
  }
  if (value.kind() != document::Kind::string) {
    warning(code::k_not_text, value, "'" + std::string(key) + "' is " + to_string(value.kind()) + ", expected text",
            "quote the value");
  }
  return value.text();
}

std::optional<std::string_view> ObjectReader::text(const Node& parent, std::string_view key) const {
  return scalar_text(parent[key], key);
}

std::optional<std::string_view> ObjectReader::name(const Node& parent, std::string_view key) const {
  const auto value = text(parent, key);
  return value && !value->empty() ? value : std::nullopt;
}

std::optional<std::string_view> ObjectReader::text_or_integer(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (value.kind() == document::Kind::integer) return value.text();
  return scalar_text(value, key);
}

std::optional<bool> ObjectReader::boolean(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (!value || value.is_null()) return std::nullopt;
  const auto result = value.as_boolean();
  if (!result) wrong_type(value, key, "true or false", Quote::shown);
  return result;
}

std::optional<std::int64_t> ObjectReader::integer(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (!value || value.is_null()) return std::nullopt;
  const auto result = value.as_integer();
  if (!result) wrong_type(value, key, "an integer", Quote::shown);
  return result;
}

std::optional<std::int64_t> ObjectReader::port(const Node& parent, std::string_view key) const {
  const auto result = integer(parent, key);
  if (!result || (*result >= 1 && *result <= k_largest_port)) return result;
  error(code::k_out_of_range, parent[key], "'" + std::string(key) + "' is " + std::to_string(*result) + ", expected 1 to 65535");
  return std::nullopt;
}

std::vector<Symbol> ObjectReader::texts(const Node& parent, std::string_view key) const {
  const Node list = sequence(parent, key);
  std::vector<Symbol> result;
  result.reserve(list.size());
  for (const Node item : list.items()) {
    if (const auto value = scalar_text(item, key)) result.emplace_back(*value);
  }
  return result;
}

std::vector<Symbol> ObjectReader::sorted_texts(const Node& parent, std::string_view key) const {
  std::vector<Symbol> result = texts(parent, key);
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

void ObjectReader::missing(const Node& parent, std::string_view key) const {
  error(code::k_missing_part, parent, "'" + std::string(key) + "' is required and not there", "add it");
}

Node ObjectReader::required_mapping(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (!value || value.is_null()) missing(parent, key);
  return mapping(parent, key);
}

Node ObjectReader::required_sequence(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (!value || value.is_null()) missing(parent, key);
  return sequence(parent, key);
}

std::optional<std::string_view> ObjectReader::required_name(const Node& parent, std::string_view key) const {
  const Node value = parent[key];
  if (!value || value.is_null() || (value.is_scalar() && value.text().empty())) {
    missing(parent, key);
    return std::nullopt;
  }
  return text(parent, key);
}

Symbol ObjectReader::local_address(std::string_view plural, std::string_view name) const {
  return make_address(m_object.namespace_name.view(), plural, name);
}

model::EntityFact ObjectReader::entity(model::EntityKind kind) const {
  model::EntityFact fact;
  fact.address = m_object.address;
  fact.kind = kind;
  fact.name = m_object.name;
  fact.namespace_name = m_object.namespace_name;
  fact.namespace_declared = m_object.namespace_declared;
  fact.location = m_object.root.location();
  return fact;
}

void ObjectReader::refer(model::RelationKind kind, Symbol target, std::string_view note, const Location& location, bool optional) {
  model::ReferenceFact fact;
  fact.source = m_object.address;
  fact.kind = kind;
  fact.target = target;
  fact.note = Symbol(note);
  fact.optional = optional;
  fact.location = location;
  emit(std::move(fact));
}

void ObjectReader::report(base::Severity severity, std::string_view code, const Node& where, std::string message,
                          std::string hint) const {
  const Location location = where ? where.location() : m_object.root.location();
  std::string context = std::string(m_object.kind) + " " + m_object.address.str();
  m_sink.add({std::string(code), severity, location, std::move(message), std::move(hint), {std::move(context)}});
}

void ObjectReader::error(std::string_view code, const Node& where, std::string message, std::string hint) const {
  report(base::Severity::error, code, where, std::move(message), std::move(hint));
}

void ObjectReader::warning(std::string_view code, const Node& where, std::string message, std::string hint) const {
  report(base::Severity::warning, code, where, std::move(message), std::move(hint));
}

void ObjectReader::note(std::string_view code, const Node& where, std::string message, std::string hint) const {
  report(base::Severity::note, code, where, std::move(message), std::move(hint));
}

void ObjectReader::wrong_type(const Node& found, std::string_view key, std::string_view expected, Quote quote) const {
  std::string what = to_string(found.kind());
  if (quote == Quote::shown && found.is_scalar()) what += " " + quoted(found.text());
  error(code::k_wrong_type, found, "'" + std::string(key) + "' is " + what + ", expected " + std::string(expected));
}

}  // namespace postern::ingest::kubernetes
