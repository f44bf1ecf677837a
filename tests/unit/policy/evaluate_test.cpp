// SPDX-License-Identifier: Apache-2.0
// What findings come of two states: new, unchanged, updated, absent; unknown and failing conditions; changes; order and identity.
#include "policy/evaluate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "unit/policy/sample.h"

using namespace postern;
using namespace postern::policy;
using model::BaselineState;
using sample::Builder;
using sample::Symbol;
using sample::texts;
namespace attribute = model::attribute;

namespace {

/// A state with one service `shop/web`.
model::ArchitectureGraph with_exposure(const model::AttributeValue& exposure, const model::TextList& reach = {},
                                       model::EntityKind kind = model::EntityKind::service) {
  Builder b;
  model::Entity& web = b.add(kind, "shop/web");
  web.attributes.set(attribute::exposure, exposure, {Symbol("shop.yaml"), 4, 2});
  web.attributes.set(attribute::owner, Symbol("team-web"));
  if (!reach.empty()) web.attributes.set(attribute::data_reach, reach);
  return b.build();
}

const model::ArchitectureGraph k_nothing;

Evaluation run(const PackSet& packs, const model::ArchitectureGraph& before, const model::ArchitectureGraph& after,
               const model::Delta& delta = {}) {
  return evaluate(packs, {before}, {after}, delta, sample::production());
}

PackSet exposed(const std::string& on_unknown = "report", const std::string& severity = "5.0") {
  return sample::packs_of(sample::rule("OPEN", "entity", "entity.exposure == 'internet'",
                                       "    salient: [dataReach(entity)]\n    evidence: [exposure]\n", on_unknown, severity));
}

const model::AttributeValue k_internet = Symbol("internet");
const model::AttributeValue k_cluster = Symbol("cluster");

/// A delta with changed attributes of the only entity of both states.
model::Delta modified(const model::ArchitectureGraph& before, std::vector<model::AttributeChange> rows) {
  model::Delta delta;
  delta.entities.push_back({model::ChangeKind::modified, before.entity(0).id, 0, 0, std::move(rows)});
  return delta;
}

model::AttributeChange changed(const model::AttributeDefinition& definition, std::optional<model::AttributeValue> before,
                               std::optional<model::AttributeValue> after, const char* scope = "") {
  const base::Location there{Symbol("shop.yaml"), 20, 1};
  const base::Location here{Symbol("shop.yaml"), 21, 1};
  return {&definition, Symbol(scope), {}, std::move(before), std::move(after), there, here};
}

}  // namespace

TEST_CASE("a finding is new, unchanged, updated or absent by the comparison of both states") {
  struct Row {
    model::ArchitectureGraph before;
    model::ArchitectureGraph after;
    std::optional<BaselineState> state;
  };
  const Row rows[] = {
      {k_nothing, with_exposure(k_internet), BaselineState::added},
      {with_exposure(k_cluster), with_exposure(k_internet), BaselineState::added},
      {with_exposure(k_internet), with_exposure(k_internet), BaselineState::unchanged},
      {with_exposure(k_internet, texts({"PII"})), with_exposure(k_internet), BaselineState::unchanged},
      {with_exposure(k_internet), with_exposure(k_internet, texts({"PII"})), BaselineState::updated},
      {with_exposure(k_internet, texts({"PCI"})), with_exposure(k_internet, texts({"PII"})), BaselineState::updated},
      {with_exposure(k_internet), with_exposure(k_cluster), BaselineState::absent},
      {with_exposure(k_internet), k_nothing, BaselineState::absent},
      {with_exposure(k_cluster), with_exposure(k_cluster), std::nullopt},
      {k_nothing, k_nothing, std::nullopt},
  };
  const PackSet packs = exposed();
  for (const Row& row : rows) {
    const Evaluation evaluation = run(packs, row.before, row.after);
    CAPTURE(&row - rows);
    CHECK(evaluation.problems.empty());
    REQUIRE(evaluation.findings.size() == (row.state ? 1 : 0));
    if (row.state) CHECK(evaluation.findings[0].state == *row.state);
  }
}

TEST_CASE("a finding says what, where, who and how bad") {
  const Evaluation evaluation = run(exposed(), k_nothing, with_exposure(k_internet, texts({"PII"})));
  REQUIRE(evaluation.findings.size() == 1);
  const model::Finding& finding = evaluation.findings[0];
  CHECK(finding.rule == "OPEN");
  CHECK(finding.pack == "test");
  CHECK(finding.category == "test");
  CHECK(finding.message == "web");
  CHECK(finding.owner == "team-web");
  CHECK(finding.severity == 5.0);
  CHECK(finding.salient == std::vector<std::string>{"PII"});
  CHECK(finding.fingerprint == fingerprint_of("OPEN", finding.subject));
  REQUIRE(finding.evidence.size() == 1);
  CHECK(to_string(finding.evidence[0].location) == "shop.yaml:4:2");
  CHECK(finding.evidence[0].note.view() == "exposure: internet");
}

