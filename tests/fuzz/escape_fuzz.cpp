// SPDX-License-Identifier: Apache-2.0
// Fuzzes every sink: no text may get out of the place where it is shown.
#include <render/escape.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/output_rules.h"

namespace {

using postern::render::SinkRow;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check_markdown(std::string_view text) {
  for (const std::string& shown : {postern::render::markdown_code(text), postern::render::markdown_text(text)}) {
    require(postern::test::broken_line_rule(shown).empty());
    require(shown.find('|') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const SinkRow& row : postern::render::sinks()) {
    const std::string shown = row.escape(text);
    require(postern::test::broken_rule(shown).empty());
    require(shown.find('\n') == std::string::npos);
  }
  check_markdown(text);
  require(postern::render::mermaid_label(text).find_first_of("\"[](){}<>`|%\\") == std::string::npos);
  require(postern::render::html_text(text).find_first_of("<>\"'") == std::string::npos);
  require(postern::render::xml_text(text).find_first_of("<>\"'") == std::string::npos);
  require(postern::render::sarif_message(text).find("](") == std::string::npos);
  require(postern::render::html_attribute(text).find_first_of("<>\"' =`") == std::string::npos);
  require(postern::render::dot_string(text).find_first_of("\"<>") == std::string::npos);
  return 0;
}
