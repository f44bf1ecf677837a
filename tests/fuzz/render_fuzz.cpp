// SPDX-License-Identifier: Apache-2.0
// Fuzzes the reader of decisions, and every report of a decision whose texts are lines of the input.
#include <postern/base/text.h>
#include <render/decision_json.h>
#include <render/markdown.h>
#include <render/reports.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// What is read must be written as it was read.
void check_reader(std::string_view text) {
  postern::base::DiagnosticSink sink;
  const auto decision = postern::render::read_decision(text, "decision.json", sink);
  require(decision.has_value() != sink.has_errors());
  if (!decision) return;
  const std::string written = postern::render::decision_json(*decision);
  const auto again = postern::render::read_decision(written, "decision.json", sink);
  require(again && postern::render::decision_json(*again) == written);
}

void check_reports(const postern::model::Decision& decision, std::size_t budget) {
  for (const auto& format : postern::render::report_formats()) {
    require(postern::test::broken_line_rule(format.render(decision, {})).empty());
  }
  for (const auto& format : postern::render::delta_formats()) {
    require(postern::test::broken_line_rule(format.render(postern::render::delta_of(decision), {})).empty());
  }
  const std::string small = postern::render::markdown(decision, {budget});
  require(small.size() <= budget && postern::test::broken_line_rule(small).empty());
  check_reader(postern::render::decision_json(decision));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_reader(text);
  if (size < 2) return 0;
  // Byte 0: elements of each list; byte 1: budget; the rest: texts, one a NUL-ended piece, so that line ends are part of them.
  std::vector<std::string> texts;
  for (const std::string_view piece : postern::base::split(text.substr(2), '\0')) texts.emplace_back(piece);
  check_reports(postern::test::filled_decision(texts, data[0] % 4), 2'000 + std::size_t{data[1]} * 200);
  return 0;
}
