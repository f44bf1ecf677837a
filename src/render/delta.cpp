// SPDX-License-Identifier: Apache-2.0
// The changes alone, as JSON, text and Markdown.
#include "render/delta.h"

#include <array>
#include <nlohmann/json.hpp>

#include "render/json_writer.h"
#include "render/libraries.h"
#include "render/markdown_parts.h"
#include "render/text_layout.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ChangeKind;
using model::ReportedChange;

struct Counts {
  std::array<std::uint64_t, 3> changes{};  ///< by kind
};

Counts count(const DeltaView& delta) {
  Counts counts;
  for (const ReportedChange& change : delta.changes) ++counts.changes.at(static_cast<std::size_t>(change.kind));
  return counts;
}

std::uint64_t of(const Counts& counts, ChangeKind kind) { return counts.changes.at(static_cast<std::size_t>(kind)); }

std::string summary(const DeltaView& delta) {
  if (delta.changes.empty()) return "The architecture does not change.";
  const Counts counts = count(delta);
  return counted(delta.changes.size(), "change") + ": " + std::to_string(of(counts, ChangeKind::added)) + " added, " +
         std::to_string(of(counts, ChangeKind::removed)) + " removed, " + std::to_string(of(counts, ChangeKind::modified)) +
         " modified.";
}

/// Sign, colour: what a change looks like.
struct Look {
  std::string_view sign;
  Tone tone;
};
Look look_of(ChangeKind kind) {
  constexpr std::array k_looks = {Look{"+", Tone::green}, Look{"-", Tone::red}, Look{"~", Tone::amber}};
  return k_looks.at(static_cast<std::size_t>(kind));
}

void write_change(TextLayout& out, const ReportedChange& change, const std::string& last_subject) {
  const Look look = look_of(change.kind);
  const std::string place = change.derived ? "derived" : to_string(change.location);
  if (change.subject != last_subject) {
    const bool is_whole = change.kind != ChangeKind::modified;
    out.line({{look.tone, "  " + std::string(look.sign) + " "},
              {Tone::plain, change.subject},
              {Tone::faint, "  " + change.what + (is_whole && !place.empty() ? "  " + place : "")}});
    if (is_whole) return;
  }
  out.paragraph("      ", change_words(change) + (place.empty() ? "" : "  (" + place + ")"));
}

void write_libraries(TextLayout& out, const DeltaView& delta) {
  const bool is_full = out.options().detail == Detail::full;
  for (const LibraryDrift& drift : library_drift(delta.changes)) {
    out.line({{Tone::amber, "  ~ "},
              {Tone::plain, drift.owner},
              {Tone::faint, "  libraries"},
              {Tone::plain, "  " + drift_words(drift)}});
    for (std::size_t at = 0; at < drift.lines.size() && (is_full || at < k_most_library_lines); ++at)
      out.paragraph("      ", drift.lines[at].name + ": " + drift.lines[at].text);
    if (!is_full && drift.lines.size() > k_most_library_lines)
      out.paragraph("      ", "and " + std::to_string(drift.lines.size() - k_most_library_lines) + " more: --verbose shows them");
  }
}

Json rows_of(const DeltaView& delta) {
  Json rows = Json::array();
  for (const ReportedChange& change : delta.changes) {
    JsonWriter writer;
    fields(writer, change);
    rows.push_back(writer.take());
  }
  return rows;
}

}  // namespace

std::string delta_json(const DeltaView& delta) {
  const Counts counts = count(delta);
  Json renames = Json::array();
  for (const auto& [removed, added] : delta.renames) renames.push_back(Json{{"removed", removed}, {"added", added}});
  Json json;
  json["schema_version"] = model::Decision::k_schema_version;
  json["counts"] = Json{{"changes", delta.changes.size()},
                        {"added", of(counts, ChangeKind::added)},
                        {"removed", of(counts, ChangeKind::removed)},
                        {"modified", of(counts, ChangeKind::modified)},
                        {"renames", delta.renames.size()}};
  json["changes"] = rows_of(delta);
  json["renames"] = std::move(renames);
  return json_text(json);
}

std::string delta_text(const DeltaView& delta, const TextOptions& options) {
  TextLayout out(options);
  out.paragraph("", summary(delta));
  std::string last_subject;
  for (const ReportedChange& change : delta.changes) {
    if (is_library_change(change)) continue;
    write_change(out, change, last_subject);
    last_subject = change.kind == ChangeKind::modified ? change.subject : std::string();
  }
  write_libraries(out, delta);
  for (const auto& [removed, added] : delta.renames) out.paragraph("  = ", added + " is probably " + removed + " under a new name");
  return out.take();
}

std::string delta_markdown(const DeltaView& delta) {
  std::string result = summary(delta) + "\n";
  if (delta.changes.empty()) return result;
  result += "\n" + std::string(k_changes_head);
  for (const ReportedChange& change : delta.changes) {
    if (!is_library_change(change)) result += change_row(change);
  }
  for (const std::string& row : library_rows(delta.changes)) result += row;
  for (const auto& [removed, added] : delta.renames) result += rename_row(removed, added);
  return result;
}

}  // namespace postern::render
