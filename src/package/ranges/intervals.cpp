// SPDX-License-Identifier: Apache-2.0
// Intervals of Maven (Dependency Version Requirement Specification) and NuGet (version ranges): `[1.0,2.0)`.
#include <postern/base/text.h>

#include "package/ranges/notations.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

bool is_end(std::string_view text) { return text.find_first_of("[](),") == std::string_view::npos; }

/// One interval without its brackets; false where it is none.
bool read_interval(char open, std::string_view inside, char close, Constraints& out) {
  const std::size_t comma = inside.find(',');
  const std::string_view first = base::trim(inside.substr(0, comma));
  if (!is_end(first)) return false;
  if (comma == std::string_view::npos) {
    if (open != '[' || close != ']' || first.empty()) return false;
    out.push_back({Comparator::equal, std::string(first)});
    return true;
  }
  const std::string_view last = base::trim(inside.substr(comma + 1));
  if (!is_end(last)) return false;
  if (!first.empty()) out.push_back({open == '[' ? Comparator::greater_or_equal : Comparator::greater, std::string(first)});
  if (!last.empty()) out.push_back({close == ']' ? Comparator::less_or_equal : Comparator::less, std::string(last)});
  if (out.empty()) out.push_back({Comparator::any, {}});
  return true;
}

/// NuGet's `1.*` and `1.2.*` float above their beginning.
bool read_floating(std::string_view text, Constraints& out) {
  if (text == "*") {
    out.push_back({Comparator::any, {}});
    return true;
  }
  if (!text.ends_with(".*")) return false;
  text.remove_suffix(2);
  std::string_view rest = text;
  const std::string_view numbers = take_dotted_numbers(rest);
  if (numbers.empty() || !rest.empty()) return false;
  const std::size_t dot = numbers.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? numbers : numbers.substr(dot + 1);
  const std::string head(numbers.substr(0, dot == std::string_view::npos ? 0 : dot + 1));
  out.push_back({Comparator::greater_or_equal, std::string(numbers)});
  out.push_back({Comparator::less, head + incremented(last) + "-0"});
  return true;
}

AlternativesReading read_single(Scheme scheme, std::string_view text) {
  Constraints constraints;
  if (scheme == Scheme::nuget && read_floating(text, constraints)) return {{std::move(constraints)}, {}};
  const bool has_operator = text.find_first_of("<>=!~^") != std::string_view::npos;
  if (has_operator || scheme != Scheme::nuget) return read_plain(text);
  // A version alone is the lowest one that NuGet takes.
  constraints.push_back({Comparator::greater_or_equal, std::string(text)});
  return {{std::move(constraints)}, {}};
}

}  // namespace

AlternativesReading read_intervals(Scheme scheme, std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return {{}, "the range is empty"};
  if (text.front() != '[' && text.front() != '(') return read_single(scheme, text);
  AlternativesReading reading;
  while (!text.empty()) {
    const char open = text.front();
    const std::size_t close = text.find_first_of("])");
    Constraints constraints;
    const bool brackets = (open == '[' || open == '(') && close != std::string_view::npos;
    if (!brackets || !read_interval(open, text.substr(1, close - 1), text[close], constraints)) {
      return {{}, "not an interval: '" + std::string(text.substr(0, 60)) + "'"};
    }
    reading.alternatives.push_back(std::move(constraints));
    text = base::trim(text.substr(close + 1));
    // Intervals stand side by side, with a comma or, in advisories, bars between them.
    const std::size_t next = text.find_first_not_of(",| \t");
    if (next == std::string_view::npos && !text.empty()) return {{}, "the range ends with a separator"};
    text = text.substr(std::min(next, text.size()));
  }
  return reading;
}

}  // namespace postern::package
