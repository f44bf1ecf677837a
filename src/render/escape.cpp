// SPDX-License-Identifier: Apache-2.0
// Untrusted text made harmless: first everything invisible is made visible, then each sink encodes what means something to it.
#include "render/escape.h"

#include <algorithm>
#include <array>

#include "render/code_points.h"

namespace postern::render {
namespace {

enum class LineEnds : std::uint8_t { shown, kept };

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool holds(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

std::string hexadecimal(char32_t value, int digits) {
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) {
    const char32_t digit = (value >> static_cast<unsigned>(shift)) & 0xFU;
    if (shift / 4 < digits || !text.empty() || digit != 0) text += "0123456789abcdef"[digit];
  }
  return text;
}

/// `\n`, `\x1b`, `\u202e`, `\u{e0001}`.
std::string named(const CodePoint& point) {
  if (point.value == '\n') return "\\n";
  if (point.value == '\r') return "\\r";
  if (point.value == '\t') return "\\t";
  if (point.value < 0x100) return "\\x" + hexadecimal(point.value, 2);
  return point.value < 0x10000 ? "\\u" + hexadecimal(point.value, 4) : "\\u{" + hexadecimal(point.value, 5) + "}";
}

/// Nothing in `text` looks like a logging command of Azure Pipelines any more.
std::string without_logging_commands(std::string text) {
  for (std::size_t at = find_logging_command(text, 0); at != std::string::npos; at = find_logging_command(text, at)) {
    text.replace(at, 1, "\\x5b");
  }
  return text;
}

std::string visible(std::string_view text, LineEnds line_ends = LineEnds::shown) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const bool is_kept_line_end = line_ends == LineEnds::kept && (point.value == '\n' || point.value == '\r');
    if (is_kept_line_end || (point.is_valid && !is_invisible(point.value))) {
      result += text.substr(at, point.length);
    } else {
      result += named(point);
    }
    at += point.length;
  }
  return without_logging_commands(std::move(result));
}

std::string numeric(std::string_view before, char c) { return std::string(before) + std::to_string(static_cast<int>(c)) + ";"; }

/// Each ASCII character for which `means_something(text, position)` holds as PREFIX + its number + `;`.
template <typename Predicate>
std::string encoded(std::string_view text, std::string_view prefix, Predicate means_something) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    result += is_ascii(text[at]) && means_something(text, at) ? numeric(prefix, text[at]) : std::string(1, text[at]);
  }
  return result;
}

bool is_neither_letter_nor_space(std::string_view text, std::size_t at) { return !is_alphanumeric(text[at]) && text[at] != ' '; }

bool is_within_word(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && is_alphanumeric(text[at - 1]) && is_alphanumeric(text[at + 1]);
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// `text` is visible already.
std::string code_span(std::string_view text) {
  // A pipe ends a table cell even inside a code span, and a reader that looks for HTML does not know about code spans.
  if (text.find_first_of("|<") != std::string_view::npos)
    return "<code>" + encoded(text, "&#", is_neither_letter_nor_space) + "</code>";
  if (text.find_first_not_of(' ') == std::string_view::npos) return "` `";
  const std::string fence(longest_run(text, '`') + 1, '`');
  const bool needs_space = holds("` ", text.front()) || holds("` ", text.back());
  const std::string space = needs_space ? " " : "";
  return fence + space + std::string(text) + space + fence;
}

/// Whether a word can stand in Markdown as it is, in the middle of a line.
bool is_plain_word(std::string_view word) {
  if (word.starts_with("www.") || word.starts_with("Www.") || word.starts_with("WWW.")) return false;
  if (word.front() == '%') return false;  // a milestone
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return !is_ascii(c) || is_alphanumeric(c) || holds("'\",.;()?%+-=", c); });
}

/// Whether a plain word at the beginning of a line would begin a list, a rule or a heading.
bool begins_block(std::string_view word) {
  if (word.find_first_not_of("-+=") == std::string_view::npos) return true;
  const std::size_t digits = word.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos && holds(".)", word[digits]) && digits + 1 == word.size();
}

std::string markdown_word(std::string_view word, bool is_first) {
  if (word == "->" && !is_first) return "→";
  if (word == ">" && !is_first) return "&gt;";
  if (word == "/" && !is_first) return "/";
  if (is_plain_word(word)) return is_first && begins_block(word) ? code_span(word) : std::string(word);
  // Punctuation of the sentence stays outside of the code span.
  const std::size_t first = word.find_first_not_of('(');
  const std::size_t last = word.find_last_not_of(",.;:!)");
  if (first == std::string_view::npos || last == std::string_view::npos || last < first) return code_span(word);
  const std::string_view core = word.substr(first, last + 1 - first);
  const std::string core_text = is_plain_word(core) ? std::string(core) : code_span(core);
  return std::string(word.substr(0, first)) + core_text + std::string(word.substr(last + 1));
}

std::string percent_encoded(std::string_view text, std::string_view percent, std::string_view also) {
  std::string result;
  for (const char c : visible(text, LineEnds::kept)) {
    if (c == '%') {
      result += percent;
    } else if (c == '\r' || c == '\n' || holds(also, c)) {
      const char32_t value = static_cast<unsigned char>(c);
      result += '%';
      result += "0123456789ABCDEF"[value >> 4U];
      result += "0123456789ABCDEF"[value & 0xFU];
    } else {
      result += c;
    }
  }
  return result;
}

bool means_something_in_jira(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '-') return !is_within_word(text, at);
  if (c == '.') return at == 2;                                      // `h1.`, `bq.`
  if (c == ':') return at + 1 < text.size() && text[at + 1] != ' ';  // a link, a smiley
  return is_neither_letter_nor_space(text, at) && !holds(",'", c);
}

