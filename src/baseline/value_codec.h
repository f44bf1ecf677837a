// SPDX-License-Identifier: Apache-2.0
// How each type of value in a snapshot is written and read.
#pragma once
#include <postern/model/snapshot.h>

#include <concepts>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "baseline/codes.h"
#include "baseline/enum_names.h"
#include "baseline/field.h"

namespace postern::baseline {

/// Structs: an object with a key a row.
template <class T>
struct Codec {
  static void write(Writing& writing, const T& value) {
    writing.out += '{';
    write_fields(writing, value);
    writing.out += '}';
  }
  static void read(Reading& reading, const document::Node& node, T& value) { read_fields(reading, node, value); }
};

template <>
struct Codec<base::Symbol> {
  static void write(Writing& writing, base::Symbol value) { append_json_text(writing.out, value.view()); }
  static void read(Reading& reading, const document::Node& node, base::Symbol& value);
  static bool is_standard(base::Symbol value, base::Symbol standard) { return value == standard; }
};

template <>
struct Codec<std::string> {
  static void write(Writing& writing, const std::string& value) { append_json_text(writing.out, value); }
  static void read(Reading& reading, const document::Node& node, std::string& value);
  static bool is_standard(const std::string& value, const std::string& standard) { return value == standard; }
};

template <>
struct Codec<bool> {
  static void write(Writing& writing, bool value) { writing.out += value ? "true" : "false"; }
  static void read(Reading& reading, const document::Node& node, bool& value);
  static bool is_standard(bool value, bool standard) { return value == standard; }
};

/// An integer of `node` within the limits, or a reported error.
[[nodiscard]] std::optional<std::int64_t> read_integer(Reading& reading, const document::Node& node, std::int64_t least,
                                                       std::int64_t most);

template <std::integral T>
struct Codec<T> {
  static void write(Writing& writing, T value) { append_json_integer(writing.out, static_cast<std::int64_t>(value)); }
  static void read(Reading& reading, const document::Node& node, T& value) {
    if (const auto read = read_integer(reading, node, std::numeric_limits<T>::min(), std::numeric_limits<T>::max())) {
      value = static_cast<T>(*read);
    }
  }
  static bool is_standard(T value, T standard) { return value == standard; }
};

/// Position of the word that `node` holds among `names`, or a reported error.
[[nodiscard]] std::optional<std::size_t> read_word(Reading& reading, const document::Node& node, std::string_view title,
                                                   std::span<const std::string_view> names);

template <class T>
requires std::is_enum_v<T>
struct Codec<T> {
  static void write(Writing& writing, T value) { append_json_text(writing.out, EnumNames<T>::name(value)); }
  static void read(Reading& reading, const document::Node& node, T& value) {
    if (const auto at = read_word(reading, node, EnumNames<T>::k_title, names_of<T>())) value = static_cast<T>(*at);
  }
  static bool is_standard(T value, T standard) { return value == standard; }
};

/// The types whose every value stands on a line of its own, so that versions of a snapshot can be compared line by line.
template <class T>
inline constexpr bool k_one_a_line = false;
template <>
inline constexpr bool k_one_a_line<model::Fact> = true;
template <>
inline constexpr bool k_one_a_line<model::Library> = true;
template <>
inline constexpr bool k_one_a_line<model::Unit> = true;
template <>
inline constexpr bool k_one_a_line<model::AdmittedFinding> = true;
template <>
inline constexpr bool k_one_a_line<std::shared_ptr<const model::Input>> = true;

template <class T>
struct Codec<std::vector<T>> {
  static void write(Writing& writing, const std::vector<T>& values) {
    writing.out += '[';
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (at != 0) writing.out += ',';
      if (k_one_a_line<T>) writing.out += '\n';
      Codec<T>::write(writing, values[at]);
    }
    writing.out += k_one_a_line<T> && !values.empty() ? "\n]" : "]";
  }
  static void read(Reading& reading, const document::Node& node, std::vector<T>& values) {
    if (!node.is_sequence()) return reading.wrong_type(node, "a list");
    values.reserve(node.size());
    for (const document::Node item : node.items()) {
      Codec<T>::read(reading, item, values.emplace_back());
      if (reading.gave_up()) return;
    }
  }
  static bool is_standard(const std::vector<T>& values, const std::vector<T>& standard) {
    return values.empty() && standard.empty();
  }
};

/// A value that may be absent altogether; there is no word for "absent", the key is left out.
template <class T>
struct Codec<std::optional<T>> {
  static void write(Writing& writing, const std::optional<T>& value) { Codec<T>::write(writing, value.value()); }
  static void read(Reading& reading, const document::Node& node, std::optional<T>& value) {
    Codec<T>::read(reading, node, value.emplace());
  }
  static bool is_standard(const std::optional<T>& value, const std::optional<T>&) { return !value; }
};

/// `[line, column]` in the input itself, `[line, column, "file"]` elsewhere; left out where nothing is known.
template <>
struct Codec<base::Location> {
  static void write(Writing& writing, const base::Location& value);
  static void read(Reading& reading, const document::Node& node, base::Location& value);
  static bool is_standard(const base::Location& value, const base::Location& standard) { return value == standard; }
};

/// `["key", "value"]`.
template <>
struct Codec<model::Label> {
  static void write(Writing& writing, const model::Label& value);
  static void read(Reading& reading, const document::Node& node, model::Label& value);
};

/// An attribute's definition, by name.
template <>
struct Codec<const model::AttributeDefinition*> {
  static void write(Writing& writing, const model::AttributeDefinition* value) { append_json_text(writing.out, value->name); }
  static void read(Reading& reading, const document::Node& node, const model::AttributeDefinition*& value);
  static bool is_standard(const model::AttributeDefinition*, const model::AttributeDefinition*) { return false; }
};

/// The JSON type says which kind of value it is; null is Unknown.
template <>
struct Codec<model::AttributeValue> {
  static void write(Writing& writing, const model::AttributeValue& value);
  static void read(Reading& reading, const document::Node& node, model::AttributeValue& value);
  static bool is_standard(const model::AttributeValue&, const model::AttributeValue&) { return false; }
};

}  // namespace postern::baseline
