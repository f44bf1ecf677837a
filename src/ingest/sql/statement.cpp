// SPDX-License-Identifier: Apache-2.0
// CREATE, DROP, RENAME, COMMENT, GRANT, REVOKE, USE. ALTER TABLE has a file of its own.
#include <ingest/sql/alter.h>
#include <ingest/sql/column.h>
#include <ingest/sql/statement.h>
#include <postern/base/text.h>

#include <array>
#include <utility>

namespace postern::ingest::sql {
namespace {

struct Context {
  base::Symbol file;
  Schema& schema;
  Applied& applied;
};

/// Reads on from behind its keywords; true when it was what it looked like.
using Reader = bool (*)(Cursor& cursor, Context& context);

bool create_table(Cursor& cursor, Context& context, bool keep_present) {
  Table table;
  table.name = take_name(cursor);
  if (table.name.empty()) return false;
  // Parts of a partitioned table hold what that one declares.
  if (cursor.at("PARTITION")) return true;
  if (cursor.at("LIKE")) {
    cursor.skip();
    const std::string other = take_name(cursor);
    if (const Table* model = context.schema.find(other)) table.columns = model->columns;
  } else if (cursor.at("(")) {
    for (const std::span<const Token> item : split_at_commas(cursor.take_bracket())) {
      apply_item(item, context.file, context.schema, table);
    }
  }
  if (cursor.take("INHERITS") && cursor.at("(")) {
    Cursor parents(cursor.take_bracket());
    if (const Table* parent = context.schema.find(take_name(parents))) {
      for (const Column& column : parent->columns) {
        if (table.find(column.name) == nullptr) table.columns.push_back(column);
      }
    }
  }
  ++context.applied.definitions;
  ++context.applied.creations;
  if (!(keep_present && context.schema.find(table.name) != nullptr)) context.schema.put(std::move(table));
  return true;
}

bool create(Cursor& cursor, Context& context) {
  cursor.take_all({"OR", "REPLACE"});
  bool temporary = false;
  while (cursor.at_any({"GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "EXTERNAL", "FOREIGN", "COLUMN", "ROW", "MULTISET",
                        "VOLATILE", "PRIVATE", "IMMUTABLE", "SHARDED", "DUPLICATED"})) {
    temporary = temporary || cursor.at_any({"TEMP", "TEMPORARY", "VOLATILE"});
    cursor.skip();
  }
  if (cursor.take("TABLE")) {
    const bool keep_present = cursor.peek().is("IF");
    skip_existence(cursor);
    // Temporary tables of SQL Server begin with a number sign.
    if (temporary || cursor.peek().text.starts_with('#')) return true;
    return create_table(cursor, context, keep_present);
  }
  if (cursor.take("DATABASE")) {
    skip_existence(cursor);
    if (std::string name = take_simple_name(cursor); !name.empty()) context.schema.databases.insert(std::move(name));
    ++context.applied.definitions;
  }
  return true;
}

bool drop(Cursor& cursor, Context& context) {
  if (cursor.take("SCHEMA")) {
    skip_existence(cursor);
    context.schema.remove_all_of(take_simple_name(cursor));
    ++context.applied.definitions;
    return true;
  }
  if (!cursor.take("TABLE")) return true;
  skip_existence(cursor);
  ++context.applied.definitions;
  do {
    context.schema.remove(take_name(cursor));
  } while (cursor.take(","));
  return true;
}

/// RENAME TABLE a TO b, c TO d
bool rename(Cursor& cursor, Context& context) {
  if (!cursor.take("TABLE")) return false;
  do {
    const std::string from = take_name(cursor);
    if (!cursor.take("TO")) return false;
    context.schema.rename(from, take_name(cursor));
    ++context.applied.definitions;
  } while (cursor.take(","));
  return true;
}

/// COMMENT ON COLUMN table.column IS 'text'
bool comment(Cursor& cursor, Context& context) {
  if (!cursor.take_all({"ON", "COLUMN"})) return false;
  const std::size_t begin = cursor.position();
  std::size_t parts = 0;
  while (!take_simple_name(cursor).empty() && cursor.take(".")) ++parts;
  if (parts == 0 || !cursor.take("IS")) return false;
  const std::string text = cursor.peek().text;
  cursor.rewind(begin);
  // All parts but the last name the table.
  std::string table;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::string part = take_simple_name(cursor);
    cursor.skip();
    const bool usual = i + 1 < parts && (part == "public" || part == "dbo");
    if (!usual) table += (table.empty() ? "" : ".") + part;
  }
  const std::string name = take_simple_name(cursor);
  ++context.applied.definitions;
  Table* found = context.schema.find(table);
  if (Column* column = found == nullptr ? nullptr : found->find(name)) column->comment = text;
  return true;
}

std::set<std::string> take_rights(Cursor& cursor) {
  std::set<std::string> rights;
  while (!cursor.done() && !cursor.at("ON") && !cursor.at_any({"TO", "FROM"})) {
    if (cursor.at("(")) {
      cursor.take_bracket();
      continue;
    }
    if (cursor.peek().kind == TokenKind::word && !cursor.at("PRIVILEGES")) {
      std::string right;
      for (const char c : cursor.peek().text) right += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
      rights.insert(std::move(right));
    }
    cursor.skip();
  }
  return rights;
}

/// GRANT rights ON [TABLE] a, b TO role, role; rights on anything else than tables are passed over.
bool change_rights(Cursor& cursor, Context& context, bool gives) {
  cursor.take_all({"GRANT", "OPTION", "FOR"});
  const std::set<std::string> rights = take_rights(cursor);
  if (!cursor.take("ON")) return false;
  if (cursor.at_any({"SCHEMA", "DATABASE", "SEQUENCE", "FUNCTION", "PROCEDURE", "TYPE", "LANGUAGE", "DOMAIN", "FOREIGN"}))
    return true;
  cursor.take("OBJECT");
  if (cursor.at(":")) cursor.skip(2);
  if (cursor.at("ALL") && !cursor.take_all({"ALL", "TABLES", "IN", "SCHEMA"})) return true;
  cursor.take("TABLE");
  std::vector<std::string> tables;
  do {
    std::string table;
    while (!cursor.done() && !cursor.at(",") && !cursor.at("TO") && !cursor.at("FROM")) {
      table += cursor.peek().kind == TokenKind::word ? base::to_lower(cursor.peek().text) : cursor.peek().text;
      cursor.skip();
    }
    tables.push_back(std::move(table));
  } while (cursor.take(","));
  if (!cursor.take("TO") && !cursor.take("FROM")) return false;
  do {
    const std::string role = cursor.peek().text;
    const base::Location place{context.file, cursor.peek().line, cursor.peek().column};
    cursor.skip();
    if (cursor.peek().text.starts_with('@')) cursor.skip(2);  // 'user'@'host'
    for (const std::string& table : tables) {
      if (gives) {
        context.schema.grant({table, role, rights, place});
      } else {
        context.schema.revoke(table, role, rights);
      }
    }
  } while (cursor.take(","));
  ++context.applied.definitions;
  return true;
}

bool grant(Cursor& cursor, Context& context) { return change_rights(cursor, context, true); }
bool revoke(Cursor& cursor, Context& context) { return change_rights(cursor, context, false); }

bool use(Cursor& cursor, Context& context) {
  if (std::string name = take_simple_name(cursor); !name.empty()) context.schema.databases.insert(std::move(name));
  return true;
}

/// EXEC sp_rename 'table.column', 'new name', 'COLUMN'
bool execute(Cursor& cursor, Context& context) {
  cursor.take_all({"SYS", "."});
  if (!cursor.take("SP_RENAME")) return false;
  std::vector<std::string> texts;
  while (!cursor.done() && texts.size() < 3) {
    if (cursor.peek().kind == TokenKind::text) texts.push_back(cursor.peek().text);
    cursor.skip();
  }
  if (texts.size() < 2) return false;
  std::string from = texts[0];
  std::erase_if(from, [](char c) { return c == '[' || c == ']'; });
  if (base::to_lower(from).starts_with("dbo.")) from.erase(0, 4);
  ++context.applied.definitions;
  const bool is_column = texts.size() == 3 && base::equals_ignoring_case(texts[2], "column");
  const std::size_t dot = from.rfind('.');
  if (!is_column) {
    context.schema.rename(from, texts[1]);
  } else if (dot != std::string::npos) {
    Table* table = context.schema.find(from.substr(0, dot));
    if (Column* column = table == nullptr ? nullptr : table->find(from.substr(dot + 1))) column->name = texts[1];
  }
  return true;
}

struct Verb {
  std::string_view word;
  Reader read;
};
constexpr std::array k_verbs = {Verb{"CREATE", create},   Verb{"DROP", drop},    Verb{"RENAME", rename},
                                Verb{"COMMENT", comment}, Verb{"GRANT", grant},  Verb{"REVOKE", revoke},
                                Verb{"USE", use},         Verb{"EXEC", execute}, Verb{"EXECUTE", execute}};

/// Where the alteration ends that begins at `begin`: the next definition that stands without an end mark between them.
std::size_t end_of_alteration(const Tokens& tokens, std::size_t begin) {
  int depth = 0;
  for (std::size_t i = begin + 2; i < tokens.size(); ++i) {
    if (tokens[i].is("(")) ++depth;
    if (tokens[i].is(")")) --depth;
    const bool starts = tokens[i].is("CREATE") || (tokens[i].is("ALTER") && i + 1 < tokens.size() && tokens[i + 1].is("TABLE")) ||
                        tokens[i].is("EXEC") || tokens[i].is("GO");
    if (depth == 0 && starts) return i;
  }
  return tokens.size();
}

}  // namespace

void apply(const Tokens& tokens, base::Symbol file, Schema& schema, Applied& applied) {
  Context context{file, schema, applied};
  const std::span<const Token> all(tokens);
  for (std::size_t at = 0; at < tokens.size();) {
    if (tokens[at].is("ALTER") && at + 1 < tokens.size() && tokens[at + 1].is("TABLE")) {
      const std::size_t end = end_of_alteration(tokens, at);
      const std::span<const Token> one = all.subspan(at, end - at);
      ++applied.definitions;
      if (!alter_table(one.subspan(2), file, schema)) applied.postponed.emplace_back(one.begin(), one.end());
      at = end;
      continue;
    }
    std::size_t next = at + 1;
    for (const Verb& verb : k_verbs) {
      // Only CREATE and DROP TABLE are looked for inside of a statement (IF ... BEGIN CREATE TABLE): the others begin one.
      const bool inside = verb.word == "CREATE" || verb.word == "DROP" || verb.word == "EXEC";
      if (!tokens[at].is(verb.word) || (at != 0 && !inside)) continue;
      Cursor cursor(all.subspan(at + 1));
      if (verb.read(cursor, context)) next = at + 1 + cursor.position();
      break;
    }
    at = next;
  }
}

}  // namespace postern::ingest::sql
