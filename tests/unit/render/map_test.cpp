// SPDX-License-Identifier: Apache-2.0
// The architecture of one state as text, JSON and pictures.
#include <doctest/doctest.h>
#include <render/map.h>
#include <render/picture.h>
#include <render/reports.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "hostile_texts.h"
#include "support/grid_layout.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

using namespace model;

EntityId id(std::string_view address) { return {Symbol("shop"), Symbol("t"), Symbol(address)}; }

Entity entity(std::string_view address, EntityKind kind, const std::string& name) {
  Entity one;
  one.id = id(address);
  one.kind = kind;
  one.name = Symbol(name);
  one.locations = {{Symbol("app.yaml"), 3, 1}};
  return one;
}

/// gateway -> endpoint -> cart -> db; `name` is what everything is called.
ArchitectureGraph graph(const std::string& name) {
  GraphFragment fragment;
  fragment.entities = {entity("shop/cart", EntityKind::service, name), entity("shop/db", EntityKind::datastore, name),
                       entity("shop/ingresses/web", EntityKind::gateway, name),
                       entity("shop/services/cart", EntityKind::endpoint, name)};
  for (Entity& one : fragment.entities) one.aliases = {{AliasKind::host, Symbol(name)}};
  fragment.entities[0].attributes.set(attribute::exposure, Symbol("internet"));
  fragment.entities[0].attributes.set(attribute::image, Symbol(name), {Symbol("app.yaml"), 9, 5}, Symbol("server"));
  fragment.entities[0].attributes.set(attribute::run_as_non_root, Unknown{}, {}, Symbol("server"));
  fragment.entities[1].attributes.set(attribute::data_classes, TextList{Symbol("PII"), Symbol(name)});
  fragment.relations = {{0, 1, RelationKind::reads, {}, {{{Symbol("app.yaml"), 12, 7}, Symbol("environment variable DB_URL")}}},
                        {2, 3, RelationKind::routes_to, {}, {}},
                        {3, 0, RelationKind::routes_to, {}, {}}};
  return ArchitectureGraph(std::move(fragment));
}

TEST_CASE("the text groups by kind and names relations with their places") {
  const std::string shown = map_text(graph("cart"));
  CHECK(shown.starts_with("4 entities, 3 relations\n"));
  CHECK(shown.find("services (1)\n  shop/cart  exposed to internet\n") != std::string::npos);
  CHECK(shown.find("      reads -> shop/db (datastore) app.yaml:12:7\n") != std::string::npos);
  CHECK(shown.find("holds [PII, cart]") != std::string::npos);
  CHECK(shown.find("declared at") == std::string::npos);
  CHECK(shown.find("not read") == std::string::npos);
  const UnreadInputs unread{{{"acme.example/v1/Widget", 2}}, 3};
  CHECK(map_text(graph("cart"), {{}, unread, {}}).find("\nnot read: acme.example/v1/Widget (2)\n") != std::string::npos);
  const std::string full = map_text(graph("cart"), {{Colour::never, Detail::full, 100}, {}, {}});
  CHECK(full.find("declared at app.yaml:3:1") != std::string::npos);
  CHECK(full.find("at app.yaml:12:7: environment variable DB_URL") != std::string::npos);
  CHECK(full.find("server.run_as_non_root: unknown") != std::string::npos);
}

TEST_CASE("the JSON holds everything with its types") {
  const auto json = nlohmann::json::parse(map_json(graph("cart"), {{{"acme.example/v1/Widget", 2}}, 3}));
  CHECK(json["unread"] == nlohmann::json{{"kinds", {{"acme.example/v1/Widget", 2}}}, {"files", 3}});
  CHECK(json["counts"]["entities"] == 4);
  CHECK(json["entities"][0]["id"]["address"] == "shop/cart");
  CHECK(json["entities"][0]["attributes"].size() == 3);
  CHECK(json["entities"][0]["attributes"][1]["attribute"] == "image");
  CHECK(json["entities"][0]["attributes"][1]["scope"] == "server");
  CHECK(json["entities"][0]["attributes"][2]["value"]["unknown"] == true);
  CHECK(json["relations"][0]["kind"] == "reads");
  CHECK(json["relations"][0]["evidence"][0]["line"] == 12);
}

TEST_CASE("a picture leads through network names") {
  const Picture picture = picture_of(graph("cart"));
  CHECK(picture.entities.size() == 3);
  REQUIRE(picture.relations.size() == 2);
  CHECK(picture.relations[1].source.address.str() == "shop/ingresses/web");
  CHECK(picture.relations[1].target.address.str() == "shop/cart");
}

TEST_CASE("an address may begin with a slash, a line of text may not") {
  GraphFragment fragment;
  fragment.entities = {entity("/approve", EntityKind::service, "x")};
  CHECK(map_text(ArchitectureGraph(std::move(fragment))).find("\n  \\x2fapprove\n") != std::string::npos);
}

TEST_CASE("every format of a map bears hostile names") {
  for (const std::string& hostile : test::hostile_texts()) {
    CAPTURE(hostile);
    for (const MapFormat& format : map_formats()) {
      CAPTURE(format.id);
      CHECK(test::broken_line_rule(format.render(graph(hostile), {{}, {}, test::grid_layout})) == "");
    }
  }
}

TEST_CASE("the tables of formats are sorted and found by id") {
  for (const ReportFormat& format : report_formats()) CHECK(find_format(report_formats(), format.id) == &format);
  CHECK(find_format(delta_formats(), "sarif") == nullptr);
  const auto is_sorted = [](const auto& rows) {
    return std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  };
  CHECK(is_sorted(report_formats()));
  CHECK(is_sorted(delta_formats()));
  CHECK(is_sorted(map_formats()));
}

}  // namespace
}  // namespace postern::render