TEST_CASE("an entity that becomes of another kind keeps its findings") {
  const Evaluation evaluation =
      run(exposed(), with_exposure(k_internet), with_exposure(k_internet, {}, model::EntityKind::datastore));
  REQUIRE(evaluation.findings.size() == 1);
  CHECK(evaluation.findings[0].state == BaselineState::unchanged);
}

TEST_CASE("a severity that rises makes a finding updated, one that falls does not") {
  const PackSet packs = sample::packs_of(sample::rule("OPEN", "entity", "entity.exposure == 'internet'", "", "report",
                                                      "\"dataReach(entity).size() > 0 ? 8.0 : 6.0\""));
  const auto poor = with_exposure(k_internet);
  const auto rich = with_exposure(k_internet, texts({"PII"}));
  CHECK(run(packs, poor, rich).findings[0].state == BaselineState::updated);
  CHECK(run(packs, poor, rich).findings[0].severity == 8.0);
  CHECK(run(packs, rich, poor).findings[0].state == BaselineState::unchanged);
}

TEST_CASE("an unknown condition follows on_unknown") {
  const auto unknown = with_exposure(model::Unknown{});
  Evaluation evaluation = run(exposed("fire"), k_nothing, unknown);
  REQUIRE(evaluation.findings.size() == 1);
  CHECK(evaluation.findings[0].undecided);
  CHECK(evaluation.findings[0].state == BaselineState::added);
  REQUIRE(evaluation.problems.size() == 1);
  CHECK(evaluation.problems[0].undecided_subjects == 1);
  CHECK_FALSE(evaluation.problems[0].makes_indeterminate);
  CHECK(evaluation.problems[0].first_message == "shop/web: unknown: shop/web.exposure");

  evaluation = run(exposed("report"), k_nothing, unknown);
  CHECK(evaluation.findings.empty());
  REQUIRE(evaluation.problems.size() == 1);
  CHECK_FALSE(evaluation.problems[0].makes_indeterminate);

  evaluation = run(exposed("indeterminate"), k_nothing, unknown);
  CHECK(evaluation.findings.empty());
  REQUIRE(evaluation.problems.size() == 1);
  CHECK(evaluation.problems[0].makes_indeterminate);
}

TEST_CASE("what was unknown before never discounts what is certain now, and the other way round") {
  const auto unknown = with_exposure(model::Unknown{});
  const auto open = with_exposure(k_internet);
  CHECK(run(exposed("report"), unknown, open).findings[0].state == BaselineState::added);
  CHECK(run(exposed("fire"), unknown, open).findings[0].state == BaselineState::updated);
  CHECK(run(exposed("fire"), open, unknown).findings[0].state == BaselineState::unchanged);
  // nobody knows whether it is gone, so it is not said to be absent
  const Evaluation evaluation = run(exposed("report"), open, unknown);
  CHECK(evaluation.findings.empty());
  CHECK(evaluation.problems.size() == 1);
  // an unknown baseline alone is no trouble of this release
  CHECK(run(exposed("indeterminate"), unknown, with_exposure(k_cluster)).problems.empty());
}

TEST_CASE("a condition that fails makes the verdict indeterminate") {
  const PackSet packs = sample::packs_of(sample::rule("BAD", "entity", "entity.replicas > 1"));
  const Evaluation evaluation = run(packs, k_nothing, with_exposure(k_internet));
  CHECK(evaluation.findings.empty());
  REQUIRE(evaluation.problems.size() == 1);
  CHECK(evaluation.problems[0].failed_subjects == 1);
  CHECK(evaluation.problems[0].makes_indeterminate);
  CHECK(evaluation.problems[0].first_message.starts_with("shop/web: "));
}

TEST_CASE("a finding whose texts fail stands, with plainer words and the highest severity") {
  std::string text = sample::rule("OPEN", "entity", "entity.exposure == 'internet'", "", "report", "\"entity.replicas\"");
  text.replace(text.find("message: entity.name"), 20, "message: string(entity.replicas)");
  const Evaluation evaluation = run(sample::packs_of(text), k_nothing, with_exposure(k_internet));
  REQUIRE(evaluation.findings.size() == 1);
  CHECK(evaluation.findings[0].message == "Title of OPEN: shop/web");
  CHECK(evaluation.findings[0].severity == 10.0);
  REQUIRE(evaluation.problems.size() == 1);
  CHECK(evaluation.problems[0].makes_indeterminate);
}

