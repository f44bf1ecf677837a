// SPDX-License-Identifier: Apache-2.0
// Reads the embedded tables of knowledge/: tab-separated rows, lines that start with '#' are comments, "-" is an empty cell.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace postern::connection {

using TableRow = std::vector<std::string_view>;

/// The rows of knowledge/`name`. The tables are part of the program: a missing one or a row without `columns` cells is a broken
/// invariant.
[[nodiscard]] std::vector<TableRow> read_knowledge(std::string_view name, std::size_t columns);

/// The words of a cell, split at spaces; none for "-".
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view cell);

/// The cell, or nothing for "-".
[[nodiscard]] std::string_view cell_text(std::string_view cell);

}  // namespace postern::connection
