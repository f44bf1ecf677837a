// SPDX-License-Identifier: Apache-2.0
// Version specifiers of Python packages: PEP 440, section "Version specifiers".
#include <postern/base/text.h>

#include "package/ranges/notations.h"
#include "package/schemes/pypi.h"
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

constexpr std::string_view k_wildcard = ".*";

/// `~=1.2.3` is `>=1.2.3, ==1.2.*`.
bool add_compatible(std::string_view text, Constraints& out) {
  const auto version = parse_python(text);
  if (!version || !version->local.empty()) return false;
  const std::size_t dot = version->release.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string prefix(version->epoch);
  if (!prefix.empty()) prefix += '!';
  prefix += version->release.substr(0, dot);
  out.push_back({Comparator::greater_or_equal, std::string(text)});
  out.push_back({Comparator::equal, prefix + std::string(k_wildcard)});
  return true;
}

/// A prefix is an epoch and numbers alone.
bool is_prefix(std::string_view text) {
  const auto version = parse_python(text.substr(0, text.size() - k_wildcard.size()));
  return version && version->local.empty() && !version->is_dev;
}

bool add_specifier(const std::string& word, Constraints& out) {
  std::string_view text = word;
  const std::string_view op = take_operator(text);
  if (text.empty()) return false;
  if (op == "~=") return add_compatible(text, out);
  if (text == "*" && (op.empty() || op == "==")) {
    out.push_back({Comparator::any, {}});
    return true;
  }
  const auto comparator = plain_comparator(op);
  if (!comparator) return false;
  const bool equality = *comparator == Comparator::equal || *comparator == Comparator::not_equal;
  const bool readable = *comparator == Comparator::exact || (equality && text.ends_with(k_wildcard) && is_prefix(text)) ||
                        parse_python(text).has_value();
  if (readable) out.push_back({*comparator, std::string(text)});
  return readable;
}

std::string_view without_local(std::string_view text) { return text.substr(0, text.find('+')); }

/// Whether both agree in everything that the prefix says; missing numbers are zeros.
bool begins_with(const PythonVersion& version, const PythonVersion& prefix) {
  if (compare_numbers(version.epoch, prefix.epoch) != 0) return false;
  std::string_view numbers = version.release;
  for (std::string_view wanted = prefix.release; !wanted.empty();) {
    if (compare_numbers(take_piece(numbers, '.'), take_piece(wanted, '.')) != 0) return false;
  }
  if (prefix.phase != PythonPhase::none) {
    return version.phase == prefix.phase && compare_numbers(version.phase_number, prefix.phase_number) == 0;
  }
  return !prefix.is_post || (version.is_post && compare_numbers(version.post, prefix.post) == 0);
}

bool is_equal(std::string_view wanted, std::string_view text, const PythonVersion& version) {
  if (wanted.ends_with(k_wildcard)) {
    const auto prefix = parse_python(wanted.substr(0, wanted.size() - k_wildcard.size()));
    return prefix && begins_with(version, *prefix);
  }
  const auto other = parse_python(wanted);
  if (!other) return false;
  const auto seen = other->local.empty() ? parse_python(without_local(text)) : parse_python(text);
  return seen && compare_python(*seen, *other) == 0;
}

/// The version up to its number, without what comes before or after it.
bool is_same_base(const PythonVersion& a, const PythonVersion& b) {
  return compare_numbers(a.epoch, b.epoch) == 0 && compare_dotted_numbers(a.release, b.release) == 0;
}

/// `<2` does not mean the prereleases of 2.
bool is_before(const PythonVersion& version, const PythonVersion& end) {
  if (compare_python(version, end) >= 0) return false;
  return end.is_prerelease() || !version.is_prerelease() || !is_same_base(version, end);
}

/// `>2` means neither the post-releases nor the local builds of 2.
bool is_behind(const PythonVersion& version, const PythonVersion& end) {
  if (compare_python(version, end) <= 0) return false;
  if (!end.is_post && version.is_post && is_same_base(version, end)) return false;
  PythonVersion published = version;
  published.local = {};
  return version.local.empty() || compare_python(published, end) != 0;
}

}  // namespace

AlternativesReading read_python(std::string_view text) {
  AlternativesReading reading;
  for (const std::string_view alternative : split_alternatives(text, false)) {
    Constraints constraints;
    const std::vector<std::string> words = split_words(alternative);
    for (const std::string& word : words) {
      if (!add_specifier(word, constraints)) return {{}, "not a version specifier: '" + word.substr(0, 60) + "'"};
    }
    // A range may end with a separator; an empty one holds every version.
    if (!constraints.empty()) reading.alternatives.push_back(std::move(constraints));
  }
  if (reading.alternatives.empty()) reading.alternatives.push_back({{Comparator::any, {}}});
  return reading;
}

bool holds_python(const Constraint& constraint, std::string_view text) {
  if (constraint.comparator == Comparator::exact) return base::equals_ignoring_case(constraint.version, text);
  const auto version = parse_python(text);
  if (!version) return false;
  if (constraint.comparator == Comparator::any) return true;
  if (constraint.comparator == Comparator::equal) return is_equal(constraint.version, text, *version);
  if (constraint.comparator == Comparator::not_equal) return !is_equal(constraint.version, text, *version);
  const auto end = parse_python(constraint.version);
  if (!end) return false;
  PythonVersion published = *version;
  published.local = {};
  if (constraint.comparator == Comparator::less) return is_before(*version, *end);
  if (constraint.comparator == Comparator::greater) return is_behind(*version, *end);
  const std::strong_ordering order = compare_python(published, *end);
  return constraint.comparator == Comparator::less_or_equal ? order <= 0 : order >= 0;
}

}  // namespace postern::package
