// SPDX-License-Identifier: Apache-2.0
// Finds the projects of a source and hands their facts to the files that say them.
#include <ingest/codes.h>
#include <ingest/compose_file/compose_file.h>
#include <ingest/compose_file/project_facts.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

namespace postern::ingest::compose_file {
namespace {

bool is_yaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

/// In the order in which Compose looks for them.
constexpr std::array<std::string_view, 4> k_usual = {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
constexpr std::array<std::string_view, 4> k_overrides = {"compose.override.yml", "compose.override.yaml",
                                                         "docker-compose.override.yml", "docker-compose.override.yaml"};

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A line that begins with one of the words that a Compose file must have.
bool looks_like_compose(std::string_view text) {
  const auto begins_line = [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '"' || text[at - 1] == '{') return true;
    }
    return false;
  };
  return (begins_line("services") || begins_line("include:")) && !begins_line("apiVersion:");
}

/// The Compose files of one folder.
struct Folder {
  std::map<std::string, std::size_t, std::less<>> files;  ///< by name
};

/// What is to be loaded.
struct Plan {
  std::vector<std::size_t> files;  ///< in the order in which they are put on one another
  std::string folder;
  std::string stem;  ///< what tells it from others of its folder; empty for the usual names
};

std::optional<std::size_t> first_of(const Folder& folder, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    const auto at = folder.files.find(name);
    if (at != folder.files.end()) return at->second;
  }
  return std::nullopt;
}

/// `docker-compose.dev.yml` -> `dev`
std::string stem_of(std::string_view name) {
  std::string stem(name.substr(0, name.rfind('.')));
  for (const std::string_view word : {"docker-compose", "compose", "docker-stack"}) {
    if (const std::size_t at = stem.find(word); at != std::string::npos) stem.erase(at, word.size());
  }
  const std::size_t begin = stem.find_first_not_of(".-_");
  const std::size_t end = stem.find_last_not_of(".-_");
  return begin == std::string::npos ? std::string() : stem.substr(begin, end - begin + 1);
}

/// The projects of a source before they are loaded.
class Search {
 public:
  Search(const SourceFiles& source, const ProjectSettings& settings, base::DiagnosticSink& sink)
      : m_source(source), m_settings(settings), m_sink(sink) {}

  std::vector<Plan> run() {
    const bool alone = m_source.size() == 1;
    for (std::size_t i = 0; i < m_source.size(); ++i) {
      const SourceFile& file = m_source[i];
      if (!has_compose_name(file.path) && !(alone && is_yaml(file.path))) continue;
      if (looks_like_compose(file.bytes))
        m_folders[std::string(base::folder_of(file.path))].files.emplace(base::file_name(file.path), i);
    }
    std::vector<Plan> plans;
    for (const auto& [path, folder] : m_folders) plan_folder(path, folder, plans);
    return plans;
  }

  /// Files that are Compose files and part of no project by themselves.
  [[nodiscard]] const std::vector<std::size_t>& optional_files() const { return m_optional; }

  void report_optional(const std::set<std::size_t>& used) const {
    for (const std::size_t file : m_optional) {
      if (used.contains(file)) continue;
      m_sink.note(std::string(code::k_compose_optional), {Symbol(m_source[file].path), 0, 0},
                  "Compose does not read this file by itself, so it is not part of the project beside it",
                  "name it under `values` of the environment where it is used");
    }
  }

 private:
  void plan_folder(const std::string& path, const Folder& folder, std::vector<Plan>& plans) {
    const auto usual = first_of(folder, k_usual);
    if (!usual) {
      for (const auto& [name, file] : folder.files) plans.push_back({{file}, path, stem_of(name)});
      return;
    }
    Plan plan{{*usual}, path, {}};
    std::vector<std::size_t> named = named_files(path, folder);
    std::erase(named, *usual);
    const auto override_file = first_of(folder, k_overrides);
    if (override_file && named.empty()) plan.files.push_back(*override_file);
    plan.files.insert(plan.files.end(), named.begin(), named.end());
    for (const auto& [name, file] : folder.files) {
      if (std::find(plan.files.begin(), plan.files.end(), file) == plan.files.end()) m_optional.push_back(file);
    }
    plans.push_back(std::move(plan));
  }

  /// Files that COMPOSE_FILE in `.env`, or the environment's settings, say should be merged.
  std::vector<std::size_t> named_files(const std::string& path, const Folder& folder) const {
    std::vector<std::size_t> files;
    const std::string below = path.empty() ? std::string() : path + "/";
    const auto take = [&](const std::string& known) {
      const auto file = m_source.find(known);
      const bool here =
          file && std::any_of(folder.files.begin(), folder.files.end(), [&](const auto& row) { return row.second == *file; });
      if (here) files.push_back(*file);
    };
    for (const std::string& values : m_settings.values) take(values);
    if (const auto file = files.empty() ? m_source.find(below + ".env") : std::nullopt) {
      for (const Assignment& row : read_assignments(m_source[*file].bytes, {}, Filling::filled)) {
        if (row.name != "COMPOSE_FILE" || !row.value) continue;
        for (const std::string_view name : base::split(*row.value, row.value->find(';') == std::string::npos ? ':' : ';')) {
          take(below + std::string(name));
        }
      }
    }
    return files;
  }

  const SourceFiles& m_source;
  const ProjectSettings& m_settings;
  base::DiagnosticSink& m_sink;
  std::map<std::string, Folder> m_folders;
  std::vector<std::size_t> m_optional;
};

/// A project with what was said while it was loaded.
struct Loaded {
  Plan plan;
  LoadedProject project;
  base::DiagnosticSink diagnostics;
};

