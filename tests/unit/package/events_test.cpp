// SPDX-License-Identifier: Apache-2.0
// Events of OSV: which versions a range marks.
#include <doctest/doctest.h>
#include <package/events.h>

#include <array>
#include <string>

namespace postern::package {
namespace {

constexpr auto k_introduced = EventKind::introduced;
constexpr auto k_fixed = EventKind::fixed;
constexpr auto k_last = EventKind::last_affected;
constexpr auto k_limit = EventKind::limit;

TEST_CASE("a fix ends a range with itself, and events come in any order") {
  const std::array events = {Event{k_fixed, "1.5.0"}, Event{k_introduced, "2.0.0"}, Event{k_introduced, "0"},
                             Event{k_fixed, "2.1.0"}};
  CHECK(is_affected(Scheme::npm, events, "0.0.1-alpha") == Affected::yes);
  CHECK(is_affected(Scheme::npm, events, "1.4.9") == Affected::yes);
  CHECK(is_affected(Scheme::npm, events, "1.5.0") == Affected::no);
  CHECK(is_affected(Scheme::npm, events, "2.0.0") == Affected::yes);
  CHECK(is_affected(Scheme::npm, events, "2.1.0") == Affected::no);
}

TEST_CASE("a last affected version is affected, though it is also the first") {
  const std::array events = {Event{k_last, "1.0"}, Event{k_introduced, "1.0"}};
  CHECK(is_affected(Scheme::pypi, events, "0.9") == Affected::no);
  CHECK(is_affected(Scheme::pypi, events, "1.0.0") == Affected::yes);
  CHECK(is_affected(Scheme::pypi, events, "1.0.post1") == Affected::no);
}

TEST_CASE("a version that is fixed and introduced again is affected") {
  const std::array events = {Event{k_introduced, "0"}, Event{k_fixed, "1"}, Event{k_introduced, "1"}, Event{k_fixed, "2"}};
  CHECK(is_affected(Scheme::maven, events, "1") == Affected::yes);
}

TEST_CASE("a version must lie before one of the limits") {
  const std::array events = {Event{k_introduced, "0"}, Event{k_limit, "1.0"}, Event{k_limit, "2.0"}};
  CHECK(is_affected(Scheme::semver, events, "1.9.0") == Affected::yes);
  CHECK(is_affected(Scheme::semver, events, "2.0.0") == Affected::no);
}

TEST_CASE("what cannot be read is unknown and not unaffected") {
  const std::array events = {Event{k_introduced, "0"}, Event{k_fixed, "latest"}};
  CHECK(is_affected(Scheme::npm, events, "1.0.0") == Affected::unknown);
  CHECK(is_affected(Scheme::npm, std::array{Event{k_introduced, "0"}}, "main") == Affected::unknown);
  CHECK(is_affected(Scheme::npm, std::array{Event{k_fixed, "1.0.0"}}, "0.5.0") == Affected::unknown);
}

TEST_CASE("a listed version may be written differently") {
  constexpr std::array<std::string_view, 2> k_versions = {"1.0", "v2"};
  CHECK(is_listed(Scheme::pypi, k_versions, "1.0.0"));
  CHECK_FALSE(is_listed(Scheme::pypi, k_versions, "1.0.1"));
  CHECK(is_listed(Scheme::npm, std::array<std::string_view, 1>{"weird"}, "weird"));
}

}  // namespace
}  // namespace postern::package
