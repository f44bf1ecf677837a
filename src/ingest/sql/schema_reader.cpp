// SPDX-License-Identifier: Apache-2.0
// Scripts, one after the other -> the entity of the schema that they leave behind.
#include <ingest/codes.h>
#include <ingest/sql/schema_reader.h>
#include <ingest/sql/statement.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace postern::ingest::sql {
namespace {

using base::Symbol;
namespace attribute = model::attribute;

/// A schema with more columns is no hand-written one; the rest is cut off with a word.
constexpr std::size_t k_most_columns = 200'000;

/// Words that only one product's scripts hold, and how that product is called.
struct DialectMark {
  std::string_view mark;  ///< lower case
  std::string_view engine;
};
constexpr std::array k_marks = {
    DialectMark{"auto_increment", "mysql"},
    DialectMark{"engine=innodb", "mysql"},
    DialectMark{"engine = innodb", "mysql"},
    DialectMark{"identified by", "mysql"},
    DialectMark{"nvarchar(", "sqlserver"},
    DialectMark{"identity(1", "sqlserver"},
    DialectMark{"[dbo].", "sqlserver"},
    DialectMark{"uniqueidentifier", "sqlserver"},
    DialectMark{"varchar2(", "oracle"},
    DialectMark{"number(", "oracle"},
    DialectMark{"autoincrement", "sqlite"},
    DialectMark{"pragma ", "sqlite"},
    DialectMark{"bytea", "postgres"},
    DialectMark{"jsonb", "postgres"},
    DialectMark{"timestamptz", "postgres"},
    DialectMark{"bigserial", "postgres"},
    DialectMark{" serial", "postgres"},
    DialectMark{"create extension", "postgres"},
    DialectMark{"do instead", "postgres"},
    DialectMark{"plpgsql", "postgres"},
    DialectMark{"timestamp with time zone", "postgres"},
    DialectMark{"by default as identity", "postgres"},
};

/// A script that only takes tables away, among scripts without versions, clears the ground before or after: it is no step.
bool only_clears(const std::vector<Tokens>& statements) {
  return !statements.empty() && std::all_of(statements.begin(), statements.end(), [](const Tokens& statement) {
    return statement.front().is("DROP") || statement.front().is("USE") || statement.front().is("REVOKE");
  });
}

}  // namespace

bool SchemaReader::add(const Script& script) {
  const std::uint32_t shift = script.first_line - 1;
  std::vector<Tokens> statements;
  StatementReader reader(script.text);
  for (Tokens statement; reader.next(statement);) {
    for (Token& token : statement) token.line += shift;
    statements.push_back(std::move(statement));
  }
  if (reader.cut_off()) {
    m_sink.error(std::string(code::k_sql_cut_off), {script.file, reader.cut_off_line() + shift, 0},
                 "a quote or comment begins here and never ends: the rest of the script is not read",
                 "close it, or exclude the file if it is no script");
  }
  note_dialect(script.text);
  if (script.versioned || !only_clears(statements)) {
    Applied applied;
    for (const Tokens& statement : statements) apply(statement, script.file, m_schema, applied);
    for (Tokens& statement : applied.postponed) m_postponed.emplace_back(script.file, std::move(statement));
  }
  return !reader.cut_off();
}

/// Scripts without numbers are applied in the order of their names, which need not be the right one.
void SchemaReader::finish() {
  for (auto& [file, statement] : m_postponed) {
    Applied applied;
    apply(statement, file, m_schema, applied);
    if (applied.postponed.empty()) continue;
    const Token& first = statement.front();
    std::string name;
    for (std::size_t i = 2; i < std::min<std::size_t>(statement.size(), 5); ++i) name += (i == 2 ? "" : " ") + statement[i].text;
    m_sink.warning(std::string(code::k_sql_unknown_table), {file, first.line, first.column},
                   "alters a table that no script of '" + m_name + "' creates: " + name,
                   "give Postern all scripts of the series, from the first on");
  }
}

void SchemaReader::note_dialect(std::string_view text) {
  if (!m_engine.empty()) return;
  const std::string lower = base::to_lower(text);
  std::size_t first = std::string::npos;
  for (const DialectMark& row : k_marks) {
    const std::size_t at = lower.find(row.mark);
    if (at == std::string::npos || at >= first) continue;
    first = at;
    m_engine = row.engine;
  }
}

model::EntityFact SchemaReader::entity(const std::string& name, base::Location location) const {
  model::EntityFact entity;
  entity.address = Symbol("schemas/" + name);
  entity.kind = model::EntityKind::datastore;
  entity.name = Symbol(name);
  entity.location = location;
  entity.attributes.push_back({&attribute::resource_type, {}, {}, Symbol("sql-schema"), location});
  if (!m_engine.empty()) entity.attributes.push_back({&attribute::engine, {}, {}, Symbol(m_engine), location});
  add_columns(entity);
  add_rights(entity);
  std::string databases;
  for (const std::string& database : m_schema.databases) databases += (databases.empty() ? "" : ", ") + database;
  if (!databases.empty()) entity.attributes.push_back({&attribute::settings, {}, Symbol("databases"), Symbol(databases), location});
  return entity;
}

void SchemaReader::add_columns(model::EntityFact& entity) const {
  std::size_t columns = 0;
  for (const auto& [key, table] : m_schema.tables()) {
    for (const Column& column : table.columns) {
      if (++columns > k_most_columns) return;
      entity.attributes.push_back(
          {&attribute::column, {}, Symbol(table.name + '.' + column.name), Symbol(to_string(column)), column.location});
    }
  }
}

/// What each role may do with which table.
void SchemaReader::add_rights(model::EntityFact& entity) const {
  std::map<std::string, std::pair<std::set<std::string>, base::Location>> by_role;
  for (const Grant& grant : m_schema.grants()) {
    std::string text;
    for (const std::string& right : grant.rights) text += (text.empty() ? "" : ",") + right;
    auto& [rights, place] = by_role.try_emplace(grant.role, std::set<std::string>(), grant.location).first->second;
    rights.insert(text + " on " + grant.table);
  }
  for (const auto& [role, said] : by_role) {
    model::TextList rights(said.first.begin(), said.first.end());
    entity.attributes.push_back({&attribute::grants, {}, Symbol(role), std::move(rights), said.second});
  }
}

}  // namespace postern::ingest::sql
