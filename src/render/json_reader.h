// SPDX-License-Identifier: Apache-2.0
// The archive that reads fields from a document: strict about keys, types and names.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "render/decision_fields.h"
#include "render/enum_names.h"

namespace postern::render {

/// Reads the fields of one object (decision_fields.h). Trouble goes to the sink; a value with trouble keeps its default.
class JsonReader {
 public:
  static constexpr bool k_writes = false;

  /// `node` should be a mapping; all else is reported.
  JsonReader(document::Node node, base::DiagnosticSink& sink);

  template <typename T>
  void operator()(std::string_view key, T& value) {
    if (const document::Node node = required(key)) read(node, value);
  }
  template <typename T>
  void operator()(std::string_view key, std::optional<T>& value) {
    if (const document::Node node = known(key)) read(node, value.emplace());
  }
  void tenths(std::string_view key, std::int32_t& value);
  void tenths(std::string_view key, std::optional<std::int32_t>& value);
  void optional(std::string_view key, std::string& value, bool& is_there);
  template <typename First, typename Second>
  void pairs(std::string_view key, const char* first, const char* second, std::vector<std::pair<First, Second>>& list) {
    for (const document::Node item : sequence(required(key))) {
      JsonReader inner(item, *m_sink);
      auto& [a, b] = list.emplace_back();
      inner(first, a);
      inner(second, b);
      inner.finish();
    }
  }
  template <typename Function>
  void in(std::string_view key, Function function) {
    const document::Node node = required(key);
    if (!node) return;
    JsonReader inner(node, *m_sink);
    function(inner);
    inner.finish();
  }
  template <typename Function>
  void given(std::string_view key, Function) {
    required(key);
  }
  void version(std::string_view key, std::int64_t value);

  /// Reports the keys that no field asked for.
  void finish();

 private:
  document::Node known(std::string_view key);
  document::Node required(std::string_view key);
  std::vector<document::Node> sequence(document::Node node);
  void expected(document::Node node, std::string_view what);
  void unknown_name(document::Node node, const std::vector<std::string_view>& names);

  void read(document::Node node, std::string& value);
  void read(document::Node node, base::Symbol& value);
  void read(document::Node node, bool& value);
  void read(document::Node node, double& value);
  template <typename T>
  void read(document::Node node, std::vector<T>& list) {
    for (const document::Node item : sequence(node)) read(item, list.emplace_back());
  }
  template <typename T>
  void read(document::Node node, T& value) {
    if constexpr (std::is_enum_v<T>) {
      const auto found = value_called<T>(node.as_string().value_or(""));
      if (found) value = *found;
      if (!found) unknown_name(node, names_of<T>());
    } else if constexpr (std::is_integral_v<T>) {
      const auto number = node.as_integer();
      const bool fits = number && std::in_range<T>(*number);
      if (fits) value = static_cast<T>(*number);
      if (!fits) expected(node, std::is_unsigned_v<T> ? "an integer that is not negative" : "an integer");
    } else {
      JsonReader inner(node, *m_sink);
      fields(inner, value);
      inner.finish();
    }
  }

  document::Node m_node;
  base::DiagnosticSink* m_sink;
  std::vector<std::string_view> m_known;
};

}  // namespace postern::render
