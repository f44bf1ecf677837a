// SPDX-License-Identifier: Apache-2.0
// Constraints of Composer (composer/semver): four numbers, stabilities, `^`, `~`, wildcards and hyphens.
#include <postern/base/text.h>

#include <array>

#include "package/ranges/notations.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

constexpr std::size_t k_numbers = 4;

struct StabilityRow {
  std::string_view word;
  std::string_view spelling;
};

/// Longer words first where one begins with another.
constexpr std::array k_stabilities = {
    StabilityRow{"alpha", "alpha"}, StabilityRow{"a", "alpha"},     StabilityRow{"beta", "beta"}, StabilityRow{"b", "beta"},
    StabilityRow{"dev", "dev"},     StabilityRow{"patch", "patch"}, StabilityRow{"pl", "patch"},  StabilityRow{"p", "patch"},
    StabilityRow{"rc", "RC"},       StabilityRow{"stable", ""},
};

struct Numbers {
  std::vector<std::string> parts;
  std::string stability;  ///< with its hyphen
};

/// `1.2.3`, `1.x`: wildcards end the numbers.
Numbers parse(std::string_view text) {
  if (text.size() > 1 && lower(text.front()) == 'v' && is_digit(text[1])) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("+@#"));
  Numbers numbers;
  std::string_view rest = text;
  for (std::string_view dotted = take_dotted_numbers(rest); !dotted.empty();) numbers.parts.emplace_back(take_piece(dotted, '.'));
  take_while(rest, [](char c) { return c == '.' || c == '-' || c == '_'; });
  for (const StabilityRow& row : k_stabilities) {
    if (rest.size() < row.word.size() || !base::equals_ignoring_case(rest.substr(0, row.word.size()), row.word)) continue;
    rest.remove_prefix(row.word.size());
    take_while(rest, [](char c) { return c == '.' || c == '-' || c == '_'; });
    if (!row.spelling.empty()) numbers.stability = "-" + std::string(row.spelling) + std::string(rest);
    break;
  }
  return numbers;
}

std::string written(const std::vector<std::string>& parts, std::size_t kept, bool next, std::string_view stability) {
  std::string text;
  for (std::size_t at = 0; at < std::max(k_numbers, parts.size()); ++at) {
    if (at > 0) text += '.';
    const std::string part = at < kept && at < parts.size() ? parts[at] : "0";
    text += next && at + 1 == kept ? incremented(part) : part;
  }
  return text.append(stability);
}

std::string whole(const Numbers& numbers, std::string_view otherwise) {
  return written(numbers.parts, numbers.parts.size(), false, numbers.stability.empty() ? otherwise : numbers.stability);
}

bool is_branch(std::string_view text) { return text.starts_with("dev-"); }

/// From the version, its development included, to before the next one that differs in the first `kept` numbers.
void add_span(const Numbers& numbers, std::size_t kept, Constraints& out) {
  out.push_back({Comparator::greater_or_equal, whole(numbers, "-dev")});
  out.push_back({Comparator::less, written(numbers.parts, kept, true, "-dev")});
}

/// The number that a caret holds: the first that is not zero.
std::size_t caret_depth(const Numbers& numbers) {
  for (std::size_t at = 0; at < numbers.parts.size(); ++at) {
    if (!without_leading_zeros(numbers.parts[at]).empty()) return at + 1;
  }
  return numbers.parts.size();
}

bool add_word(std::string_view text, Constraints& out) {
  const std::string_view op = take_operator(text);
  if (text.empty()) return false;
  if ((text == "*" || text == "x") && op.empty()) {
    out.push_back({Comparator::any, {}});
    return true;
  }
  const auto comparator = plain_comparator(op);
  if (is_branch(text)) {
    if (comparator) out.push_back({*comparator, std::string(text)});
    return comparator.has_value();
  }
  const Numbers numbers = parse(text);
  if (numbers.parts.empty()) return false;
  const bool wildcard = text.ends_with(".*") || text.ends_with(".x") || text.ends_with(".X");
  if (op == "^") {
    add_span(numbers, caret_depth(numbers), out);
  } else if (op == "~" || op == "~>") {
    add_span(numbers, std::max<std::size_t>(1, numbers.parts.size() - 1), out);
  } else if (wildcard && (op.empty() || op == "=" || op == "==")) {
    add_span(numbers, numbers.parts.size(), out);
  } else if (comparator) {
    // An end that is not itself unstable stands before its own prereleases.
    const bool before = *comparator == Comparator::less || *comparator == Comparator::greater_or_equal;
    out.push_back({*comparator, whole(numbers, before ? "-dev" : "")});
  } else {
    return false;
  }
  return true;
}

bool add_hyphen(std::string_view from, std::string_view to, Constraints& out) {
  const Numbers first = parse(from);
  const Numbers last = parse(to);
  if (first.parts.empty() || last.parts.empty()) return false;
  out.push_back({Comparator::greater_or_equal, whole(first, "-dev")});
  const bool open = last.parts.size() < 3 && last.stability.empty();
  out.push_back(open ? Constraint{Comparator::less, written(last.parts, last.parts.size(), true, "-dev")}
                     : Constraint{Comparator::less_or_equal, whole(last, "")});
  return true;
}

bool read_alternative(std::string_view alternative, Constraints& out) {
  const std::size_t hyphen = alternative.find(" - ");
  if (hyphen != std::string_view::npos) {
    return add_hyphen(base::trim(alternative.substr(0, hyphen)), base::trim(alternative.substr(hyphen + 3)), out);
  }
  const std::vector<std::string> words = split_words(alternative);
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const std::string& word) { return add_word(word, out); });
}

}  // namespace

std::string composer_normal_form(std::string_view version) {
  if (is_branch(version)) return std::string(version);
  const Numbers numbers = parse(version);
  return numbers.parts.empty() ? std::string(version) : whole(numbers, "");
}

AlternativesReading read_composer(std::string_view text) {
  AlternativesReading reading;
  for (const std::string_view alternative : split_alternatives(text, true)) {
    Constraints constraints;
    if (!read_alternative(alternative, constraints))
      return {{}, "not a constraint: '" + std::string(alternative.substr(0, 60)) + "'"};
    reading.alternatives.push_back(std::move(constraints));
  }
  return reading;
}

}  // namespace postern::package
