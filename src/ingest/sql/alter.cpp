// SPDX-License-Identifier: Apache-2.0
// One function an action; actions are separated by commas, and those without a verb of their own repeat the one before.
#include <ingest/sql/alter.h>
#include <ingest/sql/column.h>

#include <optional>
#include <string>
#include <utility>

namespace postern::ingest::sql {
namespace {

enum class Verb { none, add, drop };

struct Alteration {
  Schema& schema;
  base::Symbol file;
  std::string table;
  Verb last = Verb::none;  ///< what an action without a verb repeats

  [[nodiscard]] Table* found() const { return schema.find(table); }
};

void add_column(std::span<const Token> tokens, const Alteration& alteration) {
  Table* table = alteration.found();
  Cursor cursor(tokens);
  if (table == nullptr) return;
  apply_item(tokens, alteration.file, alteration.schema, *table);
}

std::span<const Token> rest(std::span<const Token> tokens, const Cursor& cursor) { return tokens.subspan(cursor.position()); }

/// ADD [COLUMN] definition, ADD (definition, definition), ADD CONSTRAINT...
void add(std::span<const Token> tokens, Cursor& cursor, const Alteration& alteration) {
  cursor.take("COLUMN");
  const std::size_t before = cursor.position();
  skip_existence(cursor);
  const bool exists_clause = cursor.position() != before;
  if (cursor.at("(")) {
    for (const std::span<const Token> item : split_at_commas(cursor.take_bracket())) add_column(item, alteration);
    return;
  }
  Table* table = alteration.found();
  Cursor name = cursor;
  const std::string column = take_simple_name(name);
  if (exists_clause && table != nullptr && table->find(column) != nullptr) return;
  add_column(rest(tokens, cursor), alteration);
}

/// DROP [COLUMN] name; constraints and indexes are passed over.
void drop(Cursor& cursor, const Alteration& alteration) {
  const bool says_column = cursor.take("COLUMN");
  if (!says_column &&
      cursor.at_any({"CONSTRAINT", "PRIMARY", "FOREIGN", "INDEX", "KEY", "CHECK", "DEFAULT", "PARTITION", "UNIQUE", "PERIOD"}))
    return;
  skip_existence(cursor);
  Table* table = alteration.found();
  if (table == nullptr) return;
  if (cursor.at("(")) {
    for (const std::span<const Token> part : split_at_commas(cursor.take_bracket())) {
      Cursor item(part);
      table->remove(take_simple_name(item));
    }
    return;
  }
  table->remove(take_simple_name(cursor));
}

void rename(Cursor& cursor, Alteration& alteration) {
  if (cursor.at_any({"CONSTRAINT", "INDEX", "KEY"})) return;
  const bool says_column = cursor.take("COLUMN");
  if (!says_column && (cursor.take("TO") || cursor.take("AS"))) {
    const std::string to = take_name(cursor);
    alteration.schema.rename(alteration.table, to);
    alteration.table = to;
    return;
  }
  const std::string from = take_simple_name(cursor);
  if (!cursor.take("TO")) {
    if (!says_column && cursor.done()) alteration.schema.rename(alteration.table, from);
    return;
  }
  Table* table = alteration.found();
  if (Column* column = table == nullptr ? nullptr : table->find(from)) column->name = take_simple_name(cursor);
}

/// ALTER [COLUMN] name TYPE t | SET NOT NULL | DROP NOT NULL | SET DEFAULT v | DROP DEFAULT | (SQL Server) t [NOT NULL]
void alter_column(std::span<const Token> tokens, Cursor& cursor, const Alteration& alteration) {
  if (cursor.at_any({"CONSTRAINT", "INDEX"})) return;
  cursor.take("COLUMN");
  const std::size_t begin = cursor.position();
  Table* table = alteration.found();
  Column* column = table == nullptr ? nullptr : table->find(take_simple_name(cursor));
  if (column == nullptr) return;
  if (cursor.take("TYPE") || cursor.take_all({"SET", "DATA", "TYPE"})) {
    column->type = take_type(cursor);
  } else if (cursor.take_all({"SET", "NOT", "NULL"})) {
    column->not_null = true;
  } else if (cursor.take_all({"DROP", "NOT", "NULL"})) {
    column->not_null = false;
  } else if (cursor.take_all({"SET", "DEFAULT"})) {
    column->default_value = take_value(cursor);
  } else if (cursor.take_all({"DROP", "DEFAULT"})) {
    column->default_value.clear();
  } else if (!cursor.at_any({"SET", "DROP", "RESET", "ADD", "RESTART"})) {
    if (auto read = read_column(tokens.subspan(begin), alteration.file)) {
      column->type = read->type;
      column->not_null = read->not_null;
    }
  }
}

/// The definition that replaces a column of MySQL or Oracle; Oracle leaves out what stays.
void redefine(std::span<const Token> tokens, const Alteration& alteration, std::optional<std::string> old_name) {
  auto read = read_column(tokens, alteration.file);
  Table* table = alteration.found();
  if (!read || table == nullptr) return;
  Column* column = table->find(old_name ? *old_name : read->name);
  if (column == nullptr) return;
  if (read->type.empty()) read->type = column->type;
  read->primary_key = column->primary_key || read->primary_key;
  if (read->references.empty()) read->references = column->references;
  if (read->comment.empty()) read->comment = column->comment;
  *column = std::move(*read);
}

void modify(std::span<const Token> tokens, Cursor& cursor, const Alteration& alteration) {
  cursor.take("COLUMN");
  skip_existence(cursor);
  if (!cursor.at("(")) {
    redefine(rest(tokens, cursor), alteration, std::nullopt);
    return;
  }
  for (const std::span<const Token> item : split_at_commas(cursor.take_bracket())) redefine(item, alteration, std::nullopt);
}

void change(std::span<const Token> tokens, Cursor& cursor, const Alteration& alteration) {
  cursor.take("COLUMN");
  skip_existence(cursor);
  std::string old_name = take_simple_name(cursor);
  redefine(rest(tokens, cursor), alteration, std::move(old_name));
}

/// One action; true while the table is still called the same.
void act(std::span<const Token> tokens, Alteration& alteration) {
  Cursor cursor(tokens);
  if (cursor.take("WITH")) cursor.skip();  // WITH CHECK ADD CONSTRAINT
  if (cursor.take("ADD")) {
    alteration.last = Verb::add;
    add(tokens, cursor, alteration);
  } else if (cursor.take("DROP")) {
    alteration.last = Verb::drop;
    drop(cursor, alteration);
  } else if (cursor.take("RENAME")) {
    rename(cursor, alteration);
  } else if (cursor.take("ALTER")) {
    alter_column(tokens, cursor, alteration);
  } else if (cursor.take("MODIFY")) {
    modify(tokens, cursor, alteration);
  } else if (cursor.take("CHANGE")) {
    change(tokens, cursor, alteration);
  } else if (cursor.at_any({"SET", "OWNER", "ENABLE", "DISABLE", "ENGINE", "COMMENT", "CHECK", "CLUSTER", "ATTACH", "DETACH",
                            "INHERIT", "REPLICA", "CONVERT", "DEFAULT", "AUTO_INCREMENT", "VALIDATE", "NO", "FORCE"})) {
    return;
  } else if (alteration.last == Verb::add) {
    add_column(tokens, alteration);
  } else if (alteration.last == Verb::drop) {
    drop(cursor, alteration);
  }
}

}  // namespace

bool alter_table(std::span<const Token> tokens, base::Symbol file, Schema& schema) {
  Cursor cursor(tokens);
  const bool may_be_missing = cursor.at("IF");
  skip_existence(cursor);
  cursor.take("ONLY");
  Alteration alteration{schema, file, take_name(cursor)};
  cursor.take("*");
  if (alteration.found() == nullptr) return may_be_missing;
  for (const std::span<const Token> action : split_at_commas(tokens.subspan(cursor.position()))) act(action, alteration);
  return true;
}

}  // namespace postern::ingest::sql