TEST_CASE("the changes of one entity are one finding, or one an attribute") {
  const auto before = with_exposure(k_cluster);
  const auto after = with_exposure(k_cluster);
  const model::Delta delta =
      modified(before, {changed(attribute::image, Symbol("a:1"), Symbol("a:2"), "main"),
                        changed(attribute::privileged, false, true, "main"), changed(attribute::privileged, false, true, "side")});
  const std::string condition = "change.attribute == 'privileged' && change.after == true";
  const std::string more = "    on: [modified]\n    salient: [\"changes.map(c, c.path)\"]\n";
  Evaluation evaluation = run(sample::packs_of(sample::rule("C", "change", condition, more)), before, after, delta);
  REQUIRE(evaluation.findings.size() == 1);
  CHECK(evaluation.findings[0].salient == std::vector<std::string>{"main.privileged", "side.privileged"});
  CHECK(evaluation.findings[0].subject.attribute.empty());
  CHECK(evaluation.findings[0].state == BaselineState::added);
  REQUIRE(evaluation.findings[0].evidence.size() == 2);
  CHECK(to_string(evaluation.findings[0].evidence[0].location) == "shop.yaml:21:1");
  CHECK(evaluation.findings[0].evidence[0].note.view() == "main.privileged: false -> true");

  evaluation =
      run(sample::packs_of(sample::rule("C", "change", condition, more + "    group_by: attribute\n")), before, after, delta);
  REQUIRE(evaluation.findings.size() == 2);
  CHECK(evaluation.findings[0].subject.attribute == "main.privileged");
  CHECK(evaluation.findings[0].fingerprint != evaluation.findings[1].fingerprint);
}

TEST_CASE("`on` tells which changes of an attribute are looked at") {
  const auto state = with_exposure(k_cluster);
  const auto fires = [&](const std::string& on, std::optional<model::AttributeValue> from,
                         std::optional<model::AttributeValue> to) {
    const PackSet packs = sample::packs_of(sample::rule("C", "change", "change.attribute == 'replicas'", "    on: [" + on + "]\n"));
    return run(packs, state, state, modified(state, {changed(attribute::replicas, std::move(from), std::move(to))}))
        .findings.size();
  };
  const model::AttributeValue one = std::int64_t{1};
  const model::AttributeValue two = std::int64_t{2};
  CHECK(fires("added", std::nullopt, one) == 1);
  CHECK(fires("removed", one, std::nullopt) == 1);
  CHECK(fires("modified", one, two) == 1);
  CHECK(fires("added, removed", one, two) == 0);
  CHECK(fires("modified", one, std::nullopt) == 0);
}

TEST_CASE("a change reads both sides; what was not declared is null") {
  const auto before = with_exposure(k_cluster);
  const auto after = with_exposure(k_internet);
  const model::Delta delta = modified(
      before, {changed(attribute::exposure, k_cluster, k_internet), changed(attribute::replicas, std::nullopt, std::int64_t{3})});
  const char* conditions[] = {
      "change.attribute == 'exposure' && change.before == 'cluster' && change.after == 'internet' && change.derived",
      "change.attribute == 'exposure' && change.baseline_entity.exposure == 'cluster'",
      "change.attribute == 'exposure' && change.candidate_entity.exposure == 'internet' && change.entity.exposure == 'internet'",
      "change.attribute == 'replicas' && change.before == null && change.after == 3 && change.kind == 'added'",
      "change.summary == 'replicas: not declared -> 3'",
      "change.attribute == 'replicas' && !has(change.relation) && change.subject == 'entity' && change.entity_kind == 'service'",
  };
  for (const char* condition : conditions) {
    CAPTURE(condition);
    const Evaluation evaluation = run(sample::packs_of(sample::rule("C", "change", condition)), before, after, delta);
    CHECK(evaluation.findings.size() == 1);
    CHECK(evaluation.problems.empty());
  }
}

TEST_CASE("relations are judged in both states and matched by source, family and target") {
  const auto state = [](model::RelationKind kind) {
    Builder b;
    b.add(model::EntityKind::service, "shop/api");
    b.add(model::EntityKind::datastore, "shop/db");
    b.relate("shop/api", kind, "shop/db", "environment variable DB");
    return b.build();
  };
  const PackSet packs = sample::packs_of(sample::rule("R", "relation", "relation.family == 'network' && isStore(target)"));
  const Evaluation evaluation = run(packs, state(model::RelationKind::uses), state(model::RelationKind::reads));
  REQUIRE(evaluation.findings.size() == 1);
  CHECK(evaluation.findings[0].state == BaselineState::unchanged);
  CHECK(evaluation.findings[0].subject.relation.has_value());
  CHECK(evaluation.findings[0].evidence[0].note.view() == "environment variable DB");
}

TEST_CASE("fingerprints are stable and never the same for two findings") {
  Builder b;
  for (int i = 0; i < 50; ++i) b.add(model::EntityKind::service, "shop/s" + std::to_string(i), static_cast<std::uint32_t>(i + 1));
  const auto graph = b.build();
  const PackSet packs = sample::packs_of(sample::rule("A", "entity", "true") + sample::rule("B", "entity", "true"));
  const Evaluation evaluation = run(packs, k_nothing, graph);
  std::set<std::string> fingerprints;
  for (const model::Finding& finding : evaluation.findings) fingerprints.insert(finding.fingerprint);
  CHECK(evaluation.findings.size() == 100);
  CHECK(fingerprints.size() == 100);
  // pinned: overrides in the field refer to it
  model::FindingSubject subject;
  subject.entity = {Symbol("app"), Symbol("cluster"), Symbol("shop/s0")};
  CHECK(evaluation.findings[0].fingerprint == fingerprint_of("A", subject));
}
