// SPDX-License-Identifier: Apache-2.0
// Reads definitions of columns of any dialect.
#include <ingest/sql/column.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::sql {
namespace {

/// Words after which a type has ended.
constexpr std::array<std::string_view, 33> k_after_type = {
    "NOT",     "NULL",        "DEFAULT",    "PRIMARY",    "UNIQUE",    "REFERENCES", "CHECK", "CONSTRAINT", "COLLATE",
    "COMMENT", "GENERATED",   "IDENTITY",   "AS",         "ON",        "KEY",        "FIRST", "AFTER",      "AUTO_INCREMENT",
    "STORED",  "VIRTUAL",     "SPARSE",     "ROWGUIDCOL", "ENABLE",    "DISABLE",    "USING", "ENCODE",     "AUTOINCREMENT",
    "STORAGE", "COMPRESSION", "DEFERRABLE", "INITIALLY",  "INVISIBLE", "VISIBLE"};
constexpr std::array<std::string_view, 36> k_types = {
    "VARCHAR",  "CHAR",       "TEXT",     "INT",      "INTEGER",   "BIGINT",    "SMALLINT", "TINYINT",   "BOOLEAN",
    "BOOL",     "DATE",       "DATETIME", "UUID",     "JSON",      "JSONB",     "BYTEA",    "BLOB",      "NUMERIC",
    "DECIMAL",  "NUMBER",     "VARCHAR2", "NVARCHAR", "NCHAR",     "FLOAT",     "DOUBLE",   "REAL",      "MEDIUMINT",
    "LONGTEXT", "MEDIUMTEXT", "CLOB",     "SERIAL",   "CHARACTER", "TIMESTAMP", "ENUM",     "NVARCHAR2", "VARBINARY"};
constexpr std::array<std::string_view, 12> k_constraints = {"CONSTRAINT", "PRIMARY", "FOREIGN",  "UNIQUE",  "CHECK", "EXCLUDE",
                                                            "KEY",        "INDEX",   "FULLTEXT", "SPATIAL", "LIKE",  "PERIOD"};

template <std::size_t Count>
bool is_one_of(const Token& token, const std::array<std::string_view, Count>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return token.is(word); });
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

/// Texts may be anything, so they are not shown.
std::string shown(const Token& token) {
  if (token.kind == TokenKind::text) return "'...'";
  return token.kind == TokenKind::quoted ? token.text : upper(token.text);
}

/// Joins tokens as people write types: `NUMERIC(10, 2)`, `DOUBLE PRECISION`, `TEXT[]`.
void append(std::string& text, const Token& token) {
  const std::string part = shown(token);
  const bool glued = part == "(" || part == ")" || part == "," || part == "[" || part == "]" || part == "." || part == ":" ||
                     text.empty() || text.back() == '(' || text.back() == '[' || text.back() == '.' || text.back() == ':';
  if (!glued) text += ' ';
  text += part;
  if (part == ",") text += ' ';
  if (text.ends_with(",  ")) text.pop_back();
}

void append_bracket(std::string& text, Cursor& cursor) {
  const std::span<const Token> inner = cursor.take_bracket();
  text += '(';
  std::string list;
  for (const Token& token : inner) append(list, token);
  while (list.find(",  ") != std::string::npos) list.erase(list.find(",  ") + 1, 1);
  text += list + ')';
}

std::string take_reference(Cursor& cursor) {
  std::string text = take_name(cursor);
  if (!cursor.at("(")) return text;
  Cursor inner(cursor.take_bracket());
  return text + '(' + take_simple_name(inner) + ')';
}

/// GENERATED ALWAYS AS IDENTITY, AUTO_INCREMENT, IDENTITY(1, 1): how values come about.
bool take_generation(Cursor& cursor, Column& column) {
  if (cursor.at_any({"AUTO_INCREMENT", "AUTOINCREMENT"})) {
    column.generated = upper(cursor.peek().text);
    cursor.skip();
    return true;
  }
  if (cursor.take("IDENTITY")) {
    column.generated = "IDENTITY";
    if (cursor.at("(")) append_bracket(column.generated, cursor);
    return true;
  }
  if (!cursor.at("GENERATED")) return false;
  while (!cursor.done() && !cursor.at("(") && !cursor.at_any({"PRIMARY", "NOT", "NULL", "UNIQUE", "COMMENT", "CHECK"})) {
    append(column.generated, cursor.peek());
    cursor.skip();
  }
  if (cursor.at("(")) cursor.take_bracket();
  return true;
}

void take_constraint(Cursor& cursor, Column& column) {
  if (cursor.take_all({"NOT", "NULL"})) {
    column.not_null = true;
  } else if (cursor.take_all({"PRIMARY", "KEY"})) {
    column.primary_key = true;
  } else if (cursor.take("UNIQUE")) {
    column.unique = true;
    cursor.take("KEY");
  } else if (cursor.take("REFERENCES")) {
    column.references = take_reference(cursor);
  } else if (cursor.take("DEFAULT")) {
    column.default_value = take_value(cursor);
  } else if (cursor.take("COMMENT")) {
    column.comment = cursor.peek().text;
    cursor.skip();
  } else if (cursor.take("CONSTRAINT")) {
    (void)take_simple_name(cursor);
  } else if (cursor.take("ON")) {
    // ON DELETE SET NULL, ON UPDATE CURRENT_TIMESTAMP: says nothing about what is held
    cursor.skip();
    if (!cursor.take_all({"SET", "NULL"}) && !cursor.take_all({"SET", "DEFAULT"}) && !cursor.take_all({"NO", "ACTION"}))
      cursor.skip();
  } else if (!take_generation(cursor, column)) {
    if (cursor.at("(")) {
      cursor.take_bracket();
    } else {
      cursor.skip();
    }
  }
}

