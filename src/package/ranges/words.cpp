// SPDX-License-Identifier: Apache-2.0
// Pieces that notations of ranges share, and the plainest notation: operators and versions.
#include <postern/base/text.h>

#include <array>

#include "package/ranges/notations.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

bool is_operator_byte(char c) { return c == '<' || c == '>' || c == '=' || c == '!' || c == '~' || c == '^'; }

struct ComparatorRow {
  std::string_view op;
  Comparator comparator;
};

constexpr std::array k_comparators = {
    ComparatorRow{"", Comparator::equal},           ComparatorRow{"=", Comparator::equal},
    ComparatorRow{"==", Comparator::equal},         ComparatorRow{"===", Comparator::exact},
    ComparatorRow{"!=", Comparator::not_equal},     ComparatorRow{"<>", Comparator::not_equal},
    ComparatorRow{"<", Comparator::less},           ComparatorRow{"<<", Comparator::less},
    ComparatorRow{"<=", Comparator::less_or_equal}, ComparatorRow{">", Comparator::greater},
    ComparatorRow{">>", Comparator::greater},       ComparatorRow{">=", Comparator::greater_or_equal},
};

bool is_separator(char c) { return is_blank(c) || c == ',' || c == '(' || c == ')'; }

/// Up to a separator or the next operator; a `!` that no `=` follows belongs to the version, as the end of an epoch.
std::string_view take_version(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && !is_separator(rest[end])) {
    const bool epoch = rest[end] == '!' && !rest.substr(end + 1).starts_with('=');
    if (is_operator_byte(rest[end]) && !epoch && !(rest[end] == '~' && end > 0)) break;
    ++end;
  }
  const std::string_view version = rest.substr(0, end);
  rest.remove_prefix(end);
  return version;
}

}  // namespace

std::vector<std::string_view> split_alternatives(std::string_view text, bool single_bar) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t bar = single_bar ? text.find('|') : text.find("||");
    pieces.push_back(base::trim(text.substr(0, bar)));
    if (bar == std::string_view::npos) return pieces;
    text.remove_prefix(bar + (text.substr(bar).starts_with("||") ? 2 : 1));
  }
}

std::vector<std::string> split_words(std::string_view alternative) {
  std::vector<std::string> words;
  for (;;) {
    take_while(alternative, is_separator);
    if (alternative.empty()) return words;
    std::string word(take_while(alternative, is_operator_byte));
    if (!word.empty()) take_while(alternative, is_blank);
    word += take_version(alternative);
    words.push_back(std::move(word));
  }
}

std::string_view take_operator(std::string_view& word) { return take_while(word, is_operator_byte); }

std::optional<Comparator> plain_comparator(std::string_view op) {
  for (const ComparatorRow& row : k_comparators) {
    if (row.op == op) return row.comparator;
  }
  return std::nullopt;
}

std::string incremented(std::string_view digits) {
  std::string number(without_leading_zeros(digits));
  for (std::size_t at = number.size(); at-- > 0;) {
    if (number[at] != '9') {
      ++number[at];
      return number;
    }
    number[at] = '0';
  }
  return "1" + number;
}

AlternativesReading read_plain(std::string_view text) {
  AlternativesReading reading;
  for (const std::string_view alternative : split_alternatives(text, false)) {
    Constraints constraints;
    for (const std::string& each : split_words(alternative)) {
      std::string_view word = each;
      const auto comparator = plain_comparator(take_operator(word));
      if (word == "*" && (each == "*" || comparator == Comparator::greater_or_equal)) {
        constraints.push_back({Comparator::any, {}});
        continue;
      }
      if (!comparator || word.empty()) return {{}, "not a constraint: '" + each.substr(0, 60) + "'"};
      constraints.push_back({*comparator, std::string(word)});
    }
    if (!constraints.empty()) reading.alternatives.push_back(std::move(constraints));
  }
  if (reading.alternatives.empty()) reading.refusal = "the range is empty";
  return reading;
}

}  // namespace postern::package
