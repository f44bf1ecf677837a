// SPDX-License-Identifier: Apache-2.0
// What is written is read back: generated snapshots, every enumeration, awkward values, large ones, and the canonical form.
#include <doctest/doctest.h>
#include <postern/base/digest.h>
#include <postern/base/text.h>

#include <algorithm>
#include <stdexcept>

#include "baseline/enum_names.h"
#include "baseline/snapshot_codec.h"
#include "generator.h"

using namespace postern;
using namespace postern::baseline;
using namespace postern::model;

namespace {

/// Reads `text`, which must be readable.
Snapshot read_back(const std::string& text) {
  base::DiagnosticSink sink;
  auto snapshot = read_snapshot(text, Symbol("baseline.snapshot.json"), sink);
  for (const base::Diagnostic& trouble : sink.all()) MESSAGE(to_string(trouble.location), " ", trouble.code, " ", trouble.message);
  REQUIRE(snapshot);
  CHECK(sink.all().empty());
  return std::move(*snapshot);
}

Snapshot of_one_fact(Fact fact) {
  auto input = std::make_shared<Input>();
  input->path = Symbol("a.yaml");
  input->digest = base::sha256_hex("a");
  input->facts.push_back(std::move(fact));
  Snapshot snapshot;
  snapshot.units.push_back({{Symbol("shop"), Symbol(), Symbol("eu"), InputKind::manifests}, Completeness::complete, {input}});
  return snapshot;
}

/// Says for how many values to_string has a name.
template <class Enumeration>
std::size_t count_named() {
  std::size_t count = 0;
  try {
    while (to_string(static_cast<Enumeration>(count)) != nullptr) ++count;
  } catch (const std::out_of_range&) {
    // the one after the last
  }
  return count;
}

}  // namespace

TEST_CASE("a generated snapshot is read back equal, and written again it has the same bytes") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Generator generator(seed);
    const Snapshot snapshot = generator.snapshot({1 + seed % 4, seed % 3, seed % 11});
    const std::string text = write_snapshot(snapshot);
    const Snapshot read = read_back(text);
    REQUIRE(equal(read, snapshot));
    REQUIRE(write_snapshot(read) == text);
    REQUIRE_FALSE(base::find_invalid_utf8(text));
  }
}

TEST_CASE("the comparison that the round trip rests on sees a change of any kind of fact") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Generator one(seed);
    Generator other(seed + 100'000);
    const Snapshot a = of_one_fact(one.fact());
    const Snapshot b = of_one_fact(other.fact());
    CHECK(equal(a, b) == (write_snapshot(a) == write_snapshot(b)));
  }
}

TEST_CASE("the order of units, inputs and admitted findings does not matter") {
  Generator generator(7);
  Snapshot snapshot = generator.snapshot({5, 5, 3});
  snapshot.admitted.push_back({"b", "O-1", "2031-01-01T00:00:00Z", 10});
  snapshot.admitted.push_back({"a", "O-1", "2031-01-01T00:00:00Z", 10});
  const std::string text = write_snapshot(snapshot);
  for (int turn = 0; turn < 20; ++turn) {
    Snapshot shuffled = snapshot;
    const auto shuffle = [&](auto& items) {
      for (std::size_t at = items.size(); at > 1; --at) std::swap(items[at - 1], items[generator.number(at)]);
    };
    shuffle(shuffled.units);
    shuffle(shuffled.admitted);
    for (Unit& unit : shuffled.units) shuffle(unit.inputs);
    CHECK(write_snapshot(shuffled) == text);
  }
}

TEST_CASE("a unit that comes in two parts is written as one, with each file once and partial when a part is") {
  Generator generator(8);
  const Snapshot whole = generator.snapshot({1, 4, 2});
  Snapshot parts = whole;
  Unit second = parts.units.front();
  parts.units.front().inputs.resize(3);
  second.inputs.erase(second.inputs.begin(), second.inputs.begin() + 2);
  parts.units.front().completeness = Completeness::complete;
  second.completeness = Completeness::partial;
  parts.units.push_back(second);
  Snapshot expected = whole;
  expected.units.front().completeness = Completeness::partial;
  CHECK(write_snapshot(parts) == write_snapshot(expected));
}

TEST_CASE("every value of every enumeration has a name that is read back") {
  CHECK(count_named<EntityKind>() == EnumNames<EntityKind>::k_count);
  CHECK(count_named<RelationKind>() == EnumNames<RelationKind>::k_count);
  CHECK(count_named<AliasKind>() == EnumNames<AliasKind>::k_count);
  CHECK(count_named<SettingChannel>() == EnumNames<SettingChannel>::k_count);
  CHECK(count_named<SettingSource>() == EnumNames<SettingSource>::k_count);
  CHECK(count_named<InputKind>() == EnumNames<InputKind>::k_count);
  for (std::size_t at = 0; at < EnumNames<EntityKind>::k_count; ++at) {
    EntityFact fact;
    fact.address = Symbol("a/b");
    fact.kind = static_cast<EntityKind>(at);
    const Snapshot snapshot = of_one_fact(fact);
    CHECK(equal(read_back(write_snapshot(snapshot)), snapshot));
  }
}

