// SPDX-License-Identifier: Apache-2.0
// conformance_hcl specification|json: runs one suite from ${POSTERN_SHARED}/suites/hcl; exit code 77 when it is not there.
#include <ingest/terraform/instance.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <string_view>

#include "suites.h"

namespace postern::conformance {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ingest::cloud::Value value_of(const ingest::hcl::Expression& expression) {
  namespace terraform = ingest::terraform;
  const terraform::Module module;
  const terraform::ModuleFinder nowhere = [](std::string_view) { return nullptr; };
  const terraform::FileFinder nothing = [](const std::string&) { return std::nullopt; };
  base::DiagnosticSink unheard;
  terraform::Budget budget;
  terraform::Instance instance(module, {}, {}, nowhere, nothing, unheard, budget);
  terraform::Scope scope;
  // The variables that the tests of heredocs are given.
  scope.names.emplace("bar", ingest::cloud::Value::text("Bar"));
  scope.names.emplace("space_bar", ingest::cloud::Value::text("  Bar"));
  return instance.evaluate(expression, scope);
}

}  // namespace postern::conformance

int main(int count, char** arguments) {
  constexpr int k_skipped = 77;
  const char* const configured = std::getenv("POSTERN_SHARED");
  const std::filesystem::path shared =
      configured != nullptr ? std::filesystem::path(configured) : std::filesystem::path(POSTERN_SOURCE_DIR) / ".." / "shared";
  const std::filesystem::path suite = shared / "suites" / "hcl";
  if (!std::filesystem::exists(suite)) {
    std::puts("skipped: shared data not found");
    return k_skipped;
  }
  try {
    const bool json = count > 1 && std::string_view(arguments[1]) == "json";
    return json ? postern::conformance::run_json_cases(suite / "hcl2json" / "cases.jsonl")
                : postern::conformance::run_spec_suite(suite / "specsuite" / "tests");
  } catch (const std::exception& error) {
    std::printf("failed: %s\n", error.what());
    return 1;
  }
}
