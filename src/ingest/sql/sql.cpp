// SPDX-License-Identifier: Apache-2.0
// From series of scripts to facts.
#include <ingest/codes.h>
#include <ingest/sql/series.h>
#include <ingest/sql/sql.h>
#include <ingest/sql/statement.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::sql {
namespace {

using base::Symbol;

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

class SeriesReader {
 public:
  SeriesReader(const SourceFiles& files, const Series& series, base::DiagnosticSink& sink)
      : m_files(files), m_series(series), m_sink(sink) {}

  std::vector<ProjectFile> read() {
    for (const std::size_t index : m_series.files) read_script(index);
    retry_postponed();
    std::vector<ProjectFile> result;
    for (const std::size_t index : m_series.files) {
      result.push_back({index, m_failed.contains(index), {}});
    }
    if (!m_schema.tables().empty()) result.front().facts.emplace_back(make_entity());
    return result;
  }

 private:
  /// A script that only takes tables away, among scripts without versions, clears the ground before or after: it is no step.
  [[nodiscard]] bool only_clears(const std::vector<Tokens>& statements) const {
    return !statements.empty() && std::all_of(statements.begin(), statements.end(), [](const Tokens& statement) {
      return statement.front().is("DROP") || statement.front().is("USE") || statement.front().is("REVOKE");
    });
  }

  void read_script(std::size_t index) {
    const SourceFile& source = m_files[index];
    const Symbol file(source.path);
    std::vector<Tokens> statements;
    StatementReader reader(source.bytes);
    for (Tokens statement; reader.next(statement);) statements.push_back(std::move(statement));
    if (reader.cut_off()) {
      m_failed.insert(index);
      m_sink.error(std::string(code::k_sql_cut_off), {file, reader.cut_off_line(), 0},
                   "a quote or comment begins here and never ends: the rest of the script is not read",
                   "close it, or exclude the file if it is no script");
    }
    note_dialect(source.bytes);
    const bool versioned = file_holds_digit(source.path);
    if (!versioned && only_clears(statements)) return;
    Applied applied;
    for (const Tokens& statement : statements) apply(statement, file, m_schema, applied);
    for (Tokens& statement : applied.postponed) m_postponed.emplace_back(file, std::move(statement));
  }

  [[nodiscard]] static bool file_holds_digit(std::string_view path) {
    const std::string_view name = base::file_name(path);
    return std::any_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  /// Scripts without numbers are applied in the order of their names, which need not be the right one.
  void retry_postponed() {
    for (auto& [file, statement] : m_postponed) {
      Applied applied;
      apply(statement, file, m_schema, applied);
      if (applied.postponed.empty()) continue;
      const Token& first = statement.front();
      std::string name;
      for (std::size_t i = 2; i < std::min<std::size_t>(statement.size(), 5); ++i) name += (i == 2 ? "" : " ") + statement[i].text;
      m_sink.warning(std::string(code::k_sql_unknown_table), {file, first.line, first.column},
                     "alters a table that no script of '" + m_series.name + "' creates: " + name,
                     "give Postern all scripts of the series, from the first on");
    }
  }

  void note_dialect(std::string_view text) {
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

  model::EntityFact make_entity() {
    namespace attribute = model::attribute;
    model::EntityFact entity;
    // Where no folder tells whose the scripts are, the only database that they name does.
    const bool by_database = m_series.folder.empty() && m_schema.databases.size() == 1;
    const std::string& name = by_database ? *m_schema.databases.begin() : m_series.name;
    entity.address = Symbol("schemas/" + name);
    entity.kind = model::EntityKind::datastore;
    entity.name = Symbol(name);
    entity.location = {Symbol(m_files[m_series.files.front()].path), 1, 1};
    const auto add = [&](const model::AttributeDefinition& definition, model::AttributeValue value, base::Location location,
                         Symbol key = {}) {
      entity.attributes.push_back({&definition, {}, key, std::move(value), location});
    };
    add(attribute::resource_type, Symbol("sql-schema"), entity.location);
    if (!m_engine.empty()) add(attribute::engine, Symbol(m_engine), entity.location);
    std::size_t columns = 0;
    for (const auto& [key, table] : m_schema.tables()) {
      for (const Column& column : table.columns) {
        if (++columns > k_most_columns) break;
        add(attribute::column, Symbol(to_string(column)), column.location, Symbol(table.name + '.' + column.name));
      }
    }
    add_rights(entity);
    std::string databases;
    for (const std::string& database : m_schema.databases) databases += (databases.empty() ? "" : ", ") + database;
    if (!databases.empty()) add(attribute::settings, Symbol(databases), entity.location, Symbol("databases"));
    return entity;
  }

  /// What each role may do with which table.
  void add_rights(model::EntityFact& entity) const {
    std::map<std::string, std::pair<std::set<std::string>, base::Location>> by_role;
    for (const Grant& grant : m_schema.grants()) {
      std::string text;
      for (const std::string& right : grant.rights) text += (text.empty() ? "" : ",") + right;
      auto& [rights, place] = by_role.try_emplace(grant.role, std::set<std::string>(), grant.location).first->second;
      rights.insert(text + " on " + grant.table);
    }
    for (const auto& [role, said] : by_role) {
      model::TextList rights(said.first.begin(), said.first.end());
      entity.attributes.push_back({&model::attribute::grants, {}, Symbol(role), std::move(rights), said.second});
    }
  }

  const SourceFiles& m_files;
  const Series& m_series;
  base::DiagnosticSink& m_sink;
  Schema m_schema;
  std::string m_engine;
  std::set<std::size_t> m_failed;
  std::vector<std::pair<Symbol, Tokens>> m_postponed;
};

}  // namespace

bool wants_sql(std::string_view path) { return is_script(path); }

std::vector<ProjectFile> read_sql(const SourceFiles& files, const ProjectSettings&, base::DiagnosticSink& sink) {
  std::vector<ProjectFile> result;
  for (const Series& series : find_series(files)) {
    std::vector<ProjectFile> read = SeriesReader(files, series, sink).read();
    std::move(read.begin(), read.end(), std::back_inserter(result));
  }
  // Scripts that take back or test what others do say nothing about what there is.
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (is_script(files[i].path) && role_of(files.below_root(files[i].path)) != ScriptRole::applied)
      result.push_back({i, false, {}});
  }
  std::sort(result.begin(), result.end(), [](const ProjectFile& a, const ProjectFile& b) { return a.file < b.file; });
  return result;
}

}  // namespace postern::ingest::sql
