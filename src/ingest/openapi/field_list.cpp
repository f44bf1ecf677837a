// SPDX-License-Identifier: Apache-2.0
// Walks schemas of JSON Schema and its relatives.
#include <ingest/openapi/field_list.h>

#include <algorithm>
#include <array>

namespace postern::ingest::openapi {
namespace {

constexpr int k_deepest = 8;
/// Fields of one operation; and steps on the way to them, since compositions of compositions multiply.
constexpr std::size_t k_most_fields = 2000;
constexpr std::size_t k_most_steps = 20'000;
constexpr std::array<std::string_view, 3> k_compositions = {"allOf", "anyOf", "oneOf"};

const char* word_of(DataDirection direction) { return direction == DataDirection::in ? "in " : "out "; }

std::string place_of(const document::Node& node) {
  const base::Location location = node.location();
  return std::to_string(location.line) + ':' + std::to_string(location.column);
}

}  // namespace

void FieldList::add_name(std::string_view name, DataDirection direction) {
  if (!name.empty() && m_fields.size() < k_most_fields) m_fields.insert(word_of(direction) + std::string(name));
}

void FieldList::add(const Place& schema, std::string_view name, DataDirection direction) {
  Walk state{direction, {}};
  m_steps = 0;
  const std::size_t before = m_fields.size();
  walk(schema, std::string(name), 0, state);
  if (!name.empty() && m_fields.size() == before) add_name(name, direction);
}

void FieldList::walk(const Place& at, const std::string& prefix, int depth, Walk& state) {
  if (!at || depth > k_deepest || ++m_steps > k_most_steps || m_fields.size() >= k_most_fields) return;
  const Place schema = m_library.follow(at);
  if (!schema.node.is_mapping()) return;
  const std::pair place(schema.file, place_of(schema.node));
  if (std::find(state.open.begin(), state.open.end(), place) != state.open.end()) {
    add_name(prefix, state.direction);
    return;
  }
  state.open.push_back(place);
  const std::size_t before = m_fields.size();
  walk_properties(schema, prefix, depth, state);
  for (const std::string_view composition : k_compositions) {
    for (const document::Node part : schema[composition].node.items()) walk({part, schema.file}, prefix, depth + 1, state);
  }
  for (const std::string_view key : {"items", "contains", "unevaluatedItems"}) {
    if (schema[key].node.is_mapping()) walk(schema[key], prefix, depth + 1, state);
  }
  for (const document::Node part : schema["prefixItems"].node.items()) walk({part, schema.file}, prefix, depth + 1, state);
  if (schema["additionalProperties"].node.is_mapping()) walk(schema["additionalProperties"], prefix, depth + 1, state);
  if (m_fields.size() == before) add_name(prefix, state.direction);
  state.open.pop_back();
}

void FieldList::walk_properties(const Place& schema, const std::string& prefix, int depth, Walk& state) {
  // What is only read is not taken, and what is only written is not given.
  const std::string_view hidden = state.direction == DataDirection::in ? "readOnly" : "writeOnly";
  for (const document::Entry entry : schema.node["properties"].entries()) {
    if (entry.value[hidden].as_boolean().value_or(false)) continue;
    const std::string name = prefix.empty() ? std::string(entry.key.text()) : prefix + '.' + std::string(entry.key.text());
    if (entry.value.is_mapping()) {
      walk({entry.value, schema.file}, name, depth + 1, state);
    } else {
      add_name(name, state.direction);
    }
  }
}

}  // namespace postern::ingest::openapi
