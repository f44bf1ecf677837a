// SPDX-License-Identifier: Apache-2.0
// Fields and functions of the rule language: every example of the reference holds, and what is not declared reads as documented.
#include <doctest/doctest.h>

#include "policy/functions.h"
#include "policy/image_reference.h"
#include "policy/reference.h"
#include "policy/state_view.h"
#include "unit/policy/sample.h"

using namespace postern;
using namespace postern::policy;

namespace {

/// Evaluates expressions on the relation from `web` to `customers-db` of the sample.
class Bench {
 public:
  Bench() : m_graph(sample::shop()), m_state(m_graph), m_environment(sample::production()) {}

  cel::Value evaluate(const std::string& expression) {
    m_programs.push_back(cel::compile(expression, cel_environment(model::SubjectKind::relation)));
    const cel::Compilation& compilation = m_programs.back();
    for (const cel::Issue& issue : compilation.issues) MESSAGE(format_issue(expression, issue));
    REQUIRE(compilation.program.has_value());
    for (model::RelationIndex i = 0; i < m_graph.relations().size(); ++i) {
      const model::Relation& relation = m_graph.relation(i);
      if (relation.kind != model::RelationKind::uses) continue;
      const std::array values = {cel::Value::record(m_state.relation(i)), cel::Value::record(m_state.entity(relation.source)),
                                 cel::Value::record(m_state.entity(relation.target)), cel::Value::record(m_environment)};
      return compilation.program->evaluate(values);
    }
    FAIL("the sample has no such relation");
    return {};
  }
  bool holds(const std::string& expression) {
    const cel::Value value = evaluate(expression);
    CAPTURE(expression);
    CAPTURE(to_text(value));
    CHECK(value.is_true());
    return value.is_true();
  }

 private:
  model::ArchitectureGraph m_graph;
  StateView m_state;
  EnvironmentRecord m_environment;
  std::vector<cel::Compilation> m_programs;
};

}  // namespace

TEST_CASE("every example of a function holds on the sample") {
  Bench bench;
  for (const cel::FunctionRow& row : functions()) {
    CAPTURE(row.signature);
    CHECK(std::string_view(row.example).size() > 0);
    bench.holds(row.example);
  }
}

TEST_CASE("fields read the graph") {
  Bench bench;
  bench.holds("source.address == 'shop/web' && source.namespace == 'shop' && source.kind == 'service'");
  bench.holds("source.labels['app'] == 'web' && source.owner == 'team-web'");
  bench.holds("source.containers.size() == 1 && source.containers[0].name == 'main'");
  bench.holds("source.containers[0].tag == '1.2' && source.containers[0].registry == 'registry.example:5000'");
  bench.holds("source.containers[0].digest == 'sha256:ab' && source.containers[0].image_name == 'registry.example:5000/shop/web'");
  bench.holds("target.data[0].category == 'PII' && target.data[0].source == 'shop.yaml:33:5'");
  bench.holds("relation.source == source && relation.target == target && source != target");
  bench.holds("relation.evidence == ['environment variable DATABASE_URL'] && relation.family == 'network' && !relation.dangling");
  bench.holds("env.name == 'production' && env.class == 'production'");
  bench.holds("pathsFromInternet(source) == ['internet > shop/services/web > shop/web']");
}

TEST_CASE("what is not declared reads as the reference says") {
  Bench bench;
  bench.holds("source.technology == '' && source.volumes == []");
  bench.holds("!source.host_network && source.containers.all(c, !c.privileged && c.allow_privilege_escalation)");
  bench.holds("source.automount_service_account_token");
  bench.holds("!has(source.replicas) && !has(source.containers[0].run_as_user)");
  CHECK(bench.evaluate("source.replicas > 1").is_error());
  // the pod's own setting holds for its containers
  bench.holds("source.containers[0].run_as_non_root && !('run_as_non_root' in source.containers[0].declared)");
  bench.holds("'run_as_non_root' in source.declared && 'main.image' in source.declared");
}

TEST_CASE("unknown is a value with a name") {
  Bench bench;
  const cel::Value unknown = bench.evaluate("jurisdictions(source) == ['DE']");
  REQUIRE(unknown.is_unknown());
  CHECK(unknown.unknown_paths()[0].view() == "shop/web.jurisdictions");
}

TEST_CASE("versions are ordered as numbers, with pre-releases before releases") {
  const std::vector<std::string> ascending = {"0.9",        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                              "1.0.0-rc.2", "1.0.0-rc.10", "v1.0.0",        "1.0.1",
                                              "1.2",        "1.10.0",      "20240101"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i]);
      CAPTURE(ascending[j]);
      CHECK(compare_versions(ascending[i], ascending[j]) == (i > j) - (i < j));
    }
  }
  CHECK(compare_versions("1.0", "v1.0.0+build.7") == 0);
  CHECK(compare_versions("99999999999999999999", "100000000000000000000") == -1);
}

TEST_CASE("images are taken apart as registries do") {
  CHECK(split_image("redis").name == "redis");
  CHECK(split_image("redis").registry == "docker.io");
  CHECK(split_image("redis:7@sha256:ab").tag == "7");
  CHECK(split_image("localhost/a/b").registry == "localhost");
  CHECK(split_image("host:5000/a").tag.empty());
  CHECK(split_image("host:5000/a:2").tag == "2");
  CHECK(split_image("").registry.empty());
}

TEST_CASE("the reference names every field, function and variable") {
  const std::string text = reference_markdown();
  for (const cel::ObjectType* type : object_types()) {
    for (const auto& field : type->fields()) {
      CAPTURE(field.name);
      CHECK(text.find("| `" + field.name + "` |") != std::string::npos);
    }
  }
  for (const cel::FunctionRow& row : functions()) CHECK(text.find(row.signature) != std::string::npos);
}