std::string below_root(const SourceFiles& source, const std::string& folder) {
  const std::string& root = source.root();
  if (root.empty() || folder == root) return folder == root ? std::string() : folder;
  return folder.starts_with(root + "/") ? folder.substr(root.size() + 1) : folder;
}

/// The folder below the source, and what tells several projects of one folder apart.
std::string label_of(const SourceFiles& source, const Plan& plan) {
  std::string label = below_root(source, plan.folder);
  if (plan.stem.empty()) return label;
  return label.empty() ? plan.stem : label + "/" + plan.stem;
}

/// Projects that share the name of a service with another one get a prefix.
std::vector<ProjectName> names_of(const SourceFiles& source, const std::vector<Loaded>& all) {
  std::map<std::string, int> owners;
  for (const Loaded& loaded : all) {
    for (const std::string_view section : {"services", "volumes", "secrets", "configs"}) {
      for (const Value::Entry& entry : loaded.project.model[section].entries) ++owners[std::string(section) + "/" + entry.first];
    }
  }
  std::vector<ProjectName> names;
  for (const Loaded& loaded : all) {
    ProjectName name{label_of(source, loaded.plan), {}, loaded.plan.folder};
    for (const Value::Entry& entry : loaded.project.model["services"].entries) {
      if (owners["services/" + entry.first] > 1) name.prefix = name.label;
    }
    for (const std::string_view section : {"volumes", "secrets", "configs"}) {
      for (const Value::Entry& entry : loaded.project.model[section].entries) {
        if (owners[std::string(section) + "/" + entry.first] > 1) name.prefix = name.label;
      }
    }
    names.push_back(std::move(name));
  }
  return names;
}

/// The facts of all projects, by the files that say them.
class Answer {
 public:
  explicit Answer(const SourceFiles& source) : m_source(source) {}

  ProjectFile& of(std::size_t file) {
    const auto [at, fresh] = m_files.try_emplace(file);
    if (fresh) at->second.file = file;
    return at->second;
  }

  void add(std::vector<model::Fact>&& facts, std::size_t main_file) {
    for (model::Fact& fact : facts) {
      const Symbol path = std::visit([](const auto& each) { return each.location.file; }, fact);
      of(m_source.find(path.view()).value_or(main_file)).facts.push_back(std::move(fact));
    }
  }

  std::vector<ProjectFile> finish() {
    std::vector<ProjectFile> files;
    for (auto& [index, file] : m_files) files.push_back(std::move(file));
    return files;
  }

 private:
  const SourceFiles& m_source;
  std::map<std::size_t, ProjectFile> m_files;
};

std::vector<Loaded> load_all(const SourceFiles& source, const ProjectSettings& settings, const std::vector<Plan>& plans) {
  std::vector<Loaded> all;
  for (const Plan& plan : plans) {
    Loaded loaded{plan, {}, {}};
    loaded.project = Loader(source, settings, loaded.diagnostics).load(plan.files, plan.folder);
    all.push_back(std::move(loaded));
  }
  // What another project includes is a part of that one; two that include one another are both told.
  const auto includes = [](const Loaded& one, const Loaded& other) {
    return one.project.included.contains(other.plan.files.front());
  };
  std::vector<bool> is_part(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size() && !is_part[i]; ++j)
      is_part[i] = i != j && includes(all[j], all[i]) && !includes(all[i], all[j]);
  }
  std::vector<Loaded> whole;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_part[i]) whole.push_back(std::move(all[i]));
  }
  return whole;
}

}  // namespace

bool has_compose_name(std::string_view path) {
  const std::string name = base::to_lower(base::file_name(path));
  return is_yaml(name) && (name.find("compose") != std::string::npos || name.starts_with("docker-stack"));
}

bool wants(std::string_view path) {
  constexpr std::array<std::string_view, 15> k_extensions = {".cfg",  ".cnf",      ".conf",       ".config", ".env",
                                                             ".hcl",  ".ini",      ".properties", ".rules",  ".sh",
                                                             ".tmpl", ".template", ".toml",       ".tpl",    ".xml"};
  const std::string name = base::to_lower(base::file_name(path));
  if (name.starts_with(".env") || name == "caddyfile" || name == "haproxy.cfg") return true;
  for (const std::string_view word : {"password", "secret", "token"}) {
    if (name.find(word) != std::string::npos && (name.ends_with(".txt") || name.find('.') == std::string::npos)) return true;
  }
  return std::any_of(k_extensions.begin(), k_extensions.end(), [&](std::string_view end) { return name.ends_with(end); });
}

std::vector<ProjectFile> read_projects(const SourceFiles& source, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  Search search(source, settings, sink);
  const std::vector<Plan> plans = search.run();
  if (plans.empty()) return {};
  std::vector<Loaded> all = load_all(source, settings, plans);
  const std::vector<ProjectName> names = names_of(source, all);
  Answer answer(source);
  std::set<std::size_t> used;
  for (std::size_t i = 0; i < all.size(); ++i) {
    sink.merge(std::move(all[i].diagnostics));
    std::set<std::size_t> files = all[i].project.files;
    std::vector<model::Fact> facts;
    Project project{source, all[i].project, names[i], sink, facts, files};
    write_project(project);
    answer.add(std::move(facts), all[i].plan.files.front());
    for (const std::size_t file : files) answer.of(file);
    for (const std::size_t file : all[i].project.failed) answer.of(file).failed = true;
    used.insert(files.begin(), files.end());
  }
  search.report_optional(used);
  for (const std::size_t file : search.optional_files()) answer.of(file);
  return answer.finish();
}

}  // namespace postern::ingest::compose_file
