// SPDX-License-Identifier: Apache-2.0
// Denials as text and back, and which of them others cover.
#include <postern/base/text.h>
#include <postern/model/denial.h>

#include <algorithm>
#include <array>
#include <set>

namespace postern::model {
namespace {

constexpr std::string_view k_everything = "*";
constexpr std::size_t k_most_parts = 1000;

struct EscapeRow {
  char character;
  std::string_view text;
};
constexpr std::array k_escapes = {EscapeRow{' ', "%20"}, EscapeRow{',', "%2C"}, EscapeRow{'=', "%3D"}, EscapeRow{'%', "%25"}};

std::string escaped(std::string_view value) {
  std::string text;
  for (const char character : value) {
    const auto row = std::find_if(k_escapes.begin(), k_escapes.end(), [&](const EscapeRow& e) { return e.character == character; });
    if (row == k_escapes.end()) {
      text += character;
    } else {
      text += row->text;
    }
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string value;
  for (std::size_t at = 0; at < text.size();) {
    const auto row = std::find_if(k_escapes.begin(), k_escapes.end(),
                                  [&](const EscapeRow& escape) { return text.substr(at).starts_with(escape.text); });
    if (row == k_escapes.end()) {
      value += text[at++];
    } else {
      value += row->character;
      at += row->text.size();
    }
  }
  return value;
}

/// Whether the list names exceptions.
bool excepts(std::string_view key) { return key.find(".not") != std::string_view::npos; }

/// Whether everything that fits `narrow` fits `wide`.
bool covers_value(std::string_view wide, std::string_view narrow) {
  if (wide == narrow || wide == k_everything || wide == "0.0.0.0/0") return true;
  if (wide.ends_with('*')) return narrow.starts_with(wide.substr(0, wide.size() - 1));
  return wide.starts_with('*') && narrow.ends_with(wide.substr(1));
}

bool covers_list(const std::vector<std::string>& wide, const std::vector<std::string>& narrow) {
  return std::all_of(narrow.begin(), narrow.end(), [&](const std::string& value) {
    return std::any_of(wide.begin(), wide.end(), [&](const std::string& any) { return covers_value(any, value); });
  });
}

/// `*` of an operation is any; `*` of a source is whoever proves to be somebody.
bool is_any(std::string_view key, const std::vector<std::string>& list) {
  return key.starts_with("to.") && std::find(list.begin(), list.end(), k_everything) != list.end();
}

/// Whether something may fit both.
bool overlap(std::string_view a, std::string_view b) {
  const bool crossing = (a.starts_with('*') && b.ends_with('*')) || (a.ends_with('*') && b.starts_with('*'));
  return crossing || covers_value(a, b) || covers_value(b, a);
}

/// `to.paths` of `to.notPaths`, `when.KEY` of `when.not:KEY`.
std::string positive_of(std::string_view key) {
  const std::size_t at = key.find(".not") + 1;
  std::string rest(key.substr(at + std::string_view("not").size()));
  if (rest.starts_with(':')) return std::string(key.substr(0, at)) + rest.substr(1);
  return std::string(key.substr(0, at)) + base::to_lower(rest.substr(0, 1)) + rest.substr(1);
}

/// Whether what the narrow one means is none of the exceptions of the wide one.
bool avoids(const Denial& narrow, std::string_view key, const std::vector<std::string>& exceptions) {
  const auto other = narrow.lists.find(key);
  if (other != narrow.lists.end() && covers_list(other->second, exceptions)) return true;
  const auto meant = narrow.lists.find(positive_of(key));
  if (meant == narrow.lists.end()) return false;
  return std::none_of(meant->second.begin(), meant->second.end(), [&](const std::string& value) {
    return std::any_of(exceptions.begin(), exceptions.end(), [&](const std::string& except) { return overlap(value, except); });
  });
}

bool covers(const Denial& wide, const Denial& narrow) {
  for (const auto& [key, list] : wide.lists) {
    if (excepts(key)) {
      if (!avoids(narrow, key, list)) return false;
      continue;
    }
    if (is_any(key, list)) continue;
    const auto other = narrow.lists.find(key);
    if (other == narrow.lists.end() || !covers_list(list, other->second)) return false;
  }
  return true;
}

std::size_t parts_in(const Denial& denial) {
  std::size_t parts = 1;
  for (const auto& [key, list] : denial.lists) {
    if (!excepts(key) && parts <= k_most_parts) parts *= list.size();
  }
  return parts;
}

std::vector<Denial> parts_of(const Denial& denial) {
  if (parts_in(denial) > k_most_parts) return {denial};
  std::vector<Denial> parts = {Denial{}};
  for (const auto& [key, list] : denial.lists) {
    std::vector<Denial> longer;
    for (const Denial& part : parts) {
      if (excepts(key)) {
        longer.push_back(part);
        longer.back().lists[key] = list;
        continue;
      }
      for (const std::string& value : list) {
        longer.push_back(part);
        longer.back().lists[key] = {value};
      }
    }
    parts = std::move(longer);
  }
  return parts;
}

}  // namespace

std::string to_string(const Denial& denial) {
  if (denial.lists.empty()) return std::string(k_everything);
  std::string text;
  for (const auto& [key, list] : denial.lists) {
    if (!text.empty()) text += ' ';
    text += escaped(key);
    char before = '=';
    for (const std::string& value : list) {
      text += before;
      text += escaped(value);
      before = ',';
    }
  }
  return text;
}

std::optional<Denial> denial_from(std::string_view text) {
  Denial denial;
  if (text == k_everything) return denial;
  for (const std::string_view part : base::split(text, ' ')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    std::vector<std::string>& list = denial.lists[unescaped(part.substr(0, equals))];
    for (const std::string_view value : base::split(part.substr(equals + 1), ',')) list.push_back(unescaped(value));
  }
  return denial;
}

std::vector<std::string> dropped_denials(std::span<const Symbol> before, std::span<const Symbol> after) {
  std::vector<Denial> refused;
  for (const Symbol text : after) {
    if (auto denial = denial_from(text.view())) refused.push_back(std::move(*denial));
  }
  std::set<std::string> dropped;
  for (const Symbol text : before) {
    if (std::find(after.begin(), after.end(), text) != after.end()) continue;
    const auto denial = denial_from(text.view());
    if (!denial) continue;
    for (const Denial& part : parts_of(*denial)) {
      if (std::none_of(refused.begin(), refused.end(), [&](const Denial& wide) { return covers(wide, part); })) {
        dropped.insert(to_string(part));
      }
    }
  }
  return {dropped.begin(), dropped.end()};
}

}  // namespace postern::model