TEST_CASE("unknown, empty and absent are three things") {
  EntityFact fact;
  fact.address = Symbol("shop/cart");
  fact.attributes = {
      {&attribute::image, Symbol("main"), Symbol(), Unknown{}, {}},
      {&attribute::environment, Symbol("main"), Symbol("EMPTY"), Symbol(), {}},
      {&attribute::args, Symbol("main"), Symbol(), TextList{}, {}},
      {&attribute::ports, Symbol(), Symbol(), TextList{Symbol(), Symbol("80/TCP")}, {}},
      {&attribute::replicas, Symbol(), Symbol(), std::int64_t{0}, {}},
      {&attribute::privileged, Symbol("main"), Symbol(), false, {}},
  };
  NetworkPolicyFact policy;
  policy.address = Symbol("shop/networkpolicies/all");
  policy.ingress.resize(1);
  policy.ingress[0].peers.resize(3);
  policy.ingress[0].peers[1].pods = LabelSelector{};
  policy.ingress[0].peers[2].namespaces = LabelSelector{};
  for (const Fact& each : {Fact(fact), Fact(policy)}) {
    const Snapshot snapshot = of_one_fact(each);
    const std::string text = write_snapshot(snapshot);
    CHECK(equal(read_back(text), snapshot));
    CHECK(write_snapshot(read_back(text)) == text);
  }
}

TEST_CASE("attributes of one name are told apart by what they belong to") {
  EntityFact entity;
  entity.attributes = {{&attribute::ports, Symbol(), Symbol(), TextList{Symbol("80/TCP")}, {}}};
  ReferenceFact reference;
  reference.attributes = {{&attribute::relation_ports, Symbol(), Symbol(), TextList{Symbol("80")}, {}}};
  for (const Fact& each : {Fact(entity), Fact(reference)}) {
    const Snapshot snapshot = of_one_fact(each);
    CHECK(equal(read_back(write_snapshot(snapshot)), snapshot));
  }
}

TEST_CASE("an empty state is a snapshot too") {
  const Snapshot read = read_back(write_snapshot({}));
  CHECK(read.units.empty());
  CHECK(read.admitted.empty());
}

TEST_CASE("each fact has a line of its own, and nothing in it can end the line or turn the text around") {
  Generator generator(9);
  const Snapshot snapshot = generator.snapshot({2, 3, 40});
  const std::string text = write_snapshot(snapshot);
  const auto lines = base::split(text, '\n');
  const auto is_fact = [](std::string_view line) { return line.starts_with("{\"fact\":"); };
  CHECK(std::count_if(lines.begin(), lines.end(), is_fact) == 2 * 3 * 40);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("\xe2\x80\xa8") == std::string::npos);
  CHECK(text.find("\xc2\x85") == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find("\xe6\x9d\xb1\xe4\xba\xac") != std::string::npos);
  CHECK(text.back() == '\n');
}

TEST_CASE("the canonical text is this") {
  EntityFact entity;
  entity.address = Symbol("shop/cart");
  entity.name = Symbol("cart");
  entity.namespace_name = Symbol("shop");
  entity.location = {Symbol("a.yaml"), 3, 1};
  entity.labels = {{Symbol("app"), Symbol("cart")}};
  entity.attributes = {{&attribute::image, Symbol("main"), Symbol(), Symbol("cart:1"), {Symbol("a.yaml"), 9, 12}},
                       {&attribute::replicas, Symbol(), Symbol(), Unknown{}, {Symbol("b.yaml"), 4, 1}}};
  Snapshot snapshot = of_one_fact(entity);
  snapshot.admitted.push_back({"f00d", "O-7", "2031-01-01T00:00:00Z", 538});
  const std::string body =
      "\"units\":[\n"
      R"({"application":"shop","source_root":"","target":"eu","kind":"manifests","completeness":"complete","inputs":[)"
      "\n"
      R"({"path":"a.yaml","digest":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","facts":[)"
      "\n"
      R"({"fact":"entity","address":"shop/cart","kind":"service","name":"cart","namespace":"shop","at":[3,1],)"
      R"("labels":[["app","cart"]],"attributes":[{"name":"image","scope":"main","value":"cart:1","at":[9,12]},)"
      R"({"name":"replicas","value":null,"at":[4,1,"b.yaml"]}]})"
      "\n]}\n]}\n],\n\"admitted\":[\n"
      R"({"fingerprint":"f00d","override_id":"O-7","expires":"2031-01-01T00:00:00Z","approved_tenths":538})"
      "\n]}\n";
  CHECK(write_snapshot(snapshot) ==
        R"({"format":"postern-snapshot","schema_version":1,"digest":")" + base::sha256_hex(body) + "\",\n" + body);
}

TEST_CASE("10,000 facts make the round trip") {
  Generator generator(10);
  const Snapshot snapshot = generator.snapshot({1, 1000, 10});
  CHECK(equal(read_back(write_snapshot(snapshot)), snapshot));
}
