// SPDX-License-Identifier: Apache-2.0
// Folders -> modules -> root modules -> facts.
#include <ingest/cloud/collector.h>
#include <ingest/cloud/prefixes.h>
#include <ingest/codes.h>
#include <ingest/hcl/parser.h>
#include <ingest/terraform/evaluator.h>
#include <ingest/terraform/functions.h>
#include <ingest/terraform/instance.h>
#include <ingest/terraform/project.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace postern::ingest::terraform {
namespace {

using base::Symbol;

bool is_configuration(std::string_view path) {
  return path.ends_with(".tf") || path.ends_with(".tofu") || path.ends_with(".tf.json") || path.ends_with(".tofu.json");
}
/// Files that are rendered, by their name.
bool is_template(std::string_view path) { return path.ends_with(".tftpl"); }
bool is_values(std::string_view path) { return path.ends_with(".tfvars") || path.ends_with(".tfvars.json"); }

/// Files with values that Terraform takes by itself.
bool is_automatic(std::string_view name) {
  return name == "terraform.tfvars" || name == "terraform.tfvars.json" || name.ends_with(".auto.tfvars") ||
         name.ends_with(".auto.tfvars.json");
}

/// What Terraform itself keeps is no input.
bool is_kept_by_terraform(std::string_view path) { return path.find(".terraform/") != std::string_view::npos; }

struct Folder {
  Module module;
  std::vector<std::size_t> files;
  std::vector<std::size_t> values;
  bool called = false;
};

class Project {
 public:
  Project(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink)
      : m_files(files), m_settings(settings), m_sink(sink) {}

  std::vector<ProjectFile> read() {
    std::vector<std::size_t> taken;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
      const std::string_view path = m_files[i].path;
      if (!wants_file(path) || is_kept_by_terraform(path)) continue;
      taken.push_back(i);
      if (is_template(path)) continue;
      Folder& folder = m_folders[std::string(base::folder_of(path))];
      (is_values(path) ? folder.values : folder.files).push_back(i);
    }
    if (taken.empty()) return {};
    for (const std::size_t i : taken) m_results.emplace(i, ProjectFile{i, false, {}});
    take_templates();
    parse();
    find_roots();
    evaluate_roots();
    std::vector<ProjectFile> results;
    for (auto& [index, file] : m_results) results.push_back(std::move(file));
    return results;
  }

 private:
  struct Root {
    std::string folder;
    std::vector<cloud::Resource> resources;
  };

  void parse() {
    for (auto& [path, folder] : m_folders) {
      for (const std::size_t i : folder.files) {
        const bool whole = folder.module.add_file(m_files[i].bytes, Symbol(m_files[i].path), m_settings.limits, m_sink);
        m_results.at(i).failed = !whole;
        m_places.emplace(Symbol(m_files[i].path), i);
      }
    }
  }

  /// Files that modules render (templatefile) are documents only afterwards: with directives in them they are nothing that anybody
  /// else could read.
  void take_templates() {
    for (std::size_t i = 0; i < m_files.size(); ++i) {
      const std::string_view path = m_files[i].path;
      const bool document = path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json");
      if (!document || m_results.contains(i) || m_files[i].bytes.find("%{") == std::string_view::npos) continue;
      std::string_view folder = base::folder_of(path);
      for (int level = 0; level < 4; ++level) {
        const auto at = m_folders.find(std::string(folder));
        if (at != m_folders.end() && !at->second.files.empty()) {
          m_results.emplace(i, ProjectFile{i, false, {}});
          break;
        }
        if (folder.empty()) break;
        folder = base::folder_of(folder);
      }
    }
  }

  void find_roots() {
    for (const auto& [path, folder] : m_folders) {
      for (const auto& [name, call] : folder.module.calls) {
        const std::string source = literal_of(call.body->find("source"));
        if (!source.starts_with('.')) continue;
        const auto target = normal_path(path + "/" + source);
        const auto called = target ? m_folders.find(*target) : m_folders.end();
        if (called != m_folders.end() && called->first != path) called->second.called = true;
      }
    }
  }

