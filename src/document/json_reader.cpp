// SPDX-License-Identifier: Apache-2.0
// A small state machine over the structural offsets of a JSON text.
#include "json_reader.h"

#include <string>

#include "code_names.h"
#include "json_string.h"
#include "json_structure.h"
#include "scalar_types.h"
#include "text_checks.h"
#include "tree_builder.h"

namespace postern::document {
namespace {

/// What may come next.
enum class Expected : std::uint8_t { value, value_or_close, key, key_or_close, colon, comma_or_close, nothing };

constexpr const char* k_expectations[] = {"a value",
                                          "a value or ']'",
                                          "a key in double quotes",
                                          "a key in double quotes or '}'",
                                          "':'",
                                          "',' or the closing bracket",
                                          "the end of the text"};

class JsonReader {
 public:
  JsonReader(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter, JsonValues values)
      : m_all(source->text()), m_reporter(reporter), m_builder(source, limits, reporter), m_values(values) {}

  std::optional<Document> read() {
    try {
      walk();
      return m_builder.finish();
    } catch (Refusal& refusal) {
      m_reporter.error(std::move(refusal));
      return std::nullopt;
    }
  }

 private:
  void walk();
  void token(std::size_t offset, std::size_t end);
  void string(std::size_t offset, std::size_t end);
  void plain(std::size_t offset, std::size_t end);
  void close(std::size_t offset, Kind kind);
  /// Containers around a value of the text: the sequence of many is not written.
  [[nodiscard]] std::size_t outer_depth() const { return m_values == JsonValues::many ? 1 : 0; }
  void value_done() {
    const bool is_whole = m_builder.depth() == outer_depth();
    if (!is_whole) {
      m_expected = Expected::comma_or_close;
    } else {
      m_expected = m_values == JsonValues::many ? Expected::value : Expected::nothing;
    }
  }
  void expect_value(std::size_t offset) const {
    if (m_expected != Expected::value && m_expected != Expected::value_or_close) unexpected(offset);
  }
  void comma(std::size_t offset);
  [[noreturn]] void unexpected(std::size_t offset) const;
  [[noreturn]] void structure_error(StructureError error) const;

  std::string_view m_all;
  Reporter& m_reporter;
  TreeBuilder m_builder;
  JsonValues m_values;
  Expected m_expected = Expected::value;
  std::string m_unescaped;
};

void JsonReader::structure_error(StructureError error) const {
  if (error == StructureError::empty) throw Refusal{k_json_syntax, 0, "the text is empty where a JSON value was expected", ""};
  const std::size_t at = find_string_trouble(m_all);
  if (error == StructureError::unclosed_string) throw Refusal{k_json_syntax, at, "a string that begins here never ends", ""};
  if (error == StructureError::control_character_in_string) {
    throw Refusal{k_json_syntax, at, "a control character within a string", "write it as an escape, e.g. \\n"};
  }
  throw Refusal{k_json_syntax, 0, "the text cannot be read as JSON", ""};
}

void JsonReader::unexpected(std::size_t offset) const {
  if (m_expected == Expected::nothing) {
    throw Refusal{k_trailing_bytes, offset, "something follows the JSON value", "remove what follows, or split the file"};
  }
  const bool at_end = offset >= m_all.size();
  throw Refusal{k_json_syntax, offset,
                std::string("expected ") + k_expectations[static_cast<std::size_t>(m_expected)] +
                    (at_end ? ", but the text ends here" : ", found something else"),
                at_end ? "is the file truncated?" : ""};
}

void JsonReader::walk() {
  const std::size_t start = byte_order_mark(m_all);
  const JsonStructure structure(m_all.substr(start));
  if (structure.error() != StructureError::none) structure_error(structure.error());
  const auto offsets = structure.offsets();
  // Every container with n children has n separators and closing brackets, so at most half of the tokens are values.
  m_builder.start((offsets.size() + 1) / 2);
  if (m_values == JsonValues::many) m_builder.open(Kind::sequence, Style::flow, 0);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    token(start + offsets[i], i + 1 < offsets.size() ? start + offsets[i + 1] : m_all.size());
  }
  if (m_values == JsonValues::many && m_expected == Expected::value && m_builder.depth() == 1) {
    m_builder.close();
  } else if (m_expected != Expected::nothing) {
    unexpected(m_all.size());
  }
}

void JsonReader::token(std::size_t offset, std::size_t end) {
  switch (m_all[offset]) {
    case '{':
      expect_value(offset);
      m_builder.open(Kind::mapping, Style::flow, offset);
      m_expected = Expected::key_or_close;
      break;
    case '[':
      expect_value(offset);
      m_builder.open(Kind::sequence, Style::flow, offset);
      m_expected = Expected::value_or_close;
      break;
    case '}':
      close(offset, Kind::mapping);
      break;
    case ']':
      close(offset, Kind::sequence);
      break;
    case ',':
      comma(offset);
      break;
    case ':':
      if (m_expected != Expected::colon) unexpected(offset);
      m_expected = Expected::value;
      break;
    case '"':
      string(offset, end);
      break;
    default:
      plain(offset, end);
      break;
  }
}

void JsonReader::close(std::size_t offset, Kind kind) {
  const bool is_mapping = kind == Kind::mapping;
  const bool may_close =
      m_expected == Expected::comma_or_close || m_expected == (is_mapping ? Expected::key_or_close : Expected::value_or_close);
  if (!may_close || m_builder.containers().back().is_mapping != is_mapping) unexpected(offset);
  m_builder.close();
  value_done();
}

void JsonReader::comma(std::size_t offset) {
  if (m_expected != Expected::comma_or_close) unexpected(offset);
  m_expected = m_builder.containers().back().is_mapping ? Expected::key : Expected::value;
}

void JsonReader::string(std::size_t offset, std::size_t end) {
  const bool is_key = m_expected == Expected::key || m_expected == Expected::key_or_close;
  if (!is_key) expect_value(offset);
  const StringSpan span = span_string(m_all, offset, end);
  std::string_view text = m_all.substr(offset + 1, span.close - offset - 1);
  if (span.has_escapes) {
    m_unescaped.clear();
    const std::size_t trouble = unescape_json(text, m_unescaped);
    if (trouble != std::string_view::npos) {
      throw Refusal{k_json_syntax, offset + 1 + trouble, "an escape that JSON does not know, or half of a surrogate pair", ""};
    }
    text = m_builder.keep(m_unescaped);
  }
  m_builder.scalar({Kind::string, Style::double_quoted, text, offset});
  if (is_key) {
    m_expected = Expected::colon;
  } else {
    value_done();
  }
}

void JsonReader::plain(std::size_t offset, std::size_t end) {
  expect_value(offset);
  while (m_all[end - 1] == ' ' || m_all[end - 1] == '\t' || m_all[end - 1] == '\n' || m_all[end - 1] == '\r') --end;
  const std::string_view text = m_all.substr(offset, end - offset);
  Kind kind = Kind::null;
  if (text == "true" || text == "false") {
    kind = Kind::boolean;
  } else if (text != "null") {
    const auto number = json_number_kind(text);
    if (!number)
      throw Refusal{k_json_syntax, offset, "neither a JSON number nor true, false, null", "text must be in double quotes"};
    kind = *number;
    if (kind == Kind::number && is_core_integer(text)) m_reporter.inexact_number(offset);
  }
  m_builder.scalar({kind, Style::plain, text, offset});
  value_done();
}

}  // namespace

std::optional<Document> read_json(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter,
                                  JsonValues values) {
  return JsonReader(source, limits, reporter, values).read();
}

}  // namespace postern::document
