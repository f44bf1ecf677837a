// SPDX-License-Identifier: Apache-2.0
// Folds, tables, names.
#include "render/html/pieces.h"

#include <array>

#include "render/words.h"

namespace postern::render::html {

Markup code(std::string_view name) { return element("code", text(name)); }

Markup codes(const std::vector<std::string>& names, Word separator) {
  Markup result;
  for (const std::string& name : names) {
    if (!result.empty()) result += words(separator);
    result += code(name);
  }
  return result;
}

Markup place(const base::Location& location) {
  return location.file.empty() ? Markup() : element("code", "place", text(to_string(location)));
}

Markup fold(const Markup& summary, const Markup& content) {
  return element("details", element("summary", summary) + line_end() + element("div", "inside", content)) + line_end();
}

Markup rest(std::size_t all, std::size_t shown) {
  if (all <= shown) return {};
  return element("p", "rest", text("and " + std::to_string(all - shown) + " more: the decision as JSON has all of them.")) +
         line_end();
}

Markup table(Word style, Word caption, const std::vector<Word>& head, const Markup& rows) {
  Markup cells;
  for (const Word& title : head) cells += element("th", {fixed("scope", "col")}, words(title));
  return element("div", "scroll",
                 element("table", style,
                         element("caption", words(caption)) + element("thead", element("tr", cells)) + line_end() +
                             element("tbody", line_end() + rows))) +
         line_end();
}

Markup row(const std::vector<Markup>& cells) {
  Markup result;
  for (const Markup& cell : cells) result += element("td", cell);
  return element("tr", result) + line_end();
}

Markup term(Word name, const Markup& content) {
  if (content.empty()) return {};
  return element("dt", words(name)) + element("dd", content) + line_end();
}

Markup change_sign(model::ChangeKind kind) {
  struct Sign {
    Word style, sign, name;
  };
  constexpr std::array k_signs = {Sign{"sign added", "+", "added"}, Sign{"sign removed", "−", "removed"},
                                  Sign{"sign modified", "~", "changed"}};
  const Sign& sign = k_signs.at(static_cast<std::size_t>(kind));
  return element("span", {fixed("class", sign.style), fixed("title", sign.name)},
                 element("span", {fixed("aria-hidden", "true")}, words(sign.sign)) + element("span", "unseen", words(sign.name)));
}

}  // namespace postern::render::html
