// SPDX-License-Identifier: Apache-2.0
// Which package a URL means, which spellings are one name, which releases are the same; moments; names of weaknesses.
#include "threatdb/identity.h"

#include <doctest/doctest.h>

#include "package/purl.h"
#include "threatdb/identifier_pool.h"
#include "threatdb/timestamp.h"

namespace postern::threatdb {
namespace {

std::string key(std::string_view family, std::string_view name) {
  std::string text;
  append_key(text, family, name);
  return text;
}

TEST_CASE("spellings of one name have one key") {
  CHECK(key("PyPI", "Foo__Bar.baz") == key("pypi", "foo-bar-baz"));
  CHECK(key("crates.io", "serde_json") == key("crates.io", "Serde-JSON"));
  CHECK(key("NuGet", "Newtonsoft.Json") == key("NuGet", "newtonsoft.json"));
  CHECK(key("Maven", "org.A:b") != key("Maven", "org.a:b"));
  CHECK(key("GIT", "https://github.com/A/B.git") == key("GIT", "github.com/a/b"));
}

// Package URLs of some types have no capitals, names in advisories do.
TEST_CASE("an advisory is found by the URL of its package, however its name is written") {
  struct Row {
    const char *purl, *ecosystem, *name;
  };
  for (const Row& row : {Row{"pkg:golang/github.com/AdguardTeam/AdGuardHome@v1.0.0", "Go", "github.com/AdguardTeam/AdGuardHome"},
                         Row{"pkg:npm/JSONStream@1.3.5", "npm", "JSONStream"}, Row{"pkg:hex/Plug@1.0.0", "Hex", "Plug"},
                         Row{"pkg:composer/Laravel/Framework@8.0.0", "Packagist", "laravel/framework"},
                         Row{"pkg:pypi/Flask_Cors@1.0", "PyPI", "Flask-Cors"}, Row{"pkg:maven/org.A/B@1", "Maven", "org.A:B"},
                         Row{"pkg:maven/org.A%2FB@1", "Maven", "org.A:B"}, Row{"pkg:gem/RedCloth@4.2.9", "RubyGems", "RedCloth"},
                         Row{"pkg:nuget/newtonsoft.json@12.0.1", "NuGet", "Newtonsoft.Json"}}) {
    const auto found = threatdb::identity_of(*package::parse_purl(row.purl));
    REQUIRE(found.has_value());
    CHECK(key(found->package.ecosystem, found->package.name) == key(row.ecosystem, row.name));
  }
}

TEST_CASE("package URLs and ecosystems") {
  struct Row {
    const char *purl, *ecosystem, *release, *name, *version;
  };
  for (const Row& row : {Row{"pkg:maven/org.a/b@1", "Maven", "", "org.a:b", "1"}, Row{"pkg:npm/%40a/b@1", "npm", "", "@a/b", "1"},
                         Row{"pkg:deb/ubuntu/a@1?distro=jammy", "Ubuntu", "22.04", "a", "1"},
                         Row{"pkg:apk/alpine/a@1?distro=alpine-3.19.1", "Alpine", "3.19.1", "a", "1"},
                         Row{"pkg:deb/debian/liba@1?upstream=a%402", "Debian", "", "a", "2"}}) {
    const auto found = threatdb::identity_of(*package::parse_purl(row.purl));
    REQUIRE(found.has_value());
    CHECK(found->package.ecosystem == row.ecosystem);
    CHECK(found->package.release == row.release);
    CHECK(found->package.name == row.name);
    CHECK(found->version == row.version);
  }
  CHECK_FALSE(threatdb::identity_of(*package::parse_purl("pkg:generic/a@1")).has_value());
}

TEST_CASE("releases of distributions") {
  CHECK(is_same_release("22.04:LTS", "22.04"));
  CHECK(is_same_release("v3.19", "3.19.1"));
  CHECK(is_same_release("9", "9.2"));
  CHECK(is_same_release("12", ""));
  CHECK_FALSE(is_same_release("v3.1", "3.19"));
  CHECK_FALSE(is_same_release("12", "11"));
}

TEST_CASE("moments") {
  CHECK(to_text(*parse_moment("2024-02-29T23:30:00.25+01:00")) == "2024-02-29T22:30:00Z");
  CHECK(to_text(*parse_moment("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z");
  CHECK(to_text(*parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")) == "1994-11-06T08:49:37Z");
  for (const char* text : {"", "2024-02-30", "2024-1-01", "2024-01-01T00:00:00", "2024-01-01T24:00:00Z", "yesterday"})
    CHECK_FALSE(parse_moment(text).has_value());
}

TEST_CASE("the best name of a weakness") {
  CHECK(is_better_name("CVE-2024-1", "GHSA-1"));
  CHECK(is_better_name("GHSA-1", "ALPINE-1"));
  CHECK(is_better_name("CVE-2024-9999", "CVE-2024-10000"));
  CHECK(is_better_name("CVE-2023-10000", "CVE-2024-9999"));
  IdentifierPool pool;
  const auto a = pool.intern("a");
  const auto b = pool.intern("b");
  const auto c = pool.intern("c");
  pool.unite(c, b);
  pool.unite(b, a);
  CHECK(pool.root(c) == pool.root(a));
  CHECK(pool.intern("b") == b);
}

}  // namespace
}  // namespace postern::threatdb
