// SPDX-License-Identifier: Apache-2.0
// Fuzzes JUnit and code quality: whatever the texts are, the one is well-formed XML and the other JSON.
#include <postern/base/text.h>
#include <render/code_quality.h>
#include <render/junit.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/decision_filler.h"
#include "support/output_rules.h"
#include "support/xml_check.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Byte 0: elements of each list; byte 1: how many findings may be shown; the rest: texts, one a NUL-ended piece.
  std::vector<std::string> texts;
  for (const std::string_view piece : postern::base::split(text.substr(2), '\0')) texts.emplace_back(piece);
  const postern::model::Decision decision = postern::test::filled_decision(texts, data[0] % 4);
  const std::string xml = postern::render::junit(decision, data[1] % 4U);
  require(postern::test::XmlCheck(xml).trouble().empty());
  require(postern::test::broken_line_rule(xml).empty());
  const std::string json = postern::render::code_quality(decision, data[1] % 4U);
  require(postern::test::broken_line_rule(json).empty());
  require(nlohmann::json::parse(json).size() <= data[1] % 4U + 1);
  return 0;
}
