// SPDX-License-Identifier: Apache-2.0
// Powers from rules, permissions joined, and the cost of many accounts.
#include "derive/privilege/privilege.h"

#include <doctest/doctest.h>

#include "derive/privilege/powers.h"

using namespace postern;
using namespace postern::derive;
using model::EntityKind;
using model::Symbol;
namespace attribute = model::attribute;

namespace {

model::AccessRule rule(const char* text) {
  const auto parsed = model::access_rule_from(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

std::string powers(const char* text, const char* scope) {
  std::string words;
  for (const model::Privilege& power : powers_of(rule(text), Symbol(scope))) {
    words += (words.empty() ? "" : "; ") + to_string(power);
  }
  return words;
}

std::string permissions(std::initializer_list<std::pair<const char*, const char*>> grants) {
  PermissionSet set;
  for (const auto& [text, scope] : grants) set.add(rule(text), Symbol(scope));
  return model::to_string(model::AttributeValue(set.texts()));
}

/// A graph of accounts, roles and bindings by their addresses.
class Cluster {
 public:
  model::EntityIndex add(EntityKind kind, const std::string& address) {
    model::Entity entity;
    entity.id = {Symbol("app"), Symbol("cluster"), Symbol(address)};
    entity.kind = kind;
    entity.name = Symbol(address.substr(address.rfind('/') + 1));
    entity.locations = {{Symbol("a.yaml"), 1, 1}};
    m_fragment.entities.push_back(std::move(entity));
    return static_cast<model::EntityIndex>(m_fragment.entities.size() - 1);
  }
  model::EntityIndex role(const std::string& address, std::initializer_list<const char*> texts) {
    const auto index = add(EntityKind::role, address);
    model::TextList list;
    for (const char* text : texts) list.emplace_back(text);
    m_fragment.entities[index].attributes.set(attribute::rules, std::move(list));
    return index;
  }
  void bind(const std::string& address, model::EntityIndex role, const std::vector<model::EntityIndex>& subjects) {
    const auto binding = add(EntityKind::role_binding, address);
    relate(binding, model::RelationKind::binds, role);
    for (const auto subject : subjects) relate(binding, model::RelationKind::binds, subject);
  }
  void relate(model::EntityIndex source, model::RelationKind kind, model::EntityIndex target) {
    model::Relation relation;
    relation.source = source;
    relation.target = target;
    relation.kind = kind;
    m_fragment.relations.push_back(std::move(relation));
  }
  model::ArchitectureGraph derived() {
    model::ArchitectureGraph graph(m_fragment);
    derive_privileges(graph);
    return graph;
  }

 private:
  model::GraphFragment m_fragment;
};

std::string text_of(const model::ArchitectureGraph& graph, const char* address, const model::AttributeDefinition& definition) {
  const auto index = graph.find(model::EntityId{Symbol("app"), Symbol("cluster"), Symbol(address)});
  REQUIRE(index.has_value());
  std::string text;
  for (const model::Attribute& row : graph.entity(*index).attributes.of(definition)) {
    text += (text.empty() ? "" : "; ") + model::to_string(row.value);
  }
  return text;
}

}  // namespace

TEST_CASE("rules give powers in words") {
  CHECK(powers("verbs: get resources: secrets", "") == "read secrets cluster-wide");
  CHECK(powers("verbs: get resources: secrets names: a,b", "shop") == "read secret shop/a; read secret shop/b");
  CHECK(powers("verbs: * resources: * groups: *", "") == "cluster-admin");
  CHECK(powers("verbs: * resources: * groups: *", "shop") == "everything in shop");
  CHECK(powers("verbs: create resources: */exec", "shop") == "exec into pods in shop");
  CHECK(powers("verbs: get resources: * groups: *", "shop") ==
        "read secrets in shop; exec into pods in shop; attach to pods in shop");
  CHECK(powers("verbs: create resources: */token groups: *", "") == "create tokens of service accounts cluster-wide");
  CHECK(powers("verbs: patch resources: deployments groups: apps names: web", "shop") == "change workload shop/web");
}

TEST_CASE("what a rule cannot give") {
  CHECK(powers("verbs: get resources: secrets groups: apps", "").empty());
  CHECK(powers("verbs: create resources: pods names: a", "shop").empty());  // no object has a name before it is made
  CHECK(powers("verbs: delete resources: secrets", "").empty());
  CHECK(powers("verbs: impersonate resources: users", "shop").empty());  // users lie in no namespace
  CHECK(powers("verbs: update resources: clusterroles groups: rbac.authorization.k8s.io", "shop").empty());
  CHECK(powers("verbs: * urls: *", "").empty());
}

TEST_CASE("the same rights make the same permissions") {
  const std::string whole = permissions({{"verbs: get,list resources: pods,secrets", ""}});
  CHECK(whole == "[get,list pods cluster-wide, get,list secrets cluster-wide]");
  CHECK(permissions({{"verbs: get resources: secrets", ""},
                     {"verbs: list resources: secrets,pods", ""},
                     {"verbs: get resources: pods", ""}}) == whole);
  CHECK(permissions({{"verbs: get,list resources: pods,secrets", ""}, {"verbs: get resources: secrets", "shop"}}) == whole);
  CHECK(permissions({{"verbs: get,list resources: pods,secrets", ""}, {"verbs: get resources: secrets names: a", ""}}) == whole);
  CHECK(permissions({{"verbs: * resources: *", "shop"}, {"verbs: get resources: pods", "shop"}}) == "[* * in shop]");
  CHECK(permissions({{"verbs: get urls: /metrics", ""}, {"verbs: get urls: /metrics", "shop"}}) == "[get /metrics]");
  CHECK(permissions({{"verbs: get resources: deployments groups: apps names: web", "shop"}}) ==
        "[get deployments.apps named web in shop]");
}

TEST_CASE("a rule of too many combinations stands as it is") {
  std::string names = "n0";
  for (int i = 1; i < 5000; ++i) names += ",n" + std::to_string(i);
  PermissionSet set;
  set.add(rule(("verbs: get resources: secrets names: " + names).c_str()), Symbol("shop"));
  CHECK(set.texts().size() == 1);
}

TEST_CASE("roles that join each other come to an end") {
  Cluster cluster;
  const auto account = cluster.add(EntityKind::identity, "shop/serviceaccounts/web");
  const auto role = cluster.role("clusterroles/a", {"aggregates roles: *"});
  cluster.role("clusterroles/b", {"aggregates roles: *", "verbs: get resources: configmaps"});
  cluster.bind("shop/rolebindings/x", role, {account});
  const auto graph = cluster.derived();
  // Everything is joined, the roles of every cluster included.
  CHECK(text_of(graph, "shop/serviceaccounts/web", attribute::privileges) == "[everything in shop]");
}

TEST_CASE("rights over roles lead to everything only with the right to write bindings") {
  for (const bool writes : {false, true}) {
    Cluster cluster;
    const auto account = cluster.add(EntityKind::identity, "shop/serviceaccounts/web");
    const auto binder =
        cluster.role("clusterroles/binder", {"verbs: bind resources: clusterroles groups: rbac.authorization.k8s.io"});
    cluster.bind("clusterrolebindings/binder", binder, {account});
    const auto writer =
        cluster.role("clusterroles/writer", {"verbs: create resources: clusterrolebindings groups: rbac.authorization.k8s.io"});
    if (writes) cluster.bind("clusterrolebindings/writer", writer, {account});
    const auto graph = cluster.derived();
    CHECK(text_of(graph, "shop/serviceaccounts/web", attribute::escalation) ==
          (writes ? "bind roles cluster-wide > cluster-admin" : ""));
  }
}

TEST_CASE("rights of an undeclared role are unknown, not none") {
  Cluster cluster;
  const auto account = cluster.add(EntityKind::identity, "shop/serviceaccounts/web");
  const auto role = cluster.add(EntityKind::unresolved, "unresolved/clusterroles/elsewhere");
  cluster.bind("clusterrolebindings/x", role, {account});
  CHECK(text_of(cluster.derived(), "shop/serviceaccounts/web", attribute::permissions) ==
        "[unknown rights of clusterroles/elsewhere cluster-wide]");
}

TEST_CASE("ten thousand accounts, each with a wildcard, and a grant to all of them") {
  Cluster cluster;
  const auto everybody = cluster.add(EntityKind::identity, "group:system:serviceaccounts");
  const auto wild = cluster.role("clusterroles/wild", {"verbs: * resources: *", "verbs: create resources: pods"});
  const auto view = cluster.role("clusterroles/reader", {"verbs: get resources: secrets names: a"});
  cluster.bind("clusterrolebindings/all", view, {everybody});
  for (int i = 0; i < 10000; ++i) {
    const std::string space = "n" + std::to_string(i % 100);
    const auto account = cluster.add(EntityKind::identity, space + "/serviceaccounts/a" + std::to_string(i));
    cluster.bind(space + "/rolebindings/b" + std::to_string(i), i % 2 == 0 ? wild : view, {account});
  }
  const auto graph = cluster.derived();
  CHECK(text_of(graph, "n98/serviceaccounts/a9998", attribute::permissions) == "[* * in n98]");
  CHECK(text_of(graph, "n99/serviceaccounts/a9999", attribute::privileges) == "[read secret n99/a]");
  CHECK(text_of(graph, "n99/serviceaccounts/a9999", attribute::inherited_privileges) == "[read secret */a]");
}
