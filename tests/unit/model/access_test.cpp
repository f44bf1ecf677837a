// SPDX-License-Identifier: Apache-2.0
// Rules, selectors and privileges come back from their texts, and wide powers cover narrow ones.
#include <doctest/doctest.h>
#include <postern/model/access_rule.h>
#include <postern/model/fact.h>
#include <postern/model/privilege.h>

using namespace postern;
using namespace postern::model;

namespace {

std::vector<Symbol> symbols(std::initializer_list<const char*> texts) {
  std::vector<Symbol> list;
  for (const char* text : texts) list.emplace_back(text);
  return list;
}

bool covers_text(const char* wide, const char* narrow) {
  const auto a = privilege_from(wide);
  const auto b = privilege_from(narrow);
  REQUIRE(a.has_value());
  REQUIRE(b.has_value());
  return covers(*a, *b);
}

}  // namespace

TEST_CASE("a rule comes back from its text, whatever its values hold") {
  const AccessRule rules[] = {
      {symbols({"get", "list"}), symbols({"pods", "pods/exec"}), symbols({""}), {}, {}},
      {symbols({"*"}), symbols({"*"}), symbols({"", "apps"}), symbols({"a b,c", "resources: secrets", "x%20y"}), {}},
      {symbols({"get"}), {}, {}, {}, symbols({"/metrics"})},
  };
  for (const AccessRule& rule : rules) {
    CAPTURE(to_string(rule));
    const auto back = access_rule_from(to_string(rule));
    REQUIRE(back.has_value());
    CHECK(*back == rule);
  }
  CHECK(to_string(rules[0]) == "verbs: get,list resources: pods,pods/exec");
}

TEST_CASE("other texts are no rules") {
  for (const char* text : {"aggregates roles: a=b", "verbs:", "nonsense: x", "verbs: get resources:"}) {
    CAPTURE(text);
    CHECK(!access_rule_from(text).has_value());
  }
}

TEST_CASE("a selector comes back from its canonical text") {
  for (const char* text : {"*", "app=x", "a=", "!legacy, app=x, team, tier in (a, b), zone not in (c)", "tier in (a, b)"}) {
    CAPTURE(text);
    const auto selector = selector_from(text);
    REQUIRE(selector.has_value());
    CHECK(to_string(*selector) == text);
  }
  CHECK(!selector_from("").has_value());
  CHECK(!selector_from("a=b, ").has_value());
}

TEST_CASE("a privilege comes back from its text") {
  for (const char* text : {"cluster-admin", "everything in shop", "read secrets in shop", "read secrets cluster-wide",
                           "read secret shop/db-password", "read secret */db", "proxy to nodes", "bind role shop/edit",
                           "create tokens of service account ci/x", "impersonate user jane", "create workloads in shop",
                           "change workload shop/web", "modify rbac object */x", "write node n1"}) {
    CAPTURE(text);
    const auto privilege = privilege_from(text);
    REQUIRE(privilege.has_value());
    CHECK(to_string(*privilege) == text);
  }
  for (const char* text : {"", "read secrets", "read secrets everywhere", "cluster-administrator", "proxy to nodes in shop"}) {
    CAPTURE(text);
    CHECK(!privilege_from(text).has_value());
  }
}

TEST_CASE("wide powers cover narrow ones, and never the other way round") {
  CHECK(covers_text("cluster-admin", "write nodes"));
  CHECK(covers_text("read secrets cluster-wide", "read secret shop/db"));
  CHECK(covers_text("read secrets in shop", "read secret shop/db"));
  CHECK(covers_text("everything in shop", "create pods in shop"));
  CHECK(!covers_text("everything in shop", "create pods in ops"));
  CHECK(!covers_text("everything in shop", "write nodes"));
  CHECK(!covers_text("read secrets in shop", "read secrets cluster-wide"));
  CHECK(!covers_text("read secret shop/db", "read secrets in shop"));
  CHECK(!covers_text("read secrets cluster-wide", "write secrets in shop"));
}

TEST_CASE("what was covered before is not gained") {
  CHECK(gained(symbols({"cluster-admin"}), symbols({"read secrets cluster-wide"})).empty());
  CHECK(gained(symbols({"read secret shop/a"}), symbols({"read secret shop/a", "read secret shop/b"})) ==
        symbols({"read secret shop/b"}));
  CHECK(gained({}, symbols({"something else"})) == symbols({"something else"}));
}
