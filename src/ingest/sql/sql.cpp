// SPDX-License-Identifier: Apache-2.0
// From series of scripts to facts.
#include <ingest/sql/schema_reader.h>
#include <ingest/sql/series.h>
#include <ingest/sql/sql.h>
#include <postern/base/path.h>

#include <algorithm>
#include <utility>

namespace postern::ingest::sql {
namespace {

using base::Symbol;

bool file_holds_digit(std::string_view path) {
  const std::string_view name = base::file_name(path);
  return std::any_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<ProjectFile> read_series(const SourceFiles& files, const Series& series, base::DiagnosticSink& sink) {
  SchemaReader reader(series.name, sink);
  std::vector<ProjectFile> result;
  for (const std::size_t index : series.files) {
    const SourceFile& file = files[index];
    const bool whole = reader.add({file.bytes, Symbol(file.path), 1, file_holds_digit(file.path)});
    result.push_back({index, !whole, {}});
  }
  reader.finish();
  const Schema& schema = reader.schema();
  if (schema.tables().empty()) return result;
  // Where no folder tells whose the scripts are, the only database that they name does.
  const bool by_database = series.folder.empty() && schema.databases.size() == 1;
  const std::string& name = by_database ? *schema.databases.begin() : series.name;
  result.front().facts.emplace_back(reader.entity(name, {Symbol(files[series.files.front()].path), 1, 1}));
  return result;
}

}  // namespace

bool wants_sql(std::string_view path) { return is_script(path); }

std::vector<ProjectFile> read_sql(const SourceFiles& files, const ProjectSettings&, base::DiagnosticSink& sink) {
  std::vector<ProjectFile> result;
  for (const Series& series : find_series(files)) {
    std::vector<ProjectFile> read = read_series(files, series, sink);
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
