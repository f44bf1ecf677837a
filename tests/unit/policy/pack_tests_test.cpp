// SPDX-License-Identifier: Apache-2.0
// The cases of packs: what passes, what fails, and that trouble never passes.
#include "policy/pack_tests.h"

#include <doctest/doctest.h>
#include <postern/base/error.h>

#include "unit/policy/sample.h"

using namespace postern;
using namespace postern::policy;
using sample::Symbol;
namespace attribute = model::attribute;

namespace {

/// States whose "manifests" are the exposure of `shop/web`.
StatePair states_of(const PackCase& test) {
  const auto state = [](const std::string& text) {
    if (text == "broken") throw SourceError("the manifest cannot be read");
    if (text.empty()) return model::ArchitectureGraph();
    sample::Builder b;
    model::Entity& web = b.add(model::EntityKind::service, "shop/web");
    if (text == "unknown") {
      web.attributes.set(attribute::exposure, model::Unknown{});
    } else {
      web.attributes.set(attribute::exposure, Symbol(text));
    }
    return b.build();
  };
  return {state(test.baseline), state(test.candidate), {}, {}, {}};
}

PackSet packs_with(const std::string& cases) {
  std::vector<PackFile> files = sample::pack_files(sample::rule("OPEN", "entity", "entity.exposure == 'internet'"));
  files.push_back({"packs/test/tests/a.yaml", "apiVersion: postern/v1\nkind: PolicyTests\ncases:\n" + cases});
  base::DiagnosticSink sink;
  return load_packs(files, PackOrigin::custom, sink);
}

CaseResult result_of(const std::string& body) {
  const auto results = run_pack_tests(packs_with("  - {name: one, rule: OPEN, " + body + "}\n"), states_of);
  REQUIRE(results.size() == 1);
  return results[0];
}

}  // namespace

TEST_CASE("a case passes when exactly the named subjects have new or updated findings") {
  CHECK(result_of("candidate: internet, fires: [shop/web]").passed);
  CHECK(result_of("baseline: cluster, candidate: internet, fires: [shop/web]").passed);
  CHECK(result_of("baseline: internet, candidate: internet, fires: []").passed);
  CHECK(result_of("baseline: internet, candidate: cluster, fires: []").passed);
  CHECK_FALSE(result_of("candidate: internet, fires: []").passed);
  CHECK_FALSE(result_of("candidate: cluster, fires: [shop/web]").passed);
  CHECK_FALSE(result_of("candidate: internet, fires: [shop/web, shop/api]").passed);
}

TEST_CASE("trouble never passes") {
  const CaseResult undecided = result_of("candidate: unknown, fires: []");
  CHECK_FALSE(undecided.passed);
  CHECK(undecided.trouble.find("exposure") != std::string::npos);
  const CaseResult broken = result_of("candidate: broken, fires: []");
  CHECK_FALSE(broken.passed);
  CHECK(broken.trouble == "the manifest cannot be read");
}

TEST_CASE("a result tells where its case stands") {
  const CaseResult result = result_of("candidate: internet, fires: []");
  CHECK(to_string(result.location) == "packs/test/tests/a.yaml:4:5");
  CHECK(result.actual == std::vector<std::string>{"shop/web"});
}
