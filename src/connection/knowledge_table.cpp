// SPDX-License-Identifier: Apache-2.0
// Reads the embedded tables of knowledge/.
#include "connection/knowledge_table.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include "knowledge_files.h"

namespace postern::connection {

std::vector<TableRow> read_knowledge(std::string_view name, std::size_t columns) {
  std::vector<TableRow> rows;
  for (const base::EmbeddedFile& file : knowledge_files()) {
    if (!file.path.ends_with(name) || file.path.size() <= name.size() || file.path[file.path.size() - name.size() - 1] != '/')
      continue;
    for (const std::string_view line : base::split(file.text, '\n')) {
      if (line.empty() || line.front() == '#') continue;
      rows.push_back(base::split(line, '\t'));
      POSTERN_ASSERT(rows.back().size() == columns);
    }
  }
  POSTERN_ASSERT(!rows.empty());
  return rows;
}

std::vector<std::string_view> words_of(std::string_view cell) {
  std::vector<std::string_view> words;
  if (cell == "-") return words;
  for (const std::string_view word : base::split(cell, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::string_view cell_text(std::string_view cell) { return cell == "-" ? std::string_view{} : cell; }

}  // namespace postern::connection
