// SPDX-License-Identifier: Apache-2.0
// The words that begin an expression of Helm's templates.
#include <ingest/template_syntax.h>

#include <algorithm>
#include <array>

namespace postern::ingest {
namespace {

constexpr std::array<std::string_view, 18> k_openings = {".Values",  ".Release",  ".Chart",  ".Capabilities", ".Files", ".Template",
                                                         "include ", "template ", "define ", "if ",           "else",   "end ",
                                                         "end}",     "end-",      "range ",  "with ",         "toYaml", "tpl "};

bool begins_template(std::string_view expression) {
  expression.remove_prefix(std::min(expression.find_first_not_of("- \t(\""), expression.size()));
  return std::any_of(k_openings.begin(), k_openings.end(), [&](std::string_view word) { return expression.starts_with(word); });
}

}  // namespace

bool has_template_syntax(std::string_view text) {
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
    if (begins_template(text.substr(at + 2, 64))) return true;
  }
  return false;
}

}  // namespace postern::ingest
