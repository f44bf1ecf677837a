// SPDX-License-Identifier: Apache-2.0
// Which documents are manifests, lists of them, kinds that nobody reads, and names that are refused.
#include <doctest/doctest.h>
#include <ingest/kubernetes/kinds/kinds.h>

#include <algorithm>
#include <string>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;
using test::read;
using test::troubles_of;

TEST_CASE("the table of kinds is sorted, and every row is found for each of its groups") {
  const auto kinds = kubernetes::all_kinds();
  CHECK(std::is_sorted(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.kind < b.kind; }));
  for (const kubernetes::KindRow& row : kinds) {
    CAPTURE(row.kind);
    for (const std::string_view group : row.groups) CHECK(kubernetes::find_kind(group, row.kind) == &row);
    CHECK(kubernetes::find_kind("example.org", row.kind) == nullptr);
  }
  CHECK(kubernetes::find_kind("", "Nothing") == nullptr);
}

TEST_CASE("kinds that nobody reads are facts as well") {
  CHECK(facts_of("apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: a}\n---\napiVersion: v1\nkind: "
                 "ResourceQuota\n---\napiVersion: example.com/v1\nkind: Service\n") ==
        "\nunread networking.istio.io/v1alpha3/EnvoyFilter\nunread v1/ResourceQuota\nunread example.com/v1/Service\n");
}

TEST_CASE("configuration files of tools are no manifests") {
  for (const char* type : {"kind.x-k8s.io/v1alpha4 Cluster", "skaffold/v2beta1 Config", "v1 Config",
                           "backstage.io/v1alpha1 Component", "kustomize.config.k8s.io/v1beta1 Kustomization"}) {
    CAPTURE(type);
    const std::string text = type;
    const std::size_t blank = text.find(' ');
    const test::Reading reading = read("apiVersion: " + text.substr(0, blank) + "\nkind: " + text.substr(blank + 1) + "\n");
    CHECK(reading.file.outcome == ReadOutcome::unrecognised);
  }
  CHECK(read("apiVersion: v2\nname: chart\n").file.outcome == ReadOutcome::unrecognised);
  CHECK(read("apiVersion: [v1]\nkind: Pod\n").file.outcome == ReadOutcome::unrecognised);
  CHECK(read("kind: Pod\n").file.outcome == ReadOutcome::unrecognised);
  CHECK(read("- apiVersion: v1\n  kind: Pod\n").file.outcome == ReadOutcome::unrecognised);
}

TEST_CASE("lists are read item by item; typed lists may leave the type out") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}
- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ServiceAccount, metadata: {name: b}}]}
- {apiVersion: x/v1, kind: Y}
- text
- null
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleList
items: [{metadata: {name: r}}]
---
{apiVersion: v1, kind: List, items: none}
---
{apiVersion: v1, kind: List}
)") == R"(
entity default/serviceaccounts/a identity name=a namespace=default?
entity default/serviceaccounts/b identity name=b namespace=default?
unread x/v1/Y
entity default/roles/r role name=r namespace=default?
P1201 error 8:3 an item of the list is string, expected an object
P1201 error 15:37 'items' is string, expected a sequence
)");
}

TEST_CASE("names that could pose as other addresses are refused") {
  for (const char* name : {"services/web", "a b", "a%2fb", "../x", "\"a\\tb\"", "\"a\\u0000b\""}) {
    CAPTURE(name);
    const test::Reading reading = read(std::string("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ") + name + "}\n");
    CHECK(reading.file.input.facts.empty());
    CHECK(reading.sink.has_errors());
  }
  CHECK(read("apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b/c}\n").file.input.facts.empty());
  CHECK(facts_of("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'system:x:y'}\n")
            .find("entity clusterroles/system:x:y ") != std::string::npos);
}

TEST_CASE("objects that still hold template expressions are not judged") {
  CHECK(troubles_of("apiVersion: v1\nkind: Secret\nmetadata: {name: '{{ .Release.Name }}-x'}\n") ==
        "\nP1203 error 3:18 'name' holds a template expression\n");
  CHECK(troubles_of(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: '{{ .Values.image }}'}]}\n") ==
        "\nP1203 error 4:38 'image' holds a template expression\n");
  CHECK(troubles_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {legend: '{{ .Values.x }}'}\n") == "\n");
}

TEST_CASE("JSON reads like YAML") {
  const test::Reading reading =
      read(R"({"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a","namespace":"n"}})", "a.json");
  CHECK(test::facts_text(reading) == "entity n/serviceaccounts/a identity name=a namespace=n\n");
}

}  // namespace
}  // namespace postern::ingest
