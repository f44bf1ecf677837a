// SPDX-License-Identifier: Apache-2.0
// Every format of the sample decision against the files in golden/; POSTERN_UPDATE_GOLDEN=1 rewrites them.
#include <doctest/doctest.h>
#include <render/reports.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "sample.h"

namespace postern::render {
namespace {

std::string path_of(const std::string& name) { return std::string(POSTERN_SOURCE_DIR) + "/tests/unit/render/golden/" + name; }

void compare(const std::string& name, const std::string& actual) {
  CAPTURE(name);
  if (std::getenv("POSTERN_UPDATE_GOLDEN") != nullptr) std::ofstream(path_of(name), std::ios::binary) << actual;
  std::ifstream file(path_of(name), std::ios::binary);
  REQUIRE(file.good());
  const std::string expected(std::istreambuf_iterator<char>(file), {});
  CHECK(actual == expected);
}

TEST_CASE("each report of the sample is as it was") {
  const model::Decision decision = test::sample_decision();
  for (const ReportFormat& format : report_formats()) {
    if (format.id == "html") continue;  // judged by its properties, in html_test.cpp
    compare("sample." + std::string(format.id), format.render(decision, {}));
  }
  compare("sample.full.text", text(decision, {Colour::always, Detail::full, 120}));
  for (const DeltaFormat& format : delta_formats())
    compare("sample.delta." + std::string(format.id), format.render(delta_of(decision), {}));
}

TEST_CASE("reports of what passed and of what could not be judged are as they were") {
  for (const std::string id : {"text", "markdown"}) {
    compare("quiet." + id, find_format(report_formats(), id)->render(test::quiet_decision(), {}));
    compare("undecided." + id, find_format(report_formats(), id)->render(test::undecided_decision(), {}));
  }
}

}  // namespace
}  // namespace postern::render
