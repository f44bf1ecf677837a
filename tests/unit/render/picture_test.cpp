// SPDX-License-Identifier: Apache-2.0
// Pictures: what decides is kept, changes are told apart, and labels stay labels.
#include <doctest/doctest.h>
#include <postern/base/text.h>
#include <render/picture.h>

#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

model::EntityId id(int number) { return {model::Symbol("a"), model::Symbol("t"), model::Symbol("x/s" + std::to_string(number))}; }

/// A chain of `size` services; the one in the middle changes.
model::Picture chain(int size) {
  model::Picture picture;
  for (int at = 0; at < size; ++at) {
    picture.entities.push_back(
        {id(at), "s" + std::to_string(at), model::EntityKind::service, {}, at == 0 ? "internet" : "cluster", {}});
    if (at > 0) picture.relations.push_back({id(at - 1), id(at), model::RelationKind::calls, {}});
  }
  picture.entities[static_cast<std::size_t>(size) / 2].change = model::ChangeKind::modified;
  return picture;
}

bool shows(const std::string& text, int number) { return text.find("\"s" + std::to_string(number) + "<br/>") != std::string::npos; }

TEST_CASE("a picture that is too large keeps what decides, what changes and what is near") {
  const model::Picture picture = chain(200);
  const PictureOptions options{5, {id(199)}};
  const std::string text = mermaid(picture, options);
  for (const int number : {199, 100, 99, 101}) CHECK(shows(text, number));
  CHECK(shows(text, 0));
  CHECK_FALSE(shows(text, 1));
  CHECK(left_out(picture, options) ==
        "The picture shows 5 of 200 parts and 2 of 199 relations: first what decides, then what changes.");
  CHECK(text.find("style n5 stroke-width:4px") != std::string::npos);
  CHECK(left_out(chain(5), {}).empty());
}

TEST_CASE("a picture says itself what it leaves out, unless the text around it does") {
  CHECK(mermaid(chain(200), {5, {}}).find("The picture shows 5 of 200 parts") != std::string::npos);
  CHECK(dot(chain(200), {5, {}}).find("label=\"The picture shows 5 of 200 parts") != std::string::npos);
  CHECK(mermaid(chain(200), {5, {}, Frames::none, Remark::none}).find("of 200") == std::string::npos);
  model::Picture picture = chain(200);
  picture.entities[100].change = {};
  picture.entities[150].data_classes = {"PII"};
  CHECK(shows(mermaid(picture, {2, {}}), 0));
  CHECK(mermaid(picture, {2, {}}).find("s150<br/>service, PII") != std::string::npos);
  CHECK(left_out(picture, {2, {}}).ends_with("first what is exposed or holds data."));
}

TEST_CASE("parts of one namespace stand in one frame, where there is more than one") {
  model::Picture picture = chain(4);
  const PictureOptions options{0, {}, Frames::namespaces, Remark::inside};
  CHECK(dot(picture, options).find("cluster") == std::string::npos);
  picture.entities[3].id.address = model::Symbol("data/s3");
  picture.relations[2].target = picture.entities[3].id;
  const std::string text = mermaid(picture, options);
  CHECK(text.find("  subgraph f1[\"data\"]\n  n4[") != std::string::npos);
  CHECK(text.find("  subgraph f2[\"x\"]\n  n1[") != std::string::npos);
  CHECK(text.find("n3 --> n4") != std::string::npos);
  CHECK(dot(picture, options).find("subgraph cluster_1 {\n  label=\"data\"") != std::string::npos);
  picture.entities[3].id.application = picture.relations[2].target.application = model::Symbol("b");
  CHECK(dot(picture, options).find("label=\"b: data\"") != std::string::npos);
  CHECK(mermaid(picture, {0, {}, Frames::applications, Remark::inside}).find("subgraph f2[\"b\"]") != std::string::npos);
  CHECK(mermaid(picture).find("subgraph") == std::string::npos);
}

TEST_CASE("the internet leads to the first exposed part only") {
  model::Picture picture = chain(3);
  for (model::PictureEntity& entity : picture.entities) entity.exposure = "internet";
  const std::string text = mermaid(picture);
  CHECK(text.find("internet --> n1") != std::string::npos);
  CHECK(text.find("internet --> n2") == std::string::npos);
  picture.relations.push_back({id(2), id(0), model::RelationKind::calls, {}});
  CHECK(mermaid(picture).find("internet --> n2") != std::string::npos);
  CHECK(mermaid(model::Picture{}).find("internet") == std::string::npos);
}

/// Outside of quotes, a line of Mermaid holds nothing of an input.
std::string without_labels(std::string_view line) {
  std::string rest;
  bool is_label = false;
  for (const char c : line) {
    if (c == '"') is_label = !is_label;
    if (!is_label) rest += c;
  }
  return is_label ? "open label" : rest;
}

TEST_CASE("names of inputs are labels and nothing else") {
  const PictureOptions options{40, {}, Frames::namespaces, Remark::inside};
  const std::string plain = mermaid(test::filled_decision({"name"}, 3).picture, options);
  const std::string plain_dot = dot(test::filled_decision({"name"}, 3).picture, options);
  for (const std::string& hostile : test::hostile_texts()) {
    CAPTURE(hostile);
    // One entity decides which arrows there are, so the picture differs in its labels alone.
    model::Picture picture = test::filled_decision({"name"}, 3).picture;
    for (model::PictureEntity& entity : picture.entities) {
      entity.name = hostile;
      entity.data_classes = {hostile, hostile};
    }
    const std::string text = mermaid(picture, options);
    const std::string graph = dot(picture, options);
    for (const std::string& one : {text, graph}) CHECK(test::broken_line_rule(one) == "");
    const auto lines = base::split(text, '\n');
    const auto plain_lines = base::split(plain, '\n');
    REQUIRE(lines.size() == plain_lines.size());
    for (std::size_t at = 0; at < lines.size(); ++at) CHECK(without_labels(lines[at]) == without_labels(plain_lines[at]));
    CHECK(base::split(graph, '\n').size() == base::split(plain_dot, '\n').size());
  }
}

TEST_CASE("the decision's picture outlines the subjects of its top findings") {
  const model::Decision decision = test::sample_decision();
  const PictureOptions options = picture_options_for(decision);
  REQUIRE(options.deciding.size() == 4);
  CHECK(options.deciding[0].address.str() == "shop/cart");
  CHECK(options.deciding[3].address.str() == "external/api.segment.example");
}

}  // namespace
}  // namespace postern::render
