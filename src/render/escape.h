// SPDX-License-Identifier: Apache-2.0
// Untrusted text on its way out: one function for each place where it may be shown, so that no name becomes markup or a command.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postern::render {

/// A place where untrusted text is shown.
enum class Sink : std::uint8_t {
  azure_data,
  azure_property,
  csv,
  dot,
  github_data,
  github_property,
  html,
  html_attribute,
  jira,
  markdown_code,
  markdown_text,
  mermaid,
  sarif,
  terminal,
  xml
};

// Common to all of them: the result is one line of well-formed UTF-8. Control characters, line ends, bidirectional controls and
// characters that have no width are written visibly (`\n`, `\x1b`, `\u202e`), bytes that are no UTF-8 as `\xNN`; and no result
// holds
// `##vso[` or any other `##word[`, since Azure Pipelines obeys it anywhere in a line of a log.

/// A code span of Markdown, or its HTML equivalent where the text holds what would end a table cell or begin HTML.
[[nodiscard]] std::string markdown_code(std::string_view text);
/// A sentence in Markdown: plain words stay, words with anything that could be markup, a link or a reference become code spans.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// Text between HTML tags.
[[nodiscard]] std::string html_text(std::string_view text);
/// The value of an HTML attribute, quoted or not. What an attribute means (a URL, a script) is not its business.
[[nodiscard]] std::string html_attribute(std::string_view text);
/// The text of a Mermaid label, to stand between `["` and `"]`.
[[nodiscard]] std::string mermaid_label(std::string_view text);
/// Text for a terminal or a plain log.
[[nodiscard]] std::string terminal(std::string_view text);
/// A quoted field of CSV that no spreadsheet takes for a formula.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Text in Jira's wiki notation.
[[nodiscard]] std::string jira_markup(std::string_view text);
/// The message of a GitHub workflow command; line ends are kept in its encoding.
[[nodiscard]] std::string github_workflow_data(std::string_view text);
/// The value of a property of a GitHub workflow command.
[[nodiscard]] std::string github_workflow_property(std::string_view text);
/// The message of an Azure Pipelines logging command; line ends are kept in its encoding.
[[nodiscard]] std::string azure_logging_data(std::string_view text);
/// The value of a property of an Azure Pipelines logging command.
[[nodiscard]] std::string azure_logging_property(std::string_view text);
/// A message of SARIF, plain text: no embedded link, no placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6).
[[nodiscard]] std::string sarif_message(std::string_view text);
/// Text or the value of an attribute in XML 1.0.
[[nodiscard]] std::string xml_text(std::string_view text);
/// The text of a quoted string of Graphviz' DOT, to stand between double quotes.
[[nodiscard]] std::string dot_string(std::string_view text);

/// One row of the table of sinks: `postern list sinks` and `postern lab escape` go by it.
struct SinkRow {
  Sink sink;
  std::string_view name;
  std::string_view purpose;
  std::string (*escape)(std::string_view);
};
/// All sinks, by name.
[[nodiscard]] std::span<const SinkRow> sinks() noexcept;
/// The row called `name`, or nullptr.
[[nodiscard]] const SinkRow* find_sink(std::string_view name) noexcept;

}  // namespace postern::render
