// SPDX-License-Identifier: Apache-2.0
// Names and lists in statements.
#include <ingest/sql/cursor.h>
#include <postern/base/text.h>

#include <array>
#include <utility>
#include <vector>

namespace postern::ingest::sql {

std::vector<std::span<const Token>> split_at_commas(std::span<const Token> tokens) {
  std::vector<std::span<const Token>> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is("(")) ++depth;
    if (tokens[i].is(")")) --depth;
    if (depth != 0 || !tokens[i].is(",")) continue;
    parts.push_back(tokens.subspan(begin, i - begin));
    begin = i + 1;
  }
  if (begin < tokens.size()) parts.push_back(tokens.subspan(begin));
  return parts;
}

std::string take_simple_name(Cursor& cursor) {
  const Token& token = cursor.peek();
  if (token.kind == TokenKind::symbol || token.kind == TokenKind::number) return {};
  cursor.skip();
  // Unquoted names mean the same in any case.
  return token.kind == TokenKind::word ? base::to_lower(token.text) : token.text;
}

std::string take_name(Cursor& cursor) {
  constexpr std::array<std::string_view, 3> k_usual = {"public", "dbo", "main"};
  std::vector<std::string> parts;
  std::string part = take_simple_name(cursor);
  while (!part.empty()) {
    parts.push_back(std::move(part));
    part.clear();
    if (!cursor.take(".")) break;
    cursor.take(".");  // DATABASE..TABLE
    part = take_simple_name(cursor);
  }
  if (parts.empty()) return {};
  if (parts.size() < 2) return parts.back();
  const std::string& schema = parts[parts.size() - 2];
  const bool usual =
      std::any_of(k_usual.begin(), k_usual.end(), [&](std::string_view name) { return base::equals_ignoring_case(schema, name); });
  return usual || schema.empty() ? parts.back() : schema + '.' + parts.back();
}

void skip_existence(Cursor& cursor) {
  if (!cursor.take_all({"IF", "NOT", "EXISTS"})) cursor.take_all({"IF", "EXISTS"});
}

}  // namespace postern::ingest::sql
