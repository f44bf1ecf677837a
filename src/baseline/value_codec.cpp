// SPDX-License-Identifier: Apache-2.0
// Writes and reads the values that are no structs.
#include "baseline/value_codec.h"

#include <algorithm>

namespace postern::baseline {

using document::Kind;
using document::Node;

void Codec<base::Symbol>::read(Reading& reading, const Node& node, base::Symbol& value) {
  if (const auto text = node.as_string()) {
    value = base::Symbol(*text);
  } else {
    reading.wrong_type(node, "a text");
  }
}

void Codec<std::string>::read(Reading& reading, const Node& node, std::string& value) {
  if (const auto text = node.as_string()) {
    value = *text;
  } else {
    reading.wrong_type(node, "a text");
  }
}

void Codec<bool>::read(Reading& reading, const Node& node, bool& value) {
  if (const auto read = node.as_boolean()) {
    value = *read;
  } else {
    reading.wrong_type(node, "true or false");
  }
}

std::optional<std::int64_t> read_integer(Reading& reading, const Node& node, std::int64_t least, std::int64_t most) {
  const auto value = node.as_integer();
  if (!value) {
    reading.wrong_type(node, "an integer");
  } else if (*value < least || *value > most) {
    reading.error(k_wrong_value, node, "expected an integer from " + std::to_string(least) + " to " + std::to_string(most));
  } else {
    return value;
  }
  return std::nullopt;
}

std::optional<std::size_t> read_word(Reading& reading, const Node& node, std::string_view title,
                                     std::span<const std::string_view> names) {
  const auto word = node.as_string();
  if (!word) {
    reading.wrong_type(node, "a text");
    return std::nullopt;
  }
  const auto at = std::find(names.begin(), names.end(), *word);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  reading.unknown_word(k_wrong_value, node, title, *word, names);
  return std::nullopt;
}

void Codec<base::Location>::write(Writing& writing, const base::Location& value) {
  writing.out += '[';
  append_json_integer(writing.out, value.line);
  writing.out += ',';
  append_json_integer(writing.out, value.column);
  if (value.file != writing.input_path) {
    writing.out += ',';
    append_json_text(writing.out, value.file.view());
  }
  writing.out += ']';
}

void Codec<base::Location>::read(Reading& reading, const Node& node, base::Location& value) {
  const std::size_t size = node.size();
  if (!node.is_sequence() || size < 2 || size > 3) return reading.wrong_type(node, "a list of line, column and perhaps file");
  auto item = node.items().begin();
  Codec<std::uint32_t>::read(reading, *item, value.line);
  Codec<std::uint32_t>::read(reading, *++item, value.column);
  value.file = reading.input_path;
  if (size == 3) Codec<base::Symbol>::read(reading, *++item, value.file);
}

void Codec<model::Label>::write(Writing& writing, const model::Label& value) {
  writing.out += '[';
  append_json_text(writing.out, value.first.view());
  writing.out += ',';
  append_json_text(writing.out, value.second.view());
  writing.out += ']';
}

void Codec<model::Label>::read(Reading& reading, const Node& node, model::Label& value) {
  if (!node.is_sequence() || node.size() != 2) return reading.wrong_type(node, "a list of key and value");
  auto item = node.items().begin();
  Codec<base::Symbol>::read(reading, *item, value.first);
  Codec<base::Symbol>::read(reading, *++item, value.second);
}

void Codec<const model::AttributeDefinition*>::read(Reading& reading, const Node& node, const model::AttributeDefinition*& value) {
  const auto name = node.as_string();
  if (!name) return reading.wrong_type(node, "the name of an attribute");
  value = definition_of(*name, reading.attributes_of);
  if (value != nullptr) return;
  const bool entity = reading.attributes_of == AttributesOf::entity;
  reading.unknown_word(k_unknown_attribute, node, entity ? "attribute of entities" : "attribute of relations", *name,
                       attribute_names(reading.attributes_of));
}

namespace {

struct ValueWriter {
  Writing& writing;
  void operator()(model::Unknown) const { writing.out += "null"; }
  template <class T>
  void operator()(const T& value) const {
    Codec<T>::write(writing, value);
  }
};

}  // namespace

void Codec<model::AttributeValue>::write(Writing& writing, const model::AttributeValue& value) {
  std::visit(ValueWriter{writing}, value);
}

void Codec<model::AttributeValue>::read(Reading& reading, const Node& node, model::AttributeValue& value) {
  switch (node.kind()) {
    case Kind::null:
      value = model::Unknown{};
      break;
    case Kind::boolean:
      Codec<bool>::read(reading, node, value.emplace<bool>());
      break;
    case Kind::integer:
      Codec<std::int64_t>::read(reading, node, value.emplace<std::int64_t>());
      break;
    case Kind::string:
      Codec<base::Symbol>::read(reading, node, value.emplace<base::Symbol>());
      break;
    case Kind::sequence:
      Codec<model::TextList>::read(reading, node, value.emplace<model::TextList>());
      break;
    case Kind::number:
    case Kind::mapping:
      reading.wrong_type(node, "the value of an attribute");
      break;
  }
}

}  // namespace postern::baseline
