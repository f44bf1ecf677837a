// SPDX-License-Identifier: Apache-2.0
// Requirements of RubyGems: Gem::Requirement of Ruby's own library.
#include "package/ranges/notations.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// `~> 1.2.3` ends before 1.3 and its prereleases: the last number is dropped and the one before it goes up.
void add_pessimistic(std::string_view text, Constraints& out) {
  out.push_back({Comparator::greater_or_equal, std::string(text)});
  const std::string_view numbers = take_dotted_numbers(text);
  const std::size_t last = numbers.rfind('.');
  const std::string_view kept = last == std::string_view::npos ? numbers : numbers.substr(0, last);
  const std::size_t dot = kept.rfind('.');
  const std::string head(kept.substr(0, dot == std::string_view::npos ? 0 : dot + 1));
  // "A" is before every other prerelease.
  out.push_back({Comparator::less, head + incremented(kept.substr(head.size())) + ".A"});
}

bool add_requirement(const std::string& word, Constraints& out) {
  std::string_view text = word;
  const std::string_view op = take_operator(text);
  if (text.empty() || !is_digit(text.front())) return false;
  if (op == "~>") {
    add_pessimistic(text, out);
    return true;
  }
  const auto comparator = plain_comparator(op);
  if (comparator) out.push_back({*comparator, std::string(text)});
  return comparator.has_value();
}

}  // namespace

AlternativesReading read_gems(std::string_view text) {
  AlternativesReading reading;
  for (const std::string_view alternative : split_alternatives(text, false)) {
    Constraints constraints;
    for (const std::string& word : split_words(alternative)) {
      if (!add_requirement(word, constraints)) return {{}, "not a requirement: '" + word.substr(0, 60) + "'"};
    }
    if (!constraints.empty()) reading.alternatives.push_back(std::move(constraints));
  }
  if (reading.alternatives.empty()) reading.refusal = "the range is empty";
  return reading;
}

}  // namespace postern::package
