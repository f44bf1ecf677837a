// SPDX-License-Identifier: Apache-2.0
// Ranges of versions: which reader a scheme has, and whether a range holds a version.
#include "package/range.h"

#include <postern/base/text.h>

#include <algorithm>

#include "package/ranges/notations.h"
#include "package/schemes/schemes.h"
#include "package/schemes/semver.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// Longer than any range of an advisory or a manifest.
constexpr std::size_t k_longest = std::size_t{1} << 20U;

AlternativesReading read_alternatives(Scheme scheme, std::string_view text, const RangeOptions& options) {
  switch (scheme) {
    case Scheme::npm:
    case Scheme::semver:
    case Scheme::golang:
    case Scheme::pub:
    case Scheme::conan:
      return read_npm(scheme, text, options);
    case Scheme::maven:
    case Scheme::nuget:
      return read_intervals(scheme, text);
    case Scheme::packagist:
      return read_composer(text);
    case Scheme::pypi:
      return read_python(text);
    case Scheme::rubygems:
      return read_gems(text);
    default:
      return read_plain(text);
  }
}

/// Only npm and Cargo leave out prereleases that nobody asked for.
bool hides_prereleases(const Range& range) {
  if (range.options.prereleases == Prereleases::included) return false;
  return range.scheme == Scheme::npm || (range.scheme == Scheme::semver && range.options.bare == Bare::compatible);
}

bool names_prerelease_of(const Constraints& constraints, const SemanticVersion& version) {
  return std::any_of(constraints.begin(), constraints.end(), [&](const Constraint& each) {
    const auto end = parse_prefixed_semantic(each.version);
    return end && !end->prerelease.empty() && compare_dotted_numbers(end->numbers, version.numbers) == 0;
  });
}

bool holds(Comparator comparator, std::strong_ordering order) {
  switch (comparator) {
    case Comparator::any:
      return true;
    case Comparator::equal:
    case Comparator::exact:
      return order == 0;
    case Comparator::not_equal:
      return order != 0;
    case Comparator::less:
      return order < 0;
    case Comparator::less_or_equal:
      return order <= 0;
    case Comparator::greater:
      return order > 0;
    case Comparator::greater_or_equal:
      return order >= 0;
  }
  return false;
}

bool satisfies(const Range& range, const Constraint& constraint, std::string_view version) {
  if (constraint.comparator == Comparator::any) return true;
  if (range.scheme == Scheme::pypi) return holds_python(constraint, version);
  if (constraint.comparator == Comparator::exact) return constraint.version == version;
  const auto order = range.scheme == Scheme::packagist
                         ? compare_natively(range.scheme, composer_normal_form(version), composer_normal_form(constraint.version))
                         : compare_natively(range.scheme, version, constraint.version);
  return order && holds(constraint.comparator, *order);
}

bool satisfies_all(const Range& range, const Constraints& constraints, std::string_view version) {
  const auto each_holds = [&](const Constraint& each) { return satisfies(range, each, version); };
  if (!std::all_of(constraints.begin(), constraints.end(), each_holds)) return false;
  if (!hides_prereleases(range)) return true;
  const auto parsed = parse_prefixed_semantic(version);
  return !parsed || !parsed->is_prerelease || names_prerelease_of(constraints, *parsed);
}

/// A constraint whose version is none would silently hold nothing.
std::string find_unreadable(Scheme scheme, const std::vector<Constraints>& alternatives) {
  for (const Constraints& constraints : alternatives) {
    for (const Constraint& each : constraints) {
      const bool plain = each.comparator != Comparator::any && each.comparator != Comparator::exact;
      if (plain && scheme != Scheme::pypi && !is_version(scheme, each.version)) {
        return "not a version of " + std::string(to_string(scheme)) + ": '" + each.version.substr(0, 60) + "'";
      }
    }
  }
  return {};
}

}  // namespace

RangeReading parse_native_range(Scheme scheme, std::string_view text, const RangeOptions& options) {
  if (text.size() > k_longest) return {std::nullopt, "the range is longer than any can be"};
  AlternativesReading reading = read_alternatives(scheme, text, options);
  if (reading.refusal.empty()) reading.refusal = find_unreadable(scheme, reading.alternatives);
  if (!reading.refusal.empty()) return {std::nullopt, std::move(reading.refusal)};
  Range range;
  range.scheme = scheme;
  range.alternatives = std::move(reading.alternatives);
  range.options = options;
  range.text = text;
  return {std::move(range), {}};
}

std::optional<bool> contains(const Range& range, std::string_view version) {
  version = base::trim(version);
  if (!is_version(range.scheme, version)) return std::nullopt;
  if (range.notation == Range::Notation::vers) return contains_vers(range, version);
  return std::any_of(range.alternatives.begin(), range.alternatives.end(),
                     [&](const Constraints& each) { return satisfies_all(range, each, version); });
}

}  // namespace postern::package
