// SPDX-License-Identifier: Apache-2.0
// Recognises the files by name, and names the services they belong to.
#include <ingest/attribute_rows.h>
#include <ingest/embedded_file.h>
#include <ingest/settings_file/settings_file.h>
#include <ingest/settings_file/systemd_unit.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <postern/document/document.h>
#include <postern/model/service_label.h>

#include <algorithm>
#include <array>

namespace postern::ingest::settings_file {
namespace {

using base::Symbol;

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Folders whose files are not deployed as they are.
bool is_left_aside(std::string_view path) {
  constexpr std::array<std::string_view, 10> k_folders = {"bin",    "build", "dist",  "node_modules", "obj",
                                                          "target", "test",  "tests", "testdata",     "vendor"};
  std::string_view folder = base::folder_of(path);
  while (!folder.empty()) {
    if (is_one_of(k_folders, base::file_name(folder))) return true;
    folder = base::folder_of(folder);
  }
  return false;
}

enum class Kind : std::uint8_t { none, spring, dotnet, unit };

/// What a file is by its name, and the profile that it is for.
struct Recognised {
  Kind kind = Kind::none;
  bool of_profile = false;
};

Recognised recognise(std::string_view path) {
  const std::string_view name = base::file_name(path);
  if (name.ends_with(".service")) return {Kind::unit, false};
  if (name == "appsettings.json") return {Kind::dotnet, false};
  if (name.starts_with("appsettings.") && name.ends_with(".json")) return {Kind::dotnet, true};
  for (const std::string_view stem : {"application", "bootstrap"}) {
    for (const std::string_view end : {".properties", ".yaml", ".yml"}) {
      if (!name.starts_with(stem) || !name.ends_with(end) || name.size() < stem.size() + end.size()) continue;
      const std::string_view between = name.substr(stem.size(), name.size() - stem.size() - end.size());
      if (between.empty()) return {Kind::spring, false};
      if (between.front() == '-') return {Kind::spring, true};
    }
  }
  return {};
}

bool is_name(std::string_view text) {
  constexpr std::size_t k_longest = 63;
  return !text.empty() && text.size() <= k_longest && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

/// `spring.application.name` in either spelling.
std::string spring_name(const SourceFile& file) {
  constexpr std::string_view k_key = "spring.application.name";
  if (file.path.ends_with(".properties")) {
    for (const std::string_view line : base::split(file.bytes, '\n')) {
      const std::string_view text = base::trim(line);
      if (!text.starts_with(k_key)) continue;
      const std::string_view rest = base::trim(text.substr(k_key.size()));
      if (!rest.empty() && (rest.front() == '=' || rest.front() == ':')) return std::string(base::trim(rest.substr(1)));
    }
    return {};
  }
  base::DiagnosticSink unheard;
  const auto documents = document::read_documents(std::string(file.bytes), document::Format::yaml, Symbol(file.path), {}, unheard);
  for (const document::Document& each : documents) {
    const document::Node root = each.root();
    for (const document::Node found : {root["spring"]["application"]["name"], root[k_key], root["spring"]["application.name"]}) {
      if (found.is_scalar() && !found.text().empty()) return std::string(found.text());
    }
  }
  return {};
}

/// A Kubernetes object or a template that only has such a name.
bool is_something_else(std::string_view text) {
  return text.find("apiVersion:") != std::string_view::npos || text.find("{{") != std::string_view::npos;
}

std::string below_root(const SourceFiles& source, std::string_view path) {
  const std::string& root = source.root();
  if (!root.empty() && path.starts_with(root) && path.size() > root.size() && path[root.size()] == '/')
    path.remove_prefix(root.size() + 1);
  return std::string(path);
}

void write_configuration(const SourceFiles& source, const SourceFile& file, const std::string& service,
                         std::vector<model::Fact>& facts) {
  const base::Location location{Symbol(file.path), 1, 1};
  const std::string path = below_root(source, file.path);
  model::EntityFact entity;
  entity.address = Symbol("files/" + path);
  entity.kind = model::EntityKind::configuration;
  entity.name = Symbol(path);
  entity.location = location;
  entity.labels.emplace_back(Symbol(model::k_service_label), Symbol(service));
  const Symbol key(base::file_name(path));
  const EmbeddedFileSummary summary = read_embedded_file({entity.address, key, file.bytes, location, 1}, facts);
  add_set(entity.attributes, model::attribute::keys, {key}, location);
  add_row(entity.attributes, model::attribute::data, summary.digest, location, {}, key);
  if (summary.secret) add_set(entity.attributes, model::attribute::plaintext_secrets, {key}, location);
  facts.emplace_back(std::move(entity));
}

/// Facts of one file; nothing for a file that is none of these.
std::optional<std::vector<model::Fact>> read_file(const SourceFiles& source, const SourceFile& file,
                                                  const ProjectSettings& settings) {
  const Recognised found = recognise(file.path);
  if (found.kind == Kind::none || is_left_aside(below_root(source, file.path)) || is_something_else(file.bytes))
    return std::nullopt;
  if (found.of_profile && !is_one_of(settings.values, file.path)) return std::nullopt;
  std::vector<model::Fact> facts;
  if (found.kind == Kind::unit) {
    if (!write_unit(file, facts)) return std::nullopt;
    return facts;
  }
  std::string service = found.kind == Kind::spring ? spring_name(file) : std::string();
  if (!is_name(service)) service = service_of_folder(base::folder_of(below_root(source, file.path)));
  if (!is_name(service)) return std::nullopt;
  write_configuration(source, file, base::to_lower(service), facts);
  return facts;
}

}  // namespace

std::string service_of_folder(std::string_view folder) {
  constexpr std::array<std::string_view, 9> k_inner = {"app",       "conf",   "config", "main",  "java",
                                                       "resources", "server", "src",    "webapp"};
  while (!folder.empty() && is_one_of(k_inner, base::file_name(folder))) folder = base::folder_of(folder);
  return std::string(base::file_name(folder));
}

bool wants(std::string_view path) { return path.ends_with(".properties") || path.ends_with(".service"); }

std::vector<ProjectFile> read_files(const SourceFiles& source, const ProjectSettings& settings, base::DiagnosticSink&) {
  std::vector<ProjectFile> files;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (auto facts = read_file(source, source[i], settings)) files.push_back({i, false, std::move(*facts)});
  }
  return files;
}

}  // namespace postern::ingest::settings_file
