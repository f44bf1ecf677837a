// SPDX-License-Identifier: Apache-2.0
// conformance_documents json|yaml: runs one suite from ${POSTERN_SHARED}/suites; exit code 77 when it is not there.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "suites.h"

namespace {

constexpr int k_skipped = 77;

std::filesystem::path shared_data() {
  const char* const configured = std::getenv("POSTERN_SHARED");
  return configured != nullptr ? std::filesystem::path(configured) : std::filesystem::path(POSTERN_SOURCE_DIR) / ".." / "shared";
}

int run(std::string_view which) {
  const auto suite = shared_data() / "suites" / (which == "json" ? "JSONTestSuite" : "yaml-test-suite");
  if (!std::filesystem::exists(suite)) {
    std::cout << "skipped: shared data not found (" << suite.string() << ")\n";
    return k_skipped;
  }
  if (which == "json") return postern::conformance::run_json_suite(suite);
  return postern::conformance::run_yaml_suite(
      suite, std::filesystem::path(POSTERN_SOURCE_DIR) / "tests/conformance/documents/refused_yaml.tsv");
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count > 1 ? arguments[1] : "yaml");
  } catch (const std::exception& error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
