// SPDX-License-Identifier: Apache-2.0
// Changes of libraries for people.
#include "render/libraries.h"

#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace postern::render {
namespace {

using model::ChangeKind;
using model::ReportedChange;

constexpr std::string_view k_below = "/libraries/";

/// `[a, b]` -> `a, b`.
std::string bare(std::string_view list) {
  return std::string(list.starts_with('[') && list.ends_with(']') ? list.substr(1, list.size() - 2) : list);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The numbers in a version without leading zeros, in order; an epoch (`1:2.0`) counts as the first.
std::vector<std::string_view> numbers_of(std::string_view version) {
  std::vector<std::string_view> numbers;
  for (std::size_t at = 0; at < version.size(); ++at) {
    if (!is_digit(version[at])) continue;
    const std::size_t first = at;
    while (at < version.size() && is_digit(version[at])) ++at;
    std::string_view number = version.substr(first, at - first);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    numbers.push_back(number);
  }
  return numbers;
}

bool is_less(std::string_view a, std::string_view b) { return std::make_pair(a.size(), a) < std::make_pair(b.size(), b); }

LibraryWeight weight_of_bump(std::string_view before, std::string_view after) {
  const auto old_numbers = numbers_of(before);
  const auto new_numbers = numbers_of(after);
  if (std::lexicographical_compare(new_numbers.begin(), new_numbers.end(), old_numbers.begin(), old_numbers.end(), is_less))
    return LibraryWeight::downgraded;
  const bool is_major = !old_numbers.empty() && !new_numbers.empty() && old_numbers.front() != new_numbers.front();
  return is_major ? LibraryWeight::major : LibraryWeight::minor;
}

/// `npm/%40angular/core` of `pkg:npm/%40angular/core`.
std::string name_of(std::string_view purl) {
  constexpr std::string_view k_scheme = "pkg:";
  return std::string(purl.starts_with(k_scheme) ? purl.substr(k_scheme.size()) : purl);
}

LibraryLine line_of(const ReportedChange& change, std::string_view purl) {
  LibraryLine line{LibraryWeight::other, name_of(purl), {}, &change};
  const std::string before = bare(change.before);
  const std::string after = bare(change.after);
  const auto arrow = [&] { return (before.empty() ? "(none)" : before) + " -> " + (after.empty() ? "(none)" : after); };
  if (change.kind == ChangeKind::added) {
    line.weight = LibraryWeight::added;
    line.text = "added" + (after.empty() ? "" : ": " + after);
  } else if (change.kind == ChangeKind::removed) {
    line.weight = LibraryWeight::removed;
    line.text = "removed" + (before.empty() ? "" : ": " + before);
  } else if (change.attribute == "versions") {
    line.weight = weight_of_bump(before, after);
    line.text = arrow();
  } else {
    line.weight = change.attribute == "licences" ? LibraryWeight::licence : LibraryWeight::other;
    line.text = change.attribute + " " + arrow();
  }
  return line;
}

void count(const LibraryLine& line, LibraryDrift& drift) {
  const bool bumped =
      line.weight == LibraryWeight::major || line.weight == LibraryWeight::minor || line.weight == LibraryWeight::downgraded;
  drift.bumped += bumped ? 1 : 0;
  drift.major += line.weight == LibraryWeight::major ? 1 : 0;
  drift.downgraded += line.weight == LibraryWeight::downgraded ? 1 : 0;
  drift.added += line.weight == LibraryWeight::added ? 1 : 0;
  drift.removed += line.weight == LibraryWeight::removed ? 1 : 0;
  drift.licences += line.weight == LibraryWeight::licence ? 1 : 0;
}

}  // namespace

bool is_library_change(const ReportedChange& change) {
  return change.what == "library" && change.subject.find(k_below) != std::string::npos;
}

std::vector<LibraryDrift> library_drift(std::span<const ReportedChange> changes) {
  std::map<std::string, LibraryDrift> by_owner;
  for (const ReportedChange& change : changes) {
    if (!is_library_change(change)) continue;
    const std::size_t at = change.subject.find(k_below);
    LibraryDrift& drift = by_owner[change.subject.substr(0, at)];
    drift.lines.push_back(line_of(change, std::string_view(change.subject).substr(at + k_below.size())));
    count(drift.lines.back(), drift);
  }
  std::vector<LibraryDrift> drifts;
  for (auto& [owner, drift] : by_owner) {
    drift.owner = owner;
    std::stable_sort(drift.lines.begin(), drift.lines.end(), [](const LibraryLine& a, const LibraryLine& b) {
      return std::tie(a.weight, a.name) < std::tie(b.weight, b.name);
    });
    drifts.push_back(std::move(drift));
  }
  return drifts;
}

std::string drift_words(const LibraryDrift& drift) {
  std::vector<std::string> words;
  const auto add = [&](std::size_t number, std::string_view word) {
    if (number != 0) words.push_back(std::to_string(number) + " " + std::string(word));
  };
  add(drift.bumped, "bumped");
  std::vector<std::string> kinds;
  if (drift.major != 0) kinds.push_back(std::to_string(drift.major) + " major");
  if (drift.downgraded != 0) kinds.push_back(std::to_string(drift.downgraded) + " downgraded");
  if (!kinds.empty()) words.back() += " (" + base::join(kinds, ", ") + ")";
  add(drift.added, "added");
  add(drift.removed, "removed");
  add(drift.licences, drift.licences == 1 ? "licence changed" : "licences changed");
  if (words.empty()) words.push_back(std::to_string(drift.lines.size()) + " changed");
  return base::join(words, ", ");
}

}  // namespace postern::render
