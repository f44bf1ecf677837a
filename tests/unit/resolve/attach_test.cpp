// SPDX-License-Identifier: Apache-2.0
// Which rules mean a path; which store a schema is for, which service an interface is of.
#include "resolve/attach.h"

#include <doctest/doctest.h>

#include "resolve/attach_names.h"
#include "resolve/path_rules.h"

using namespace postern;
using namespace postern::resolve;
using model::Entity;
using model::EntityKind;
using model::Symbol;
namespace attribute = model::attribute;

namespace {

Entity entity(const char* address, EntityKind kind, const char* name, const char* file) {
  Entity made;
  made.id = {Symbol("a"), Symbol("t"), Symbol(address)};
  made.kind = kind;
  made.name = Symbol(name);
  made.locations = {{Symbol(file), 1, 1}};
  return made;
}

Entity schema(const char* name, const char* file, const char* engine = "postgres") {
  Entity made = entity((std::string("schemas/") + name).c_str(), EntityKind::datastore, name, file);
  made.attributes.set(attribute::resource_type, Symbol("sql-schema"));
  made.attributes.set(attribute::engine, Symbol(engine));
  made.attributes.set(attribute::column, Symbol("TEXT"), {}, {}, Symbol("users.mail"));
  return made;
}

Entity store(const char* name, const char* file, const char* technology = "postgres") {
  Entity made = entity(name, EntityKind::datastore, name, file);
  made.attributes.set(attribute::technology, Symbol(technology));
  return made;
}

/// The addresses of what holds columns.
std::vector<std::string> holders(model::GraphFragment fragment) {
  base::DiagnosticSink sink;
  const model::ArchitectureGraph graph = attach_descriptions(model::ArchitectureGraph(std::move(fragment)), sink);
  std::vector<std::string> found;
  for (const Entity& each : graph.entities()) {
    if (!each.attributes.of(attribute::column).empty()) found.push_back(each.id.address.str());
  }
  return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("patterns of paths") {
  struct Row {
    const char* pattern;
    const char* path;
    bool meant;
  };
  for (const Row& row :
       {Row{"*", "a/b.yaml", true}, Row{"*.yaml", "a/b.yaml", true}, Row{"*.yml", "a/b.yaml", false}, Row{"/a/", "a/b.yaml", true},
        Row{"/a/", "x/a/b.yaml", false}, Row{"a/", "x/a/b.yaml", true}, Row{"docs/*", "docs/a.md", true},
        Row{"docs/*", "docs/x/a.md", false}, Row{"/a/**/c.yaml", "a/b/b/c.yaml", true}, Row{"/a/**/c.yaml", "a/c.yaml", true},
        Row{"**/c", "a/b/c/d", true}, Row{"/a", "a/b", true}, Row{"/a", "ab", false}, Row{"b.y?ml", "a/b.yaml", true}}) {
    CAPTURE(std::string(row.pattern));
    CAPTURE(std::string(row.path));
    CHECK(is_meant(row.pattern, row.path) == row.meant);
  }
  const std::vector<PathRule> rules = {{"", "*", Symbol("all"), {}}, {"sub", "/x/", Symbol("x"), {}}};
  CHECK(last_rule_for(rules, "sub/x/a")->owners.view() == "x");
  CHECK(last_rule_for(rules, "x/a")->owners.view() == "all");
}

TEST_CASE("names without decoration") {
  CHECK(store_core("Orders-DB") == "orders");
  CHECK(store_core("postgres").empty());
  CHECK(service_core("Orders API") == "orders");
  CHECK(service_core("cart-service") == "cart");
}

TEST_CASE("a schema goes to the store of its folder, of its owner, or to the only one above it") {
  CHECK(holders({{schema("accounts-db", "src/accounts-db/initdb/1.sql"), store("accounts-db", "k8s/a.yaml"),
                  store("ledger-db", "k8s/b.yaml")},
                 {},
                 {}}) == Names{"accounts-db"});
  CHECK(
      holders({{schema("orders", "src/orders/migrations/1.sql"), store("orders-db", "k8s/a.yaml"), store("other-db", "k8s/b.yaml")},
               {},
               {}}) == Names{"orders-db"});
  model::GraphFragment owned{{schema("orders", "src/orders/migrations/1.sql"), store("pg-1", "k8s/a.yaml"),
                              store("pg-2", "k8s/a.yaml"), entity("orders", EntityKind::service, "orders", "k8s/o.yaml")},
                             {},
                             {}};
  owned.relations.push_back({3, 2, model::RelationKind::uses, {}, {}});
  CHECK(holders(std::move(owned)) == Names{"pg-2"});
  CHECK(holders({{schema("backend", "demo/backend/1.sql"), store("db", "demo/compose.yaml"), store("db2", "other/compose.yaml")},
                 {},
                 {}}) == Names{"db"});
}

TEST_CASE("a schema goes to the store into which its folder is mounted") {
  Entity mounted = store("pg-2", "demo/compose.yaml");
  mounted.attributes.set(attribute::volumes, model::TextList{Symbol("bind:./sql/../init")});
  CHECK(holders({{schema("init", "demo/init/1.sql"), store("pg-1", "demo/compose.yaml"), mounted}, {}, {}}) == Names{"pg-2"});
  CHECK(lies_in("a/b/c.sql", "a/compose.yaml", "./b"));
  CHECK_FALSE(lies_in("a/bb/c.sql", "a/compose.yaml", "./b"));
  CHECK_FALSE(lies_in("a/b/c.sql", "a/compose.yaml", "../../b"));
}

TEST_CASE("a service of the same name in another project is not the owner") {
  model::GraphFragment two{{schema("backend", "a/backend/1.sql"), store("a-db", "a/compose.yaml"), store("b-db", "b/compose.yaml"),
                            entity("a/backend", EntityKind::service, "backend", "a/compose.yaml"),
                            entity("b/backend", EntityKind::service, "backend", "b/compose.yaml")},
                           {},
                           {}};
  two.relations.push_back({4, 2, model::RelationKind::uses, {}, {}});
  CHECK(holders(std::move(two)) == Names{"a-db"});
}

TEST_CASE("a schema stays on its own where nothing or too much fits") {
  CHECK(holders({{schema("x", "src/x/1.sql"), store("a-db", "k8s/a.yaml"), store("b-db", "k8s/b.yaml")}, {}, {}}) ==
        Names{"schemas/x"});
  CHECK(holders({{schema("orders", "src/orders/1.sql"), store("orders-db", "k.yaml", "mongodb")}, {}, {}}) ==
        Names{"schemas/orders"});
  CHECK(holders({{schema("orders", "src/orders/1.sql", "mysql"), store("orders-db", "k.yaml")}, {}, {}}) ==
        Names{"schemas/orders"});
}

TEST_CASE("a program that is called like a store and has scripts of tables is one") {
  base::DiagnosticSink sink;
  const model::ArchitectureGraph graph = attach_descriptions(
      model::ArchitectureGraph(
          {{schema("accounts-db", "accounts-db/1.sql"), entity("n/accounts-db", EntityKind::service, "accounts-db", "k.yaml")},
           {},
           {}}),
      sink);
  REQUIRE(graph.entities().size() == 1);
  CHECK(graph.entity(0).kind == EntityKind::datastore);
  CHECK(graph.entity(0).attributes.text(attribute::technology).view() == "postgres");
}

TEST_CASE("an interface is of the service in whose folder it stands, whose name a server has, or that the title ends in") {
  const auto serves = [](Entity interface, std::vector<Entity> others) {
    interface.kind = EntityKind::api;
    others.push_back(std::move(interface));
    base::DiagnosticSink sink;
    const model::ArchitectureGraph graph = attach_descriptions(model::ArchitectureGraph({std::move(others), {}, {}}), sink);
    std::string found;
    for (const model::Relation& relation : graph.relations()) found += graph.entity(relation.source).name.str() + " ";
    return found;
  };
  const auto service = [](const char* name) { return entity(name, EntityKind::service, name, "k8s/all.yaml"); };
  CHECK(serves(entity("apis/x", EntityKind::api, "Anything", "src/cart/openapi.yml"), {service("cart"), service("orders")}) ==
        "cart ");
  CHECK(serves(entity("apis/x", EntityKind::api, "Retail Store Orders API", "specs/x.yml"), {service("cart"), service("orders")}) ==
        "orders ");
  CHECK(serves(entity("apis/x", EntityKind::api, "Recommendations", "specs/x.yml"), {service("cart"), service("orders")}).empty());
  Entity hosted = entity("apis/x", EntityKind::api, "Anything", "specs/x.yml");
  hosted.attributes.set(attribute::hosts, model::TextList{Symbol("orders.shop.svc.cluster.local")});
  CHECK(serves(hosted, {service("cart"), service("orders")}) == "orders ");
}

TEST_CASE("a catalogue hands over what the entity does not say itself, and a higher tier") {
  Entity entry = entity("catalogue/components/orders", EntityKind::application, "orders", "catalog-info.yaml");
  entry.attributes.set(attribute::resource_type, Symbol("backstage-component"));
  entry.attributes.set(attribute::owner, Symbol("team-b"));
  entry.attributes.set(attribute::tier, Symbol("high"));
  entry.attributes.set(attribute::system, Symbol("shop"));
  Entity service = entity("n/orders", EntityKind::service, "orders", "k8s.yaml");
  service.attributes.set(attribute::owner, Symbol("team-a"));
  service.attributes.set(attribute::tier, Symbol("low"));
  base::DiagnosticSink sink;
  const model::ArchitectureGraph graph = attach_descriptions(model::ArchitectureGraph({{entry, service}, {}, {}}), sink);
  REQUIRE(graph.entities().size() == 1);
  CHECK(graph.entity(0).attributes.text(attribute::owner).view() == "team-a");
  CHECK(graph.entity(0).attributes.text(attribute::tier).view() == "high");
  CHECK(graph.entity(0).attributes.text(attribute::system).view() == "shop");
  REQUIRE(sink.all().size() == 1);
  CHECK(sink.all().front().code == "P2009");
}
