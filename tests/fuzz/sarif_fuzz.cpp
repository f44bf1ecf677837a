// SPDX-License-Identifier: Apache-2.0
// Fuzzes SARIF: whatever the texts are, the log is JSON within its limits, and refers to nothing that it does not hold.
#include <postern/base/text.h>
#include <render/sarif.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Byte 0: elements of each list; byte 1: the most results; the rest: texts, one a NUL-ended piece.
  std::vector<std::string> texts;
  for (const std::string_view piece : postern::base::split(text.substr(2), '\0')) texts.emplace_back(piece);
  const std::string log = postern::render::sarif(postern::test::filled_decision(texts, data[0] % 4), {data[1] % 4U, 10'000'000});
  require(postern::test::broken_line_rule(log).empty());
  require(log.size() <= 10'000'000);
  const auto run = nlohmann::json::parse(log)["runs"][0];
  require(run["results"].size() <= data[1] % 4U);
  for (const auto& result : run["results"]) {
    require(result.value("ruleIndex", 0) < static_cast<int>(run["tool"]["driver"]["rules"].size()) ||
            !result.contains("ruleIndex"));
  }
  return 0;
}
