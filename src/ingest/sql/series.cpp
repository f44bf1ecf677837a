// SPDX-License-Identifier: Apache-2.0
// Conventions of migration tools: Flyway, Liquibase, golang-migrate, goose, diesel, Prisma, and folders with numbers.
#include <ingest/sql/series.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

namespace postern::ingest::sql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view stem_of(std::string_view path) {
  const std::string_view name = base::file_name(path);
  return name.substr(0, name.rfind('.'));
}

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Folders that say what the files are and not whose.
constexpr std::array<std::string_view, 60> k_plain_folders = {"sql",
                                                              "db",
                                                              "database",
                                                              "databases",
                                                              "migrations",
                                                              "migration",
                                                              "migrate",
                                                              "schema",
                                                              "schemas",
                                                              "ddl",
                                                              "init",
                                                              "initdb",
                                                              "initdb.d",
                                                              "init.d",
                                                              "scripts",
                                                              "script",
                                                              "resources",
                                                              "main",
                                                              "src",
                                                              "changelog",
                                                              "changelogs",
                                                              "liquibase",
                                                              "flyway",
                                                              "prisma",
                                                              "versions",
                                                              "versioned",
                                                              "tables",
                                                              "postgres",
                                                              "postgresql",
                                                              "mysql",
                                                              "mariadb",
                                                              "mssql",
                                                              "sqlserver",
                                                              "oracle",
                                                              "sqlite",
                                                              "h2",
                                                              "pg",
                                                              "common",
                                                              "base",
                                                              "setup",
                                                              "docker-entrypoint-initdb.d",
                                                              "init-db",
                                                              "db-init",
                                                              "dbinit",
                                                              "init-scripts",
                                                              "java",
                                                              "app",
                                                              "internal",
                                                              "pkg",
                                                              "lib",
                                                              "data",
                                                              "deploy",
                                                              "config",
                                                              "conf",
                                                              "assets",
                                                              "store",
                                                              "storage",
                                                              "persistence",
                                                              "repository",
                                                              "server"};

bool is_plain_folder(std::string_view folder) {
  const std::string lower = base::to_lower(folder);
  if (contains(k_plain_folders, lower)) return true;
  // v1, 2020, 20200101_init: steps of a series
  const std::string_view digits = lower.starts_with('v') ? std::string_view(lower).substr(1) : std::string_view(lower);
  return !digits.empty() && is_digit(digits.front());
}

/// Files that are a whole step below a folder of their own.
bool is_step_file(std::string_view path) {
  constexpr std::array<std::string_view, 5> k_steps = {"up", "down", "migration", "deploy", "revert"};
  return contains(k_steps, base::to_lower(stem_of(path)));
}

/// Flyway: V1.2__text, B5__text (a baseline that stands for all before it), R__text.
struct Version {
  enum class Kind { plain, versioned, repeatable } kind = Kind::plain;
  std::vector<std::uint64_t> numbers;
};

Version version_of(std::string_view path) {
  const std::string_view stem = stem_of(path);
  Version version;
  const std::size_t separator = stem.find("__");
  if (stem.size() < 3 || separator == std::string_view::npos) return version;
  const char kind = stem[0];
  if (kind == 'R' && separator == 1) version.kind = Version::Kind::repeatable;
  if ((kind != 'V' && kind != 'v' && kind != 'B') || !is_digit(stem[1])) return version;
  version.kind = Version::Kind::versioned;
  constexpr std::uint64_t k_most = 1'000'000'000'000'000'000ULL;
  for (const char c : stem.substr(1, separator - 1)) {
    if (!is_digit(c)) {
      version.numbers.push_back(0);
    } else {
      if (version.numbers.empty()) version.numbers.push_back(0);
      if (version.numbers.back() < k_most / 10)
        version.numbers.back() = version.numbers.back() * 10 + static_cast<std::uint64_t>(c - '0');
    }
  }
  while (!version.numbers.empty() && version.numbers.back() == 0) version.numbers.pop_back();
  return version;
}

