// SPDX-License-Identifier: Apache-2.0
// Finds lock files and has each read by its reader.
#include <ingest/codes.h>
#include <ingest/lockfiles/readers.h>
#include <ingest/lockfiles/registry.h>
#include <ingest/settings_file/settings_file.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::lockfiles {
namespace {

/// How a file becomes a tree; `text` is read by its reader, `yarn` is decided by content.
enum class Form : std::uint8_t { text, json, yaml, toml, xml, yarn };

struct KindRow {
  Kind kind;
  std::string_view type;  ///< of package URLs
  Form form;
  std::array<std::string_view, 2> names;      ///< of the lock file
  std::array<std::string_view, 2> manifests;  ///< looked into where they lie beside it, and not acquired otherwise
  void (*read)(const LockFile& lock, List& list);
};

/// In the order of Kind.
constexpr std::array k_kinds = {
    KindRow{Kind::cargo, "cargo", Form::toml, {"Cargo.lock", ""}, {"Cargo.toml", ""}, read_cargo},
    KindRow{Kind::composer, "composer", Form::json, {"composer.lock", ""}, {"", ""}, read_composer},
    KindRow{Kind::gemfile, "gem", Form::text, {"Gemfile.lock", "gems.locked"}, {"", ""}, read_gemfile},
    KindRow{Kind::go, "golang", Form::text, {"go.mod", ""}, {"go.sum", ""}, read_go},
    KindRow{Kind::gradle, "maven", Form::text, {"gradle.lockfile", "buildscript-gradle.lockfile"}, {"", ""}, read_gradle},
    KindRow{Kind::npm, "npm", Form::json, {"package-lock.json", "npm-shrinkwrap.json"}, {"", ""}, read_npm},
    KindRow{Kind::nuget, "nuget", Form::json, {"packages.lock.json", ""}, {"", ""}, read_nuget},
    KindRow{Kind::pdm, "pypi", Form::toml, {"pdm.lock", ""}, {"pyproject.toml", ""}, read_pdm},
    KindRow{Kind::pipfile, "pypi", Form::json, {"Pipfile.lock", ""}, {"Pipfile", ""}, read_pipfile},
    KindRow{Kind::pnpm, "npm", Form::yaml, {"pnpm-lock.yaml", ""}, {"", ""}, read_pnpm},
    KindRow{Kind::poetry, "pypi", Form::toml, {"poetry.lock", ""}, {"pyproject.toml", ""}, read_poetry},
    KindRow{Kind::pom, "maven", Form::xml, {"pom.xml", ""}, {"", ""}, read_pom},
    KindRow{Kind::requirements, "pypi", Form::text, {"", ""}, {"", ""}, read_requirements},
    KindRow{Kind::uv, "pypi", Form::toml, {"uv.lock", ""}, {"", ""}, read_uv},
    KindRow{Kind::yarn, "npm", Form::yarn, {"yarn.lock", ""}, {"", ""}, read_yarn},
};

const KindRow& row_of(Kind kind) { return k_kinds.at(static_cast<std::size_t>(kind)); }

bool holds(const std::array<std::string_view, 2>& names, std::string_view name) {
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

bool is_lock_file(Kind kind, std::string_view path) {
  return kind == Kind::requirements ? is_requirements(path) : holds(row_of(kind).names, base::file_name(path));
}

/// Folders whose files belong to others, or to tests.
bool is_left_aside(std::string_view path) {
  constexpr std::array<std::string_view, 14> k_folders = {
      "__fixtures__", "__tests__", "bower_components", "dist",     "fixtures", "node_modules", "site-packages",
      "target",       "test",      "test-fixtures",    "testdata", "tests",    "third_party",  "vendor"};
  for (std::string_view folder = base::folder_of(path); !folder.empty(); folder = base::folder_of(folder)) {
    if (std::find(k_folders.begin(), k_folders.end(), base::file_name(folder)) != k_folders.end()) return true;
  }
  return false;
}

std::optional<document::Format> format_of(Form form, std::string_view text) {
  switch (form) {
    case Form::json:
      return document::Format::json;
    case Form::yaml:
      return document::Format::yaml;
    case Form::toml:
      return document::Format::toml;
    case Form::xml:
      return document::Format::xml;
    case Form::yarn:
      if (text.find("__metadata:") != std::string_view::npos) return document::Format::yaml;
      return std::nullopt;
    case Form::text:
      break;
  }
  return std::nullopt;
}

/// The file as a fact; nothing where it is another thing of the same name.
model::SbomFact read_lock(const KindRow& row, const SourceFiles& files, const SourceFile& file, const document::Limits& limits,
                          std::set<std::size_t>& included, base::DiagnosticSink& sink) {
  const base::Symbol path(file.path);
  List list(row.type, {path, 1, 1}, sink);
  // What the project calls itself counts before the name of its folder.
  list.set_name(settings_file::service_of_folder(base::folder_of(files.below_root(file.path))));
  const LockFile lock{files, file, {}, &included};
  const auto format = format_of(row.form, file.bytes);
  if (!format) {
    row.read(lock, list);
    return list.finish();
  }
  base::DiagnosticSink trouble;
  const document::Documents documents = document::read_documents(std::string(file.bytes), *format, path, limits, trouble);
  for (const document::Document& document : documents) {
    if (!document.root().is_mapping() && !document.root().is_null())
      list.lost(document.location(), "a lock file of this kind is a mapping");
    row.read({files, file, document.root(), &included}, list);
  }
  model::SbomFact fact = list.finish();
  if (trouble.has_errors()) {
    const auto first = std::find_if(trouble.all().begin(), trouble.all().end(),
                                    [](const base::Diagnostic& each) { return each.severity == base::Severity::error; });
    sink.error(std::string(code::k_lock_file), first->location, "a lock file that cannot be read: " + first->message,
               "write it again with its package manager; its libraries are unknown");
    fact.complete = false;
  }
  return fact;
}

}  // namespace

bool is_requirements(std::string_view path) {
  const std::string_view name = base::file_name(path);
  if (!name.ends_with(".txt")) return false;
  constexpr std::string_view k_word = "requirements";
  return name.starts_with(k_word) || name.ends_with("requirements.txt") || base::file_name(base::folder_of(path)) == k_word;
}

bool may_be_included(std::string_view path) {
  constexpr std::array<std::string_view, 35> k_words = {
      "base",     "build",   "ci",       "common",   "constraint", "constraints", "core",    "dependencies", "deploy",
      "deps",     "dev",     "develop",  "docs",     "extra",      "extras",      "install", "lint",         "local",
      "locked",   "main",    "optional", "packages", "pinned",     "pip",         "prod",    "production",   "reqs",
      "requires", "runtime", "server",   "shared",   "staging",    "test",        "testing", "tests"};
  constexpr std::string_view k_extension = ".txt";
  if (!path.ends_with(k_extension) || is_requirements(path)) return false;
  std::string stem = base::to_lower(base::file_name(path));
  stem.resize(stem.size() - k_extension.size());
  std::replace_if(
      stem.begin(), stem.end(), [](char c) { return c == '_' || c == '.'; }, '-');
  const std::vector<std::string_view> words = base::split(stem, '-');
  return std::all_of(words.begin(), words.end(),
                     [&](std::string_view word) { return std::find(k_words.begin(), k_words.end(), word) != k_words.end(); });
}

bool wants_kind(Kind kind, std::string_view path) {
  if (kind == Kind::requirements && may_be_included(path)) return true;
  return is_lock_file(kind, path) || holds(row_of(kind).manifests, base::file_name(path));
}

std::vector<ProjectFile> read_kind(Kind kind, const SourceFiles& files, const ProjectSettings& settings,
                                   base::DiagnosticSink& sink) {
  std::vector<ProjectFile> read;
  std::set<std::size_t> included;
  for (std::size_t at = 0; at < files.size(); ++at) {
    const SourceFile& file = files[at];
    if (!is_lock_file(kind, file.path) || is_left_aside(files.below_root(file.path))) continue;
    model::SbomFact fact = read_lock(row_of(kind), files, file, settings.limits, included, sink);
    if (fact.libraries.empty() && fact.complete) continue;  // a project that needs nothing
    ProjectFile& answer = read.emplace_back(ProjectFile{at, !fact.complete, {}});
    answer.facts.emplace_back(std::move(fact));
    included.erase(at);
  }
  for (const std::size_t at : included) {
    const bool is_there = std::any_of(read.begin(), read.end(), [&](const ProjectFile& each) { return each.file == at; });
    if (!is_there) read.push_back({at, false, {}});
  }
  std::sort(read.begin(), read.end(), [](const ProjectFile& a, const ProjectFile& b) { return a.file < b.file; });
  return read;
}

}  // namespace postern::ingest::lockfiles
