// SPDX-License-Identifier: Apache-2.0
// Package URLs: canonical forms, identity, and what is none.
#include <doctest/doctest.h>
#include <package/purl.h>

#include <string>

namespace postern::package {
namespace {

std::string canonical(std::string_view text) {
  const auto purl = parse_purl(text);
  return purl ? to_string(*purl) : "none";
}

std::string identity(std::string_view text) {
  const auto purl = parse_purl(text);
  return purl ? identity_of(*purl) : "none";
}

TEST_CASE("a package URL is put into its canonical form") {
  CHECK(canonical("pkg:NPM/%40Angular/Core@12.3.1") == "pkg:npm/%40angular/core@12.3.1");
  CHECK(canonical("pkg:npm/@babel/core@7.0.0") == "pkg:npm/%40babel/core@7.0.0");
  CHECK(canonical("pkg:npm/@babel/core") == "pkg:npm/%40babel/core");
  CHECK(canonical("pkg:PYPI/Django_package@1.11.1.dev1") == "pkg:pypi/django-package@1.11.1.dev1");
  CHECK(canonical("pkg://maven/org.apache.commons/IO@1.3") == "pkg:maven/org.apache.commons/IO@1.3");
  CHECK(canonical("pkg:deb/Debian/curl@7.50.3-1?distro=jessie&Arch=i386") ==
        "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie");
  CHECK(canonical("pkg:golang/Google.golang.org/genproto#/googleapis/../api/./annotations/") ==
        "pkg:golang/google.golang.org/genproto#googleapis/api/annotations");
  CHECK(canonical("pkg:rpm/fedora/cups@1:2.4?epoch=") == "pkg:rpm/fedora/cups@1:2.4");
}

TEST_CASE("identity leaves out what a build chooses") {
  CHECK(identity("pkg:apk/alpine/busybox@1.30.1-r5?arch=x86_64&distro=alpine-3.10.9") == "pkg:apk/alpine/busybox");
  CHECK(identity("pkg:golang/github.com/go-resty/resty/v2@v2.6.0#client") == "pkg:golang/github.com/go-resty/resty/v2");
}

TEST_CASE("what is no package URL is none") {
  for (const char* text : {"", "pkg:", "pkg:npm", "npm/left-pad@1", "pkg:/left-pad", "pkg:n&g/x@1", "pkg:3npm/x",
                           "pkg:maven/@1.3.4", "pkg:npm/x?in%20production=true", "a-purl-1"}) {
    CHECK_MESSAGE(canonical(text) == "none", text);
  }
}

TEST_CASE("names are those that people use") {
  CHECK(display_name(*parse_purl("pkg:maven/org.apache.commons/io@1")) == "org.apache.commons:io");
  CHECK(display_name(*parse_purl("pkg:npm/%40angular/core@1")) == "@angular/core");
  CHECK(display_name(*parse_purl("pkg:deb/debian/curl@1")) == "curl");
}

}  // namespace
}  // namespace postern::package
