// SPDX-License-Identifier: Apache-2.0
// The tools whose reports are read: an explicit table, and how a report is told from all other files.
#pragma once
#include <ingest/scanners/report.h>
#include <postern/document/document.h>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace postern::ingest::scanners {

/// All readers, by id. `postern list formats` prints them.
[[nodiscard]] std::span<const Reader* const> readers();
/// The reader of a document, or null.
[[nodiscard]] const Reader* find_reader(const Node& root);
/// Reads a document; trouble goes to `sink` (codes P129x).
[[nodiscard]] std::vector<model::ReportFact> read_report(const Reader& reader, const Node& root, base::DiagnosticSink& sink);

/// As what a file must be read to be a report, where that is neither plain JSON nor YAML: a table with the columns of a report, XML
/// with its outermost element, JSON values one after the other. Nothing for all other texts. Looks at the beginning, and for JSON
/// at brackets only.
[[nodiscard]] std::optional<document::Format> format_of_report(std::string_view text);
/// Whether a text that cannot be read begins like a report of JSON.
[[nodiscard]] bool hints_at_report(std::string_view text);

}  // namespace postern::ingest::scanners
