// SPDX-License-Identifier: Apache-2.0
// Which scheme an ecosystem has, orders that published vectors leave out, and hostile texts.
#include <doctest/doctest.h>
#include <package/range.h>

#include <string>

namespace postern::package {
namespace {

std::string order(Scheme scheme, std::string_view a, std::string_view b) {
  const auto result = compare(scheme, a, b);
  if (!result) return "none";
  return *result < 0 ? "<" : (*result > 0 ? ">" : "=");
}

TEST_CASE("names of OSV, of package URLs and of VERS lead to a scheme") {
  CHECK(scheme_of("PyPI") == Scheme::pypi);
  CHECK(scheme_of("Debian:12") == Scheme::debian);
  CHECK(scheme_of("Red Hat:rhel:9") == Scheme::rpm);
  CHECK(scheme_of("crates.io") == Scheme::semver);
  CHECK(scheme_of("golang") == Scheme::golang);
  CHECK(scheme_of("Root:Alpine:3.18") == Scheme::alpine);
  CHECK(scheme_of("Root") == Scheme::root);
  CHECK_FALSE(scheme_of("unheard of").has_value());
}

TEST_CASE("pseudo-versions of Go stand before the release that they lead to") {
  CHECK(order(Scheme::golang, "v1.2.3-0.20200101000000-abcdefabcdef", "v1.2.3") == "<");
  CHECK(order(Scheme::golang, "v0.0.0-20190101000000-ffffffffffff", "v0.0.0-20200101000000-000000000000") == "<");
  CHECK(order(Scheme::golang, "v2.0.0+incompatible", "2.0.0") == "=");
  CHECK(order(Scheme::golang, "go1.21rc2", "1.21.0") == "<");
  CHECK(order(Scheme::golang, "(devel)", "1.0.0") == "none");
}

TEST_CASE("a megabyte of anything is ordered in time, and numbers of a million digits by their value") {
  const std::string number(1000000, '9');
  const std::string dots = [] {
    std::string text;
    for (int at = 0; at < 300000; ++at) text += "1.-";
    return text;
  }();
  for (int scheme = 0; scheme <= static_cast<int>(Scheme::semver); ++scheme) {
    static_cast<void>(compare(static_cast<Scheme>(scheme), dots, dots + "2"));
    static_cast<void>(is_version(static_cast<Scheme>(scheme), std::string(1000000, '~')));
  }
  CHECK(order(Scheme::pypi, "1." + number, "1.1" + number) == "<");
  CHECK(order(Scheme::maven, number, "1" + number) == "<");
  CHECK(order(Scheme::debian, "0" + number, number) == "=");
}

bool is_in(Scheme scheme, std::string_view text, std::string_view version, const RangeOptions& options = {}) {
  const RangeReading reading = parse_native_range(scheme, text, options);
  REQUIRE_MESSAGE(reading.range.has_value(), reading.refusal);
  return contains(*reading.range, version).value_or(false);
}

TEST_CASE("ranges of tools hold what the tools take") {
  CHECK(is_in(Scheme::maven, "[1.0,2.0)", "1.9"));
  CHECK_FALSE(is_in(Scheme::maven, "(,1.0],[1.2,)", "1.1"));
  CHECK(is_in(Scheme::nuget, "1.0", "2.0.0.1"));
  CHECK(is_in(Scheme::nuget, "1.*", "1.9"));
  CHECK(is_in(Scheme::rubygems, "~> 1.2.3", "1.2.9"));
  CHECK_FALSE(is_in(Scheme::rubygems, "~> 1.2.3", "1.3.0.pre"));
  CHECK(is_in(Scheme::packagist, "^1.2 || 3.*", "v1.9"));
  CHECK_FALSE(is_in(Scheme::packagist, "^0.3", "0.4.0"));
  CHECK(is_in(Scheme::debian, ">= 1:1.0~, << 2:0", "1:1.0"));
  RangeOptions cargo;
  cargo.bare = Bare::compatible;
  CHECK(is_in(Scheme::semver, "1.2", "1.9.0", cargo));
  CHECK_FALSE(is_in(Scheme::semver, "0.2.3", "0.3.0", cargo));
  CHECK_FALSE(is_in(Scheme::semver, "1.2", "1.9.0"));
}

TEST_CASE("VERS that is not canonical is refused") {
  for (const char* text : {"vers:npm/|1.0.0", "vers:npm/1.0.0|", "vers:npm/1.0.0||2.0.0", "vers:NPM/1.0.0", "vers:npm/>= 1.0.0",
                           "vers:npm/", "vers:npm/*|1.0.0", "vers:npm/1.0%2e0", "vers:npm", "npm/1.0.0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_vers(text).range.has_value());
  }
  const RangeReading reading = parse_vers("vers:deb/<2:0|>=1.0-1");
  REQUIRE(reading.range.has_value());
  CHECK(to_vers(*reading.range) == "vers:deb/>=1.0-1|<2%3A0");
  CHECK(contains(*reading.range, "1:5") == true);
}

}  // namespace
}  // namespace postern::package