bool means_something_in_mermaid(std::string_view text, std::size_t at) {
  if (holds(".-_", text[at])) return !is_within_word(text, at);
  return is_neither_letter_nor_space(text, at) && text[at] != ',';
}

constexpr std::array k_sinks = {
    SinkRow{Sink::azure_data, "azure", "message of a logging command of Azure Pipelines", azure_logging_data},
    SinkRow{Sink::azure_property, "azure_property", "property of a logging command of Azure Pipelines", azure_logging_property},
    SinkRow{Sink::csv, "csv", "field of comma-separated values", csv_cell},
    SinkRow{Sink::dot, "dot", "quoted string of Graphviz' DOT", dot_string},
    SinkRow{Sink::github_data, "github", "message of a GitHub workflow command", github_workflow_data},
    SinkRow{Sink::github_property, "github_property", "property of a GitHub workflow command", github_workflow_property},
    SinkRow{Sink::html, "html", "text between HTML tags", html_text},
    SinkRow{Sink::html_attribute, "html_attribute", "value of an HTML attribute", html_attribute},
    SinkRow{Sink::jira, "jira", "text in Jira's wiki notation", jira_markup},
    SinkRow{Sink::markdown_code, "markdown", "name in Markdown, as a code span", markdown_code},
    SinkRow{Sink::markdown_text, "markdown_text", "sentence in Markdown", markdown_text},
    SinkRow{Sink::mermaid, "mermaid", "label in a Mermaid diagram", mermaid_label},
    SinkRow{Sink::sarif, "sarif", "plain text of a message of SARIF", sarif_message},
    SinkRow{Sink::terminal, "terminal", "text on a terminal or in a log", terminal},
    SinkRow{Sink::xml, "xml", "text or value of an attribute in XML 1.0", xml_text},
};

}  // namespace

std::string markdown_code(std::string_view text) { return code_span(visible(text)); }

std::string markdown_text(std::string_view text) {
  const std::string shown = visible(text);
  std::string result;
  for (std::size_t at = 0; at < shown.size();) {
    const std::size_t first = shown.find_first_not_of(' ', at);
    if (first == std::string::npos) break;
    at = std::min(shown.find(' ', first), shown.size());
    const bool is_first = result.empty();
    if (!is_first) result += ' ';
    result += markdown_word(std::string_view(shown).substr(first, at - first), is_first);
  }
  return result;
}

std::string html_text(std::string_view text) {
  return encoded(visible(text), "&#", [](std::string_view shown, std::size_t at) { return holds("&<>\"'", shown[at]); });
}

std::string html_attribute(std::string_view text) {
  return encoded(visible(text), "&#", [](std::string_view shown, std::size_t at) { return !is_alphanumeric(shown[at]); });
}

std::string mermaid_label(std::string_view text) { return encoded(visible(text), "#", means_something_in_mermaid); }

std::string terminal(std::string_view text) {
  std::string result = visible(text);
  // `::name::` is a workflow command of GitHub at the beginning of a line, where wrapping may put any word.
  for (std::size_t at = result.find("::"); at != std::string::npos; at = result.find("::", at + 2)) {
    if (at == 0 || result[at - 1] == ' ') result.replace(at, 2, ":\\x3a");
  }
  return result;
}

std::string csv_cell(std::string_view text) {
  constexpr std::array<std::string_view, 8> k_formula = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  const std::string shown = visible(text);
  const std::string_view begin = std::string_view(shown).substr(std::min(shown.find_first_not_of(' '), shown.size()));
  const bool is_formula =
      std::any_of(k_formula.begin(), k_formula.end(), [&](std::string_view sign) { return begin.starts_with(sign); });
  std::string cell = is_formula ? "\"'" : "\"";
  for (const char c : shown) cell += c == '"' ? "\"\"" : std::string(1, c);
  return cell + '"';
}

std::string jira_markup(std::string_view text) { return encoded(visible(text), "&#", means_something_in_jira); }

std::string github_workflow_data(std::string_view text) { return percent_encoded(text, "%25", ""); }
std::string github_workflow_property(std::string_view text) { return percent_encoded(text, "%25", ":,"); }
std::string azure_logging_data(std::string_view text) { return percent_encoded(text, "%AZP25", ""); }
std::string azure_logging_property(std::string_view text) { return percent_encoded(text, "%AZP25", ";]"); }

std::string sarif_message(std::string_view text) {
  std::string result;
  for (const char c : visible(text)) {
    // `[text](target)` is a link. Whether a backslash before the bracket ends it depends on the ones before; a space always does.
    if (c == '(' && result.ends_with(']')) result += ' ';
    result += c;
    if (c == '{' || c == '}') result += c;
  }
  return result;
}

std::string xml_text(std::string_view text) { return html_text(text); }

std::string dot_string(std::string_view text) {
  std::string result;
  for (const char c :
       encoded(visible(text), "&#", [](std::string_view shown, std::size_t at) { return holds("&<>\"", shown[at]); })) {
    result += c == '\\' ? "\\\\" : std::string(1, c);
  }
  return result;
}

std::span<const SinkRow> sinks() noexcept { return k_sinks; }

const SinkRow* find_sink(std::string_view name) noexcept {
  const auto* const at = std::find_if(k_sinks.begin(), k_sinks.end(), [&](const SinkRow& row) { return row.name == name; });
  return at == k_sinks.end() ? nullptr : at;
}

}  // namespace postern::render
