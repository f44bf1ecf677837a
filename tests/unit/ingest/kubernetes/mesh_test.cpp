// SPDX-License-Identifier: Apache-2.0
// Policies of meshes and network plugins: how open they are, and which selectors are exact.
#include <doctest/doctest.h>
#include <ingest/kubernetes/network/calico_selector.h>

#include <string>

#include "../fact_text.h"

using postern::ingest::kubernetes::parse_calico_selector;
using postern::ingest::test::facts_of;

namespace {

/// The alternatives of an expression, `inexact` where there is no exact counterpart.
std::string alternatives(std::string_view text) {
  const auto found = parse_calico_selector(text);
  if (!found) return "inexact";
  std::string result;
  for (const auto& selector : *found) result += (result.empty() ? "" : " | ") + to_string(selector);
  return result;
}

/// The attribute `callers` of a policy with these rules.
std::string callers(std::string_view rules) {
  const std::string text = facts_of(
      "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a}\nspec: {rules: " + std::string(rules) +
      "}\n");
  const std::size_t at = text.find("callers = ");
  return at == std::string::npos ? "" : text.substr(at + 10, text.find('\n', at) - at - 10);
}

}  // namespace

TEST_CASE("selectors of Calico are alternatives of plain terms") {
  CHECK(alternatives("") == "*");
  CHECK(alternatives("all()") == "*");
  CHECK(alternatives("a == 'b'") == "a=b");
  CHECK(alternatives("a == \"b\" && has(c)") == "a=b, c");
  CHECK(alternatives("!has(x) && y != 'z'") == "!x, y not in (z)");
  CHECK(alternatives("a in {'b', 'c'} || k8s.io/d not in {'e'}") == "a in (b, c) | k8s.io/d not in (e)");
  CHECK(alternatives("(a == 'b' || a == 'c') && d == 'e'") == "a=b, d=e | a=c, d=e");
  CHECK(alternatives("a==\"b'c\"") == "a=b'c");
}

TEST_CASE("selectors of Calico without an exact counterpart are said to be inexact") {
  for (const char* text : {"a contains 'b'", "a starts with 'b'", "a ends with 'b'", "global()", "!(a == 'b')", "!all()", "a ==",
                           "a == b", "a in {", "a in {}", "(a == 'b'", "a == 'b')", "a == 'b", "has(", "&&", "a == 'b' &&"}) {
    CAPTURE(text);
    CHECK(alternatives(text) == "inexact");
  }
  CHECK(alternatives(std::string(100000, '(')) == "inexact");
  std::string doubling = "(a == '1' || a == '2')";
  for (int i = 0; i < 7; ++i) doubling += " && (a == '1' || a == '2')";
  CHECK(alternatives(doubling) == "inexact");
}

TEST_CASE("an authorization policy is as open as its widest rule") {
  CHECK(callers("[]") == "nobody");
  CHECK(callers("[{from: [{source: {principals: [x]}}]}]") == "named");
  CHECK(callers("[{from: [{source: {principals: ['*']}}]}]") == "authenticated");
  CHECK(callers("[{from: [{source: {principals: ['*'], namespaces: [shop]}}]}]") == "named");
  CHECK(callers("[{from: [{source: {notNamespaces: [shop]}}]}]") == "some_requests");
  CHECK(callers("[{from: [{source: {ipBlocks: [0.0.0.0/0]}}]}]") == "everybody");
  CHECK(callers("[{to: [{operation: {methods: [GET]}}]}]") == "some_requests");
  CHECK(callers("[{when: [{key: 'request.auth.claims[iss]', values: [x]}]}]") == "some_requests");
  CHECK(callers("[{to: [{operation: {}}]}]") == "everybody");
  CHECK(callers("[{}]") == "everybody");
  CHECK(callers("[{from: [{source: {principals: [x]}}]}, {from: [{source: {requestPrincipals: ['*']}}]}]") == "authenticated");
}

TEST_CASE("routes need a grant for what lies in another namespace, and weight 0 leads nowhere") {
  const std::string text = facts_of(
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: a}\n"
      "spec: {rules: [{backendRefs: [{name: s, namespace: b, port: 80}, {name: t, weight: 0}]}]}\n");
  CHECK(text.find(
            "reference a/httproutes/r routes_to b/services/s (*) needs \"HTTPRoute of a may name Service s\" needs \"HTTPRoute of "
            "a may name Service *\" ports = [80]") != std::string::npos);
  CHECK(text.find("services/t") == std::string::npos);
}
