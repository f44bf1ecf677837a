// SPDX-License-Identifier: Apache-2.0
// Pieces that all sections of a page share.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/decision.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/markup.h"

namespace postern::render::html {

/// Rows that a table shows; more than that no browser likes, and `decision.json` has all.
inline constexpr std::size_t k_most_rows = 1'000;

/// A part of the page with its heading; nothing when it has no content.
struct Section {
  Anchor anchor;
  Word title;
  std::string count;  ///< beside the title in the contents; may be empty
  Markup content;
};

/// A name, an address, a digest.
[[nodiscard]] Markup code(std::string_view name);
/// Code, with `separator` between.
[[nodiscard]] Markup codes(const std::vector<std::string>& names, Word separator);
/// A file with line and column, or nothing.
[[nodiscard]] Markup place(const base::Location& location);
/// A fold.
[[nodiscard]] Markup fold(const Markup& summary, const Markup& content);
/// A paragraph about rows that are not shown; nothing when all are.
[[nodiscard]] Markup rest(std::size_t all, std::size_t shown);
/// A table with a heading for each column; `caption` is for those who do not see it.
[[nodiscard]] Markup table(Word style, Word caption, const std::vector<Word>& head, const Markup& rows);
[[nodiscard]] Markup row(const std::vector<Markup>& cells);
/// `dt` and `dd`; nothing without content.
[[nodiscard]] Markup term(Word name, const Markup& content);
/// The sign of a change with its name for those who do not see it.
[[nodiscard]] Markup change_sign(model::ChangeKind kind);

}  // namespace postern::render::html
