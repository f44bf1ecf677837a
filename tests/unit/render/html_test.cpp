// SPDX-License-Identifier: Apache-2.0
// Pages and pictures: well-formed, complete, and without anything that runs or loads, whatever the names are.
#include <doctest/doctest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <render/html/report.h>
#include <render/picture.h>
#include <render/svg/map_drawing.h>

#include <chrono>
#include <set>
#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/grid_layout.h"
#include "support/output_rules.h"
#include "support/page_rules.h"
#include "support/xml_check.h"

namespace postern::render {
namespace {

using html::StyleSheet;

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// What is wrong with a page, or nothing.
std::string broken(const std::string& page) {
  if (std::string rule = test::broken_line_rule(page); !rule.empty()) return rule;
  if (std::string rule = test::broken_page_rule(page); !rule.empty()) return rule;
  constexpr std::string_view k_doctype = "<!DOCTYPE html>\n";
  if (!page.starts_with(k_doctype)) return "no document type";
  return test::XmlCheck("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + page.substr(k_doctype.size())).trouble();
}

TEST_CASE("a page is well-formed, and each finding on it is complete") {
  const model::Decision decision = test::sample_decision();
  for (const StyleSheet style : {StyleSheet::inside, StyleSheet::beside}) {
    const std::string page = html::report(decision, test::grid_layout, style);
    CHECK(broken(page) == "");
    for (const model::Finding& finding : decision.findings) {
      CAPTURE(finding.rule);
      CHECK(page.find("<code>" + finding.rule + "</code>") != std::string::npos);
      CHECK(page.find(finding.fingerprint) != std::string::npos);
    }
    CHECK(page.find("Blocked") != std::string::npos);
    CHECK(page.find("Weaker than the default: ") != std::string::npos);
    CHECK(page.find(decision.policy_digest) != std::string::npos);
    CHECK(page.find("<h2>Before and after</h2>") != std::string::npos);
    CHECK(count(page, "<main") == 1);
    CHECK(count(page, "<h1") == 1);
    CHECK(count(page, "<script") == 0);
    CHECK(count(page, " style=") == 0);
    CHECK(count(page, "<style>") == (style == StyleSheet::inside ? 1 : 0));
    CHECK(count(page, "<link rel=\"stylesheet\" href=\"postern.css\"/>") == (style == StyleSheet::inside ? 0 : 1));
  }
}

TEST_CASE("what decides comes first, what was there before is counted and folded") {
  const std::string page = html::report(test::sample_decision(), test::grid_layout, StyleSheet::inside);
  const std::size_t deciding = page.find("<section id=\"findings\">");
  const std::size_t before = page.find("1 finding was there before and did not get worse");
  REQUIRE(deciding != std::string::npos);
  REQUIRE(before != std::string::npos);
  CHECK(deciding < page.find("<section id=\"questions\">"));
  CHECK(page.find("<section id=\"questions\">") < page.find("<section id=\"architecture\">"));
  CHECK(page.find("<section id=\"architecture\">") < before);
}

TEST_CASE("every section to which the contents lead is there, once") {
  const std::string page = html::report(test::sample_decision(), test::grid_layout, StyleSheet::inside);
  std::size_t links = 0;
  for (std::size_t at = page.find("href=\"#"); at != std::string::npos; at = page.find("href=\"#", at + 1)) {
    const std::string id = page.substr(at + 7, page.find('"', at + 7) - at - 7);
    CAPTURE(id);
    CHECK(count(page, " id=\"" + id + "\"") == 1);
    ++links;
  }
  CHECK(links > 6);
}

TEST_CASE("the only style sheet that a page allows is its own") {
  // The digest that `openssl dgst -sha256 -binary | base64` prints for the empty text, to check our spelling of it.
  const std::string page = html::report(test::quiet_decision(), {}, StyleSheet::inside);
  CHECK(page.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  const std::size_t begin = page.find("'sha256-") + 8;
  CHECK(page.find('\'', begin) - begin == 44);
  CHECK(page[begin + 43] == '=');
  const std::size_t sheet = page.find("<style>") + 7;
  CHECK(page.substr(sheet, page.find("</style>") - sheet) == html::style_sheet());
  CHECK(html::style_sheet().find_first_of("<&") == std::string_view::npos);
  CHECK(html::style_sheet().find("url(") == std::string_view::npos);
  CHECK(html::style_sheet().find("@import") == std::string_view::npos);
}

TEST_CASE("without an engine the page says so and has everything else") {
  const std::string page = html::report(test::sample_decision(), {}, StyleSheet::inside);
  CHECK(broken(page) == "");
  CHECK(page.find("No layout engine") != std::string::npos);
  CHECK(count(page, "class=\"canvas\"") == 0);
  const model::LayoutEngine missing = [](const model::LayoutRequest&) {
    return model::LayoutAnswer{model::LayoutTrouble::no_engine, "Install the library.", {}};
  };
  CHECK(html::report(test::sample_decision(), missing, StyleSheet::inside).find("Install the library.") != std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(svg::map_document(test::sample_decision().picture, {}, missing)), UsageError);
}

TEST_CASE("each part of a picture is drawn once, with its change, its exposure and its data") {
  const model::Picture picture = test::sample_decision().picture;
  const std::string drawing = svg::map_document(picture, {60, {{picture.entities[2].id}}}, test::grid_layout);
  CHECK(test::broken_page_rule(drawing) == "");
  test::XmlCheck check(drawing);
  CHECK(check.trouble() == "");
  for (const model::PictureEntity& entity : picture.entities) {
    CAPTURE(entity.id.address.str());
    CHECK(count(drawing, "<title>" + text(svg::box_words(entity)).str() + "</title>") == 1);
  }
  CHECK(count(drawing, "class=\"box") - count(drawing, "<g class=\"box\"") == picture.entities.size());
  CHECK(count(drawing, "<g class=\"line") == picture.relations.size() + 1);  // and the way in
  CHECK(count(drawing, "class=\"box added\"") == 2);
  CHECK(count(drawing, "class=\"box removed\"") == 1);
  CHECK(drawing.find("shop/cart: service, modified, reachable from the internet") != std::string::npos);
  CHECK(drawing.find(">PCI</text>") != std::string::npos);
  // Not by colour alone: removed lines are dashed, and each change has a sign.
  CHECK(count(drawing, "<g class=\"sign removed\"") == 2);
  CHECK(drawing.find("stroke-dasharray=\"6 4\"") != std::string::npos);
  CHECK(drawing.find("reachable from the internet</text>") != std::string::npos);
}

TEST_CASE("a picture that takes too long is folded further until it is laid out, or given up") {
  model::Picture picture;
  for (int at = 0; at < 200; ++at) {
    const model::EntityId id{model::Symbol("a"), model::Symbol("t"),
                             model::Symbol("n" + std::to_string(at % 3) + "/s" + std::to_string(at))};
    picture.entities.push_back({id, "s", model::EntityKind::service, {}, "", {}, 0});
  }
  std::vector<std::size_t> asked;
  const model::LayoutEngine slow = [&](const model::LayoutRequest& request) {
    asked.push_back(request.boxes.size());
    return request.boxes.size() > 15 ? model::LayoutAnswer{model::LayoutTrouble::too_slow, "too slow", {}}
                                     : test::grid_layout(request);
  };
  const svg::MapDrawing drawing = svg::draw_map(picture, {60, {}}, slow);
  CHECK(drawing.trouble.empty());
  CHECK(drawing.remark.find("of 200 parts are folded into") != std::string::npos);
  CHECK(asked.size() > 1);
  const model::LayoutEngine never = [&](const model::LayoutRequest&) {
    return model::LayoutAnswer{model::LayoutTrouble::too_slow, "too slow", {}};
  };
  CHECK(svg::draw_map(picture, {60, {}}, never).trouble == "too slow");
}

TEST_CASE("names of inputs stay text on every page and picture") {
  for (const std::string& hostile : test::hostile_texts()) {
    CAPTURE(hostile);
    const model::Decision decision = test::filled_decision({hostile}, 3);
    for (const StyleSheet style : {StyleSheet::inside, StyleSheet::beside})
      CHECK(broken(html::report(decision, test::grid_layout, style)) == "");
    const std::string drawing = svg::map_document(decision.map, {}, test::grid_layout);
    CHECK(test::XmlCheck(drawing).trouble() == "");
    CHECK(test::broken_page_rule(drawing) == "");
    CHECK(test::broken_line_rule(drawing) == "");
  }
}

TEST_CASE("a report about very much stays a page that browsers can show") {
  model::Decision decision = test::sample_decision();
  const model::Finding finding = decision.findings[0];
  for (int at = 0; at < 3'000; ++at) decision.findings.push_back(finding);
  const model::ReportedChange change = decision.changes[0];
  for (int at = 0; at < 20'000; ++at) decision.changes.push_back(change);
  const model::PictureRelation relation = decision.picture.relations[0];
  for (int at = 0; at < 50'000; ++at) decision.picture.relations.push_back(relation);
  const std::string page = html::report(decision, test::grid_layout, StyleSheet::inside);
  CHECK(page.size() < 6'000'000);
  CHECK(page.find("more: the decision as JSON has all of them.") != std::string::npos);
}

}  // namespace
}  // namespace postern::render
