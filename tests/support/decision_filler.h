// SPDX-License-Identifier: Apache-2.0
// An archive that puts a text of the caller into every field of a decision, so that no field can be forgotten by a test.
#pragma once
#include <postern/base/symbol.h>
#include <render/decision_fields.h>
#include <render/enum_names.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace postern::test {

/// Fills fields (render/decision_fields.h): texts come from `next_text`, lists get `items` of them, numbers and names change from
/// field to field, and every optional value is there.
class DecisionFiller {
 public:
  static constexpr bool k_writes = false;
  DecisionFiller(std::function<std::string()> next_text, std::size_t items) : m_next_text(std::move(next_text)), m_items(items) {}

  template <typename T>
  void operator()(std::string_view, T& value) {
    fill(value);
  }
  template <typename T>
  void operator()(std::string_view, std::optional<T>& value) {
    fill(value.emplace());
  }
  void tenths(std::string_view, std::int32_t& value) { value = static_cast<std::int32_t>(next() * 37 % 1001); }
  void tenths(std::string_view key, std::optional<std::int32_t>& value) { tenths(key, value.emplace()); }
  void optional(std::string_view, std::string& value, bool& is_there) {
    is_there = true;
    fill(value);
  }
  template <typename First, typename Second>
  void pairs(std::string_view, const char*, const char*, std::vector<std::pair<First, Second>>& list) {
    list.resize(m_items);
    for (auto& [first, second] : list) {
      fill(first);
      fill(second);
    }
  }
  template <typename Function>
  void in(std::string_view, Function function) {
    function(*this);
  }
  template <typename Function>
  void given(std::string_view, Function) {}
  void version(std::string_view, std::int64_t) {}

 private:
  std::uint64_t next() { return ++m_count; }
  void fill(std::string& value) { value = m_next_text(); }
  void fill(base::Symbol& value) { value = base::Symbol(m_next_text()); }
  void fill(bool& value) { value = next() % 2 == 0; }
  void fill(double& value) { value = static_cast<double>(next() % 100) / 16; }
  template <typename T>
  void fill(std::vector<T>& list) {
    list.resize(m_items);
    for (T& item : list) fill(item);
  }
  template <typename T>
  void fill(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(next() % render::names_of<T>().size());
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(next() % 200);
    } else {
      render::fields(*this, value);
    }
  }

  std::function<std::string()> m_next_text;
  std::size_t m_items;
  std::uint64_t m_count = 0;
};

/// A decision whose every text is the next of `texts`, in turn; `items` elements in every list, and the first three findings on
/// top.
inline model::Decision filled_decision(const std::vector<std::string>& texts, std::size_t items) {
  std::size_t at = 0;
  DecisionFiller filler([&] { return texts.empty() ? std::string() : texts[at++ % texts.size()]; }, items);
  model::Decision decision;
  render::fields(filler, decision);
  decision.top.clear();
  for (std::size_t index = 0; index < std::min<std::size_t>(items, 3); ++index) decision.top.push_back(index);
  return decision;
}

}  // namespace postern::test