std::vector<std::string> names_in(std::span<const Token> tokens) {
  std::vector<std::string> names;
  for (const std::span<const Token> part : split_at_commas(tokens)) {
    Cursor cursor(part);
    names.push_back(take_simple_name(cursor));
  }
  return names;
}

/// `LIKE other`: the columns of the other table.
void copy_columns(std::string_view name, const Schema& schema, Table& table) {
  const auto other = schema.tables().find(base::to_lower(name));
  if (other == schema.tables().end()) return;
  for (const Column& column : other->second.columns) table.put(column);
}

}  // namespace

std::string take_type(Cursor& cursor) {
  std::string text;
  while (!cursor.done() && !cursor.at(",")) {
    const Token& token = cursor.peek();
    // CHARACTER SET utf8 of MySQL is no part of the type
    if (cursor.take_all({"CHARACTER", "SET"}) || cursor.take("CHARSET")) {
      cursor.take("=");
      cursor.skip();
      continue;
    }
    if (token.kind == TokenKind::word && is_one_of(token, k_after_type) && !text.empty()) break;
    if (token.kind == TokenKind::word && is_one_of(token, k_after_type) && !token.is("KEY")) break;
    if (cursor.at("(")) {
      append_bracket(text, cursor);
    } else if (token.kind == TokenKind::text || cursor.at("=") || cursor.at(")")) {
      break;
    } else {
      append(text, token);
      cursor.skip();
    }
  }
  return text;
}

std::string take_value(Cursor& cursor) {
  std::string text;
  const auto take_one = [&] {
    append(text, cursor.peek());
    cursor.skip();
  };
  if (cursor.at("(")) {
    append_bracket(text, cursor);
    return text;
  }
  if (cursor.at("-") || cursor.at("+")) take_one();
  if (!cursor.done()) take_one();
  // Calls and casts: now(), 'x'::text, NEXT VALUE FOR ..., CURRENT_TIMESTAMP ON UPDATE...
  while (!cursor.done()) {
    if (cursor.at("(")) {
      append_bracket(text, cursor);
    } else if (cursor.at(".")) {
      take_one();
      take_one();
    } else if (cursor.at(":") && cursor.peek(1).is(":")) {
      cursor.skip(2);
      (void)take_type(cursor);  // what the database adds when it writes a default down
    } else {
      break;
    }
  }
  return text;
}

std::optional<Column> read_column(std::span<const Token> tokens, base::Symbol file) {
  Cursor cursor(tokens);
  if (tokens.empty()) return std::nullopt;
  Column column;
  column.location = {file, tokens.front().line, tokens.front().column};
  column.name = take_simple_name(cursor);
  if (column.name.empty()) return std::nullopt;
  column.type = take_type(cursor);
  while (!cursor.done()) take_constraint(cursor, column);
  return column;
}

bool is_table_constraint(const Cursor& cursor) {
  if (cursor.peek().kind != TokenKind::word || !is_one_of(cursor.peek(), k_constraints)) return false;
  // Columns may be called `key`, `index`, `like`, `period`: then a type follows, or nothing.
  const bool may_be_name = cursor.at_any({"KEY", "INDEX", "LIKE", "PERIOD", "CHECK", "UNIQUE"});
  const Token& next = cursor.peek(1);
  return !may_be_name || !(next.kind == TokenKind::word && is_one_of(next, k_types));
}

void apply_table_constraint(std::span<const Token> tokens, Table& table) {
  Cursor cursor(tokens);
  if (cursor.take("CONSTRAINT") && !cursor.at_any({"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})) (void)take_simple_name(cursor);
  const bool primary = cursor.take_all({"PRIMARY", "KEY"});
  const bool foreign = !primary && cursor.take_all({"FOREIGN", "KEY"});
  const bool unique = !primary && !foreign && cursor.take("UNIQUE");
  if (!primary && !foreign && !unique) return;
  while (!cursor.done() && !cursor.at("(")) cursor.skip();
  const std::vector<std::string> names = names_in(cursor.take_bracket());
  std::string references;
  if (foreign && cursor.take("REFERENCES")) references = take_reference(cursor);
  for (const std::string& name : names) {
    Column* column = table.find(name);
    if (column == nullptr) continue;
    column->primary_key = column->primary_key || primary;
    column->unique = column->unique || (unique && names.size() == 1);
    if (foreign && names.size() == 1) column->references = references;
  }
}

void apply_item(std::span<const Token> tokens, base::Symbol file, const Schema& schema, Table& table) {
  Cursor cursor(tokens);
  if (!is_table_constraint(cursor)) {
    if (auto column = read_column(tokens, file)) table.put(std::move(*column));
  } else if (cursor.take("LIKE")) {
    copy_columns(take_name(cursor), schema, table);
  } else {
    apply_table_constraint(tokens, table);
  }
}

}  // namespace postern::ingest::sql
