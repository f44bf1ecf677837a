// SPDX-License-Identifier: Apache-2.0
// Order of versions, by the rules of semantic versioning where they apply (semver.org, section 11).
#include <postern/base/text.h>

#include <algorithm>

#include "policy/functions.h"

namespace postern::policy {
namespace {

bool is_number(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int sign(int value) { return (value > 0) - (value < 0); }

int compare_numbers(std::string_view a, std::string_view b) {
  const auto strip = [](std::string_view text) { return text.substr(std::min(text.find_first_not_of('0'), text.size())); };
  const std::string_view x = strip(a);
  const std::string_view y = strip(b);
  if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
  return sign(x.compare(y));
}

/// Numbers come before words.
int compare_parts(std::string_view a, std::string_view b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (is_number(a) != is_number(b)) return is_number(a) ? -1 : 1;
  return sign(a.compare(b));
}

int compare_releases(std::string_view a, std::string_view b) {
  const auto x = base::split(a, '.');
  const auto y = base::split(b, '.');
  for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
    const int order = compare_parts(i < x.size() ? x[i] : "0", i < y.size() ? y[i] : "0");
    if (order != 0) return order;
  }
  return 0;
}

/// Of two that begin alike the shorter comes first.
int compare_prereleases(std::string_view a, std::string_view b) {
  const auto x = base::split(a, '.');
  const auto y = base::split(b, '.');
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (const int order = compare_parts(x[i], y[i]); order != 0) return order;
  }
  return int(x.size() > y.size()) - int(x.size() < y.size());
}

struct Version {
  std::string_view release;
  std::string_view prerelease;
};

Version parse(std::string_view text) {
  text = text.substr(0, text.find('+'));
  if (text.size() > 1 && (text[0] == 'v' || text[0] == 'V') && text[1] >= '0' && text[1] <= '9') text.remove_prefix(1);
  const auto dash = text.find('-');
  return {text.substr(0, dash), dash == std::string_view::npos ? std::string_view() : text.substr(dash + 1)};
}

}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  const Version x = parse(a);
  const Version y = parse(b);
  if (const int order = compare_releases(x.release, y.release); order != 0) return order;
  if (x.prerelease.empty() || y.prerelease.empty()) return int(x.prerelease.empty()) - int(y.prerelease.empty());
  return compare_prereleases(x.prerelease, y.prerelease);
}

}  // namespace postern::policy
