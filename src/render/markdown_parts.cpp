// SPDX-License-Identifier: Apache-2.0
// Rows and budgets of Markdown.
#include "render/markdown_parts.h"

#include <algorithm>
#include <array>

#include "render/code_points.h"
#include "render/escape.h"
#include "render/libraries.h"
#include "render/words.h"

namespace postern::render {
namespace {

constexpr std::size_t k_note_bytes = 120;        // of the sentence after a section whose rows do not all fit
constexpr std::size_t k_final_note_bytes = 400;  // of the sentence at the end

std::string_view sign_of(model::ChangeKind kind) {
  constexpr std::array<std::string_view, 3> k_signs = {"➕", "➖", "🔸"};
  return k_signs.at(static_cast<std::size_t>(kind));
}

std::string side(bool is_there, const std::string& value) { return is_there ? code(value, 120) : "*not set*"; }

std::string detail_of(const model::ReportedChange& change) {
  if (change.kind != model::ChangeKind::modified) return sentence(change.what) + " " + to_string(change.kind);
  return code(change.attribute) + " " + side(change.has_before, change.before) + " → " + side(change.has_after, change.after);
}

/// How many of the rows fit into `room` bytes, with a sentence about the others where some do not.
std::size_t fitting(const Section& section, std::size_t room) {
  std::size_t all = section.open.size() + section.close.size();
  for (const std::string& row : section.rows) all += row.size();
  if (all <= room) return section.rows.size();
  std::size_t used = section.open.size() + section.close.size() + k_note_bytes;
  std::size_t count = 0;
  while (count < section.rows.size() && used + section.rows[count].size() <= room) used += section.rows[count++].size();
  return count;
}

}  // namespace

std::string code(std::string_view name, std::size_t most) { return markdown_code(shortened(name, most)); }
std::string sentence(std::string_view text, std::size_t most) { return markdown_text(shortened(text, most)); }

std::string codes_joined(const std::vector<std::string>& names, std::string_view separator) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += separator;
    text += code(name);
  }
  return text;
}

std::string place(const base::Location& location) {
  if (location.file.empty()) return {};
  base::Location without_column = location;
  without_column.column = 0;
  return code(to_string(without_column), 120);
}

std::string change_row(const model::ReportedChange& change) {
  const std::string where = change.derived ? "*derived*" : place(change.location);
  return "| " + std::string(sign_of(change.kind)) + " | " + code(change.subject) + " | " + detail_of(change) + " | " + where +
         " |\n";
}

std::vector<std::string> library_rows(std::span<const model::ReportedChange> changes) {
  std::vector<std::string> rows;
  for (const LibraryDrift& drift : library_drift(changes)) {
    std::string text = "libraries: " + sentence(drift_words(drift));
    for (std::size_t at = 0; at < std::min(drift.lines.size(), k_most_library_lines); ++at)
      text += "<br>" + code(drift.lines[at].name) + " " + sentence(drift.lines[at].text, 120);
    if (drift.lines.size() > k_most_library_lines)
      text += "<br>and " + std::to_string(drift.lines.size() - k_most_library_lines) + " more";
    rows.push_back("| 📦 | " + code(drift.owner) + " | " + text + " | " + place(drift.lines.front().change->location) + " |\n");
  }
  return rows;
}

std::string rename_row(std::string_view removed, std::string_view added) {
  return "| 🔁 | " + code(added) + " | probably " + code(removed) + " under a new name | |\n";
}

std::string within_budget(std::string head, const std::vector<Section>& sections, std::string_view foot, std::size_t budget) {
  const std::size_t reserved = foot.size() + k_final_note_bytes;
  std::vector<std::string> missing;
  for (const Section& section : sections) {
    const std::size_t room = budget > head.size() + reserved ? budget - head.size() - reserved : 0;
    const std::size_t count = fitting(section, room);
    if (count == 0) {
      missing.push_back(section.name);
      continue;
    }
    head += section.open;
    for (std::size_t at = 0; at < count; ++at) head += section.rows[at];
    if (count < section.rows.size()) {
      head += "\n*" + std::to_string(section.rows.size() - count) + " more " + section.name + " left out for length.*\n";
    }
    head += section.close;
  }
  if (!missing.empty()) {
    std::string note = "\n*Left out for length:";
    for (const std::string& name : missing) note += (name == missing.front() ? " " : ", ") + name;
    head += note + ". `decision.json` has everything.*\n";
  }
  if (head.size() + foot.size() <= budget) head += foot;
  return head;
}

}  // namespace postern::render