  VariableValues values_of(const Folder& folder) {
    VariableValues values;
    std::vector<std::size_t> files;
    for (const std::size_t i : folder.values) {
      if (is_automatic(base::file_name(m_files[i].path))) files.push_back(i);
    }
    // terraform.tfvars first, then the others by name.
    std::stable_sort(files.begin(), files.end(), [&](std::size_t a, std::size_t b) {
      const auto first = [&](std::size_t i) { return base::file_name(m_files[i].path).starts_with("terraform.tfvars") ? 0 : 1; };
      return first(a) < first(b);
    });
    for (const std::string& path : m_settings.values) {
      if (!is_values(path)) continue;
      if (const auto index = m_files.find(path)) files.push_back(*index);
    }
    for (const std::size_t i : files) add_values(i, folder, values);
    return values;
  }

  void add_values(std::size_t index, const Folder& folder, VariableValues& values) {
    const std::string_view path = m_files[index].path;
    if (is_json_file(path)) {
      const document::Documents documents = document::read_documents(std::string(m_files[index].bytes), document::Format::json,
                                                                     Symbol(path), m_settings.limits, m_sink);
      for (const document::Document& document : documents) {
        const cloud::Value all = cloud::value_of(document.root());
        for (const cloud::Member& member : all.members()) values.insert_or_assign(member.first, member.second);
      }
      return;
    }
    std::vector<hcl::SyntaxError> errors;
    const hcl::Body body = hcl::parse_file(m_files[index].bytes, errors);
    for (const hcl::SyntaxError& error : errors) {
      m_sink.error(std::string(code::k_hcl_syntax), {Symbol(path), error.line, error.column}, error.message, "correct the file");
      m_results.at(index).failed = true;
    }
    Budget budget;
    const ModuleFinder nowhere = [](std::string_view) { return nullptr; };
    const FileFinder nothing = [](const std::string&) { return std::nullopt; };
    Instance instance(folder.module, {}, {}, nowhere, nothing, m_sink, budget);
    Scope scope;
    scope.file = Symbol(path);
    for (const hcl::Attribute& attribute : body.attributes)
      values.insert_or_assign(attribute.name, instance.evaluate(*attribute.value, scope));
  }

  void evaluate_roots() {
    const ModuleFinder find = [this](std::string_view path) -> const Module* {
      const auto at = m_folders.find(std::string(path));
      return at == m_folders.end() || at->second.files.empty() ? nullptr : &at->second.module;
    };
    const FileFinder content = [this](const std::string& path) -> std::optional<std::string_view> {
      const auto index = m_files.find(path);
      return index ? std::optional<std::string_view>(m_files[*index].bytes) : std::nullopt;
    };
    const bool circular = std::all_of(m_folders.begin(), m_folders.end(), [](const auto& entry) { return entry.second.called; });
    std::vector<Root> roots;
    for (const auto& [path, folder] : m_folders) {
      if (folder.files.empty() || (folder.called && !circular)) continue;
      roots.push_back({path, evaluate(folder.module, path, values_of(folder), find, content, m_told, m_sink)});
    }
    std::vector<cloud::Group> groups;
    for (const Root& root : roots) groups.push_back({root.folder, &root.resources, {}});
    cloud::give_prefixes(groups);
    for (std::size_t i = 0; i < roots.size(); ++i) emit(roots[i], groups[i].prefix);
  }

  void emit(Root& root, const std::string& prefix) {
    cloud::Collector collector;
    std::vector<std::size_t> files;
    for (cloud::Resource& resource : root.resources) {
      const auto at = m_places.find(resource.location.file);
      files.push_back(at == m_places.end() ? m_places.begin()->second : at->second);
      collector.add(std::move(resource));
    }
    collector.finish([&](std::size_t index, model::Fact fact) {
      cloud::add_prefix(prefix, fact);
      m_results.at(files[index]).facts.push_back(std::move(fact));
    });
  }

  const SourceFiles& m_files;
  const ProjectSettings& m_settings;
  base::DiagnosticSink& m_sink;
  std::map<std::string, Folder> m_folders;
  std::map<std::size_t, ProjectFile> m_results;
  std::map<Symbol, std::size_t> m_places;
  std::set<base::Location> m_told;
};

}  // namespace

bool wants_file(std::string_view path) { return is_configuration(path) || is_values(path) || is_template(path); }

std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  return Project(files, settings, sink).read();
}

}  // namespace postern::ingest::terraform
