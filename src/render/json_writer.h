// SPDX-License-Identifier: Apache-2.0
// The archive that writes fields into JSON.
#pragma once
#include <postern/base/symbol.h>
#include <postern/model/risk.h>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "render/decision_fields.h"
#include "render/json_output.h"

namespace postern::render {

/// Writes the fields of one object (decision_fields.h), in the order in which they come.
class JsonWriter {
 public:
  static constexpr bool k_writes = true;

  template <typename T>
  void operator()(std::string_view key, const T& value) {
    set(key, json_of(value));
  }
  template <typename T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (value) set(key, json_of(*value));
  }
  void tenths(std::string_view key, std::int32_t value) { set(key, value / 10.0); }
  void tenths(std::string_view key, const std::optional<std::int32_t>& value) {
    if (value) tenths(key, *value);
  }
  void optional(std::string_view key, const std::string& value, bool is_there) {
    if (is_there) set(key, value);
  }
  template <typename First, typename Second>
  void pairs(std::string_view key, const char* first, const char* second, const std::vector<std::pair<First, Second>>& list) {
    Json rows = Json::array();
    for (const auto& [a, b] : list) rows.push_back(Json{{first, a}, {second, b}});
    set(key, std::move(rows));
  }
  template <typename Function>
  void in(std::string_view key, Function function) {
    JsonWriter inner;
    function(inner);
    set(key, inner.take());
  }
  template <typename Function>
  void given(std::string_view key, Function function) {
    set(key, function());
  }
  void version(std::string_view key, std::int64_t value) { set(key, value); }

  [[nodiscard]] Json take() { return std::move(m_json); }

 private:
  void set(std::string_view key, Json value) { m_json.emplace_back(std::string(key), std::move(value)); }

  static Json json_of(const std::string& value) { return value; }
  static Json json_of(base::Symbol value) { return value.str(); }
  /// Six digits: doubles explain, they never decide, and their last bits may differ between platforms.
  static Json json_of(double value) { return std::round(value * 1e6) / 1e6; }
  template <typename T>
  static Json json_of(const std::vector<T>& list) {
    Json rows = Json::array();
    for (const T& item : list) rows.push_back(json_of(item));
    return rows;
  }
  template <typename T>
  static Json json_of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return std::string(to_string(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
      return value;
    } else {
      JsonWriter inner;
      fields(inner, value);
      return inner.take();
    }
  }

  Json::object_t m_json;
};

}  // namespace postern::render
