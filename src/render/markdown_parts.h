// SPDX-License-Identifier: Apache-2.0
// Pieces of Markdown that several reports share: names, rows of tables, and sections within a budget.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::render {

/// A name as a code span, cut to a length that a table can bear.
[[nodiscard]] std::string code(std::string_view name, std::size_t most = 80);
/// A sentence, cut to a length that a table can bear.
[[nodiscard]] std::string sentence(std::string_view text, std::size_t most = 400);
/// Code spans with `separator` between them.
[[nodiscard]] std::string codes_joined(const std::vector<std::string>& names, std::string_view separator);
/// A file and line as a code span; empty when there is none.
[[nodiscard]] std::string place(const base::Location& location);

/// The head of a table of changes, and its rows.
inline constexpr std::string_view k_changes_head = "| | Subject | Change | Where |\n|---|---|---|---|\n";
[[nodiscard]] std::string change_row(const model::ReportedChange& change);
/// Rows for the changes of libraries: one an owner, with the important ones in it.
[[nodiscard]] std::vector<std::string> library_rows(std::span<const model::ReportedChange> changes);
[[nodiscard]] std::string rename_row(std::string_view removed, std::string_view added);

/// A part of a report that can be left out as a whole, or after any of its rows.
struct Section {
  std::string name;  ///< of what is left out: `changes`
  std::string open;
  std::vector<std::string> rows;
  std::string close;
};
/// The sections in order, each with as many rows as fit, none cut within a row; what was left out is said where it is missing and,
/// for whole sections, at the end. `head` must be shorter than the budget by 600 bytes, or is all there is.
[[nodiscard]] std::string within_budget(std::string head, const std::vector<Section>& sections, std::string_view foot,
                                        std::size_t budget);

}  // namespace postern::render
