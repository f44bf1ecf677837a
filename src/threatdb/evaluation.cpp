// SPDX-License-Identifier: Apache-2.0
// A version is affected when a list names it or a range holds it; commits are only ever compared for being the same.
#include "threatdb/evaluation.h"

#include <algorithm>

namespace postern::threatdb {
namespace {

using package::Affected;
using package::EventKind;

constexpr std::size_t k_shortest_commit = 7;
constexpr std::size_t k_longest_commit = 64;

bool is_commit(std::string_view text) {
  return text.size() >= k_shortest_commit && text.size() <= k_longest_commit &&
         std::all_of(text.begin(), text.end(),
                     [](char each) { return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f'); });
}

/// Without the repository nobody knows the order of commits; being one of those named is all that can be said.
Affected commit_state(const VersionRange& range, std::string_view commit) {
  Affected state = Affected::unknown;
  for (const package::Event& event : range.events) {
    if (!event.version.starts_with(commit)) continue;
    const bool is_in = event.kind == EventKind::introduced || event.kind == EventKind::last_affected;
    if (is_in) return Affected::yes;
    state = Affected::no;
  }
  return state;
}

/// What is true of every version needs no version: `introduced: 0` alone.
bool holds_all(const VersionRange& range) {
  return range.type != RangeType::git && range.type != RangeType::other && range.events.size() == 1 &&
         range.events.front().kind == EventKind::introduced && range.events.front().version == "0";
}

Affected range_state(const VersionRange& range, std::optional<package::Scheme> scheme, std::string_view version) {
  if (range.type == RangeType::other || (!scheme && range.type != RangeType::semver)) return Affected::unknown;
  return package::is_affected(scheme.value_or(package::Scheme::semver), range.events, version);
}

bool is_named(const std::vector<std::string_view>& versions, std::string_view version) {
  return std::find(versions.begin(), versions.end(), version) != versions.end();
}

/// Tags of repositories are written with and without `v`.
bool is_tag(const std::vector<std::string_view>& versions, std::string_view version) {
  const std::string_view bare = version.starts_with('v') ? version.substr(1) : version;
  return std::any_of(versions.begin(), versions.end(), [&](std::string_view each) {
    return each == version || (each.starts_with('v') ? each.substr(1) : each) == bare;
  });
}

Evaluation evaluate_repository(const AffectedPackage& affected, std::string_view version) {
  if (is_tag(affected.versions, version)) return {Affected::yes, Reason::listed};
  if (is_commit(version)) {
    Affected state = Affected::unknown;
    for (const VersionRange& range : affected.ranges) {
      const Affected each = commit_state(range, version);
      if (each == Affected::yes) return {each, Reason::commit};
      if (each == Affected::no) state = each;
    }
    return {state, state == Affected::no ? Reason::commit : Reason::not_comparable};
  }
  // A release that the list of affected tags does not name is none of them.
  return affected.versions.empty() ? Evaluation{Affected::unknown, Reason::not_comparable}
                                   : Evaluation{Affected::no, Reason::outside};
}

}  // namespace

Evaluation evaluate(const AffectedPackage& affected, std::optional<package::Scheme> scheme, std::string_view version) {
  const bool is_all = std::any_of(affected.ranges.begin(), affected.ranges.end(), holds_all);
  if (is_all) return {Affected::yes, Reason::in_range};
  if (version.empty()) return {Affected::unknown, Reason::no_version};
  if (affected.ecosystem == "GIT") return evaluate_repository(affected, version);
  if (is_named(affected.versions, version)) return {Affected::yes, Reason::listed};
  bool is_decided = false;
  bool is_unknown = false;
  for (const VersionRange& range : affected.ranges) {
    if (range.type == RangeType::git || range.events.empty()) continue;
    const Affected state = range_state(range, scheme, version);
    if (state == Affected::yes) return {state, Reason::in_range};
    is_decided = is_decided || state == Affected::no;
    is_unknown = is_unknown || state == Affected::unknown;
  }
  if (is_unknown) return {Affected::unknown, Reason::not_comparable};
  if (is_decided) return {Affected::no, Reason::outside};
  // Only the list speaks: then another spelling of one of its versions counts as well.
  if (scheme && package::is_listed(*scheme, affected.versions, version)) return {Affected::yes, Reason::listed};
  const bool is_known = !affected.versions.empty() && (!scheme || package::is_version(*scheme, version));
  if (is_known) return {Affected::no, Reason::outside};
  return {Affected::unknown, Reason::not_comparable};
}

void append_fixed(const AffectedPackage& affected, std::optional<package::Scheme> scheme, std::string_view version,
                  std::vector<std::string_view>& fixed) {
  for (const VersionRange& range : affected.ranges) {
    if (range.type == RangeType::git) continue;
    for (const package::Event& event : range.events) {
      if (event.kind != EventKind::fixed) continue;
      if (scheme && !version.empty()) {
        const auto order = package::compare(*scheme, event.version, version);
        if (order && *order <= 0) continue;
      }
      fixed.push_back(event.version);
    }
  }
}

void sort_versions(std::optional<package::Scheme> scheme, std::vector<std::string_view>& versions) {
  if (versions.size() < 2) return;
  // First by text, so that what cannot be compared has an order too, and equal texts are neighbours.
  std::sort(versions.begin(), versions.end());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  if (!scheme) return;
  const auto is_readable = [&](std::string_view each) { return package::is_version(*scheme, each); };
  const auto readable = std::stable_partition(versions.begin(), versions.end(), is_readable);
  std::stable_sort(versions.begin(), readable, [&](std::string_view a, std::string_view b) {
    const auto order = package::compare(*scheme, a, b);
    return order && *order < 0;
  });
}

}  // namespace postern::threatdb