/// Numbers within names are compared as numbers: 2_b before 10_a.
bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto number = [](std::string_view text, std::size_t& at) {
        while (at < text.size() && text[at] == '0') ++at;
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return text.substr(begin, at - begin);
      };
      const std::string_view left = number(a, i);
      const std::string_view right = number(b, j);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      continue;
    }
    if (a[i] != b[j]) return a[i] < b[j];
    ++i;
    ++j;
  }
  return std::tuple(a.size() - i, a) < std::tuple(b.size() - j, b);
}

/// The folder that names the series, with its parents: without what is the same everywhere.
std::string naming_folder(std::string_view path) {
  std::string_view folder = base::folder_of(path);
  if (is_step_file(path)) folder = base::folder_of(folder);
  while (!folder.empty() && is_plain_folder(base::file_name(folder))) folder = base::folder_of(folder);
  return std::string(folder);
}

/// `name`, with as many parents in front as make it different from the other folders of that name.
std::string unique_name(const std::string& folder, const std::vector<std::string>& others) {
  std::string_view rest = folder;
  std::string name(base::file_name(rest));
  const auto is_shared = [&] {
    return std::any_of(others.begin(), others.end(),
                       [&](const std::string& other) { return other != folder && (other == name || other.ends_with('/' + name)); });
  };
  while (is_shared() && rest.find('/') != std::string_view::npos) {
    rest = base::folder_of(rest);
    name = std::string(base::file_name(rest)) + '/' + name;
  }
  return name;
}

}  // namespace

bool is_script(std::string_view path) {
  constexpr std::string_view k_extension = ".sql";
  return path.size() > k_extension.size() && base::equals_ignoring_case(path.substr(path.size() - k_extension.size()), k_extension);
}

ScriptRole role_of(std::string_view path) {
  constexpr std::array<std::string_view, 9> k_endings = {".down",     "_down",     "-down",     ".undo",  "_undo",
                                                         ".rollback", "_rollback", "-rollback", ".revert"};
  constexpr std::array<std::string_view, 6> k_names = {"down", "rollback", "revert", "undo", "teardown", "uninstall"};
  constexpr std::array<std::string_view, 10> k_test_folders = {"test",      "tests", "testdata", "fixtures", "fixture",
                                                               "__tests__", "spec",  "e2e",      "examples", "benchmarks"};
  const std::string stem = base::to_lower(stem_of(path));
  if (contains(k_names, stem)) return ScriptRole::undoing;
  if (std::any_of(k_endings.begin(), k_endings.end(), [&](std::string_view ending) { return stem.ends_with(ending); }))
    return ScriptRole::undoing;
  if (stem.size() > 2 && stem[0] == 'u' && is_digit(stem[1]) && stem.find("__") != std::string::npos) return ScriptRole::undoing;
  bool undoing = false;
  bool test = false;
  for (const std::string_view part : base::split(base::folder_of(path), '/')) {
    const std::string lower = base::to_lower(part);
    undoing = undoing || lower == "rollback" || lower == "down" || lower == "undo" || lower == "revert";
    test = test || contains(k_test_folders, lower);
  }
  if (undoing) return ScriptRole::undoing;
  return test ? ScriptRole::test : ScriptRole::applied;
}

bool applied_before(std::string_view a, std::string_view b) {
  const Version left = version_of(a);
  const Version right = version_of(b);
  if (left.kind != right.kind) return left.kind < right.kind;
  if (left.numbers != right.numbers) return left.numbers < right.numbers;
  return natural_less(a, b);
}

std::vector<Series> find_series(const SourceFiles& files) {
  std::map<std::string, std::vector<std::size_t>> by_folder;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view path = files.below_root(files[i].path);
    if (is_script(path) && role_of(path) == ScriptRole::applied) by_folder[naming_folder(path)].push_back(i);
  }
  std::vector<std::string> folders;
  for (const auto& [folder, indexes] : by_folder) folders.push_back(folder);
  std::vector<Series> all;
  for (auto& [folder, indexes] : by_folder) {
    std::sort(indexes.begin(), indexes.end(),
              [&](std::size_t a, std::size_t b) { return applied_before(files[a].path, files[b].path); });
    all.push_back({folder.empty() ? "schema" : unique_name(folder, folders), folder, std::move(indexes)});
  }
  return all;
}

}  // namespace postern::ingest::sql
