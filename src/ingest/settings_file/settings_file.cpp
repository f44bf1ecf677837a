// SPDX-License-Identifier: Apache-2.0
// Recognises the files by name, and names the services they belong to.
#include <ingest/attribute_rows.h>
#include <ingest/command_text.h>
#include <ingest/compose_file/variables.h>
#include <ingest/embedded_file.h>
#include <ingest/settings_file/compose_claims.h>
#include <ingest/settings_file/proxy_file.h>
#include <ingest/settings_file/settings_file.h>
#include <ingest/settings_file/systemd_unit.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <postern/document/document.h>
#include <postern/model/service_label.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

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

enum class Kind : std::uint8_t { none, spring, dotnet, unit, variables };

/// What a file is by its name, and the profile that it is for.
struct Recognised {
  Kind kind = Kind::none;
  bool of_profile = false;
};

Recognised recognise(std::string_view path) {
  const std::string_view name = base::file_name(path);
  if (name.ends_with(".service")) return {Kind::unit, false};
  if (name == ".env") return {Kind::variables, false};
  if (name.starts_with(".env.")) return {Kind::variables, true};
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

/// A file as a configuration of a service; `label` says whether the service must be known from elsewhere.
model::EntityFact configuration_of(const SourceFiles& source, const SourceFile& file, std::string_view label,
                                   const std::string& service) {
  const std::string path = below_root(source, file.path);
  model::EntityFact entity;
  entity.address = Symbol("files/" + path);
  entity.kind = model::EntityKind::configuration;
  entity.name = Symbol(path);
  entity.namespace_declared = false;  // whose it is may run in any
  entity.location = {Symbol(file.path), 1, 1};
  entity.labels.emplace_back(Symbol(label), Symbol(base::to_lower(service)));
  return entity;
}

/// Says what stands in the file as a whole: addresses, a digest, whether there are secrets.
void write_text(model::EntityFact entity, const SourceFile& file, std::string_view text, std::vector<model::Fact>& facts) {
  const base::Location location = entity.location;
  const Symbol key(base::file_name(file.path));
  const EmbeddedFileSummary summary = read_embedded_file({entity.address, key, text, location, 1}, facts);
  add_set(entity.attributes, model::attribute::keys, {key}, location);
  add_row(entity.attributes, model::attribute::data, summary.digest, location, {}, key);
  if (summary.secret) add_set(entity.attributes, model::attribute::plaintext_secrets, {key}, location);
  facts.emplace_back(std::move(entity));
}

/// A proxy that hands on to somebody is a service in any case; one that only serves files is where somebody runs it.
void write_proxy(const SourceFiles& source, const SourceFile& file, Proxy proxy, std::vector<model::Fact>& facts) {
  const std::string service = service_of_proxy(proxy, below_root(source, file.path));
  if (!is_name(service)) return;
  const std::string text = text_that_sends(proxy, file.bytes);
  std::vector<model::Fact> own;
  write_text(configuration_of(source, file, model::k_service_label, service), file, text, own);
  const bool sends =
      std::any_of(own.begin(), own.end(), [](const model::Fact& fact) { return std::holds_alternative<model::MentionFact>(fact); });
  if (!sends) {
    own.clear();
    write_text(configuration_of(source, file, model::k_known_service_label, service), file, text, own);
  }
  std::move(own.begin(), own.end(), std::back_inserter(facts));
}

/// A file of variables: each one is a key, as in a configuration that a container gets as its environment.
void write_variables(const SourceFiles& source, const SourceFile& file, const std::string& service,
                     std::vector<model::Fact>& facts) {
  model::EntityFact entity = configuration_of(source, file, model::k_known_service_label, service);
  std::vector<Symbol> names;
  std::vector<Symbol> secrets;
  const compose_file::Variables nothing;
  for (const compose_file::Assignment& row : read_assignments(file.bytes, nothing, compose_file::Filling::filled)) {
    if (!row.value || std::find(names.begin(), names.end(), Symbol(row.name)) != names.end()) continue;
    model::SettingFact fact;
    fact.owner = entity.address;
    fact.channel = model::SettingChannel::data;
    fact.name = Symbol(row.name);
    fact.location = {Symbol(file.path), row.line, 1};
    const Symbol shown = take_literal(fact, *row.value);
    names.push_back(fact.name);
    if (!fact.secret.empty()) secrets.push_back(fact.name);
    add_row(entity.attributes, model::attribute::data, shown, fact.location, {}, fact.name);
    facts.emplace_back(std::move(fact));
  }
  if (names.empty()) return;
  add_set(entity.attributes, model::attribute::keys, std::move(names), entity.location);
  add_set(entity.attributes, model::attribute::plaintext_secrets, std::move(secrets), entity.location);
  facts.emplace_back(std::move(entity));
}

/// Facts of one file; nothing for a file that is none of these.
std::optional<std::vector<model::Fact>> read_file(const SourceFiles& source, const SourceFile& file,
                                                  const ProjectSettings& settings, std::optional<ComposeClaims>& claims) {
  const Recognised found = recognise(file.path);
  const Proxy proxy = found.kind == Kind::none ? proxy_of(file) : Proxy::none;
  if ((found.kind == Kind::none && proxy == Proxy::none) || is_left_aside(below_root(source, file.path)) ||
      is_something_else(file.bytes))
    return std::nullopt;
  if (found.of_profile && !is_one_of(settings.values, file.path)) return std::nullopt;
  std::vector<model::Fact> facts;
  if (proxy != Proxy::none || found.kind == Kind::variables) {
    if (!claims) claims.emplace(source);
    if (claims->takes(file.path) || claims->leaves_out(file.path)) return std::nullopt;
  }
  if (proxy != Proxy::none) {
    write_proxy(source, file, proxy, facts);
    return facts;
  }
  if (found.kind == Kind::unit) {
    if (!write_unit(file, facts)) return std::nullopt;
    return facts;
  }
  std::string service = found.kind == Kind::spring ? spring_name(file) : std::string();
  if (!is_name(service)) service = service_of_folder(base::folder_of(below_root(source, file.path)));
  if (!is_name(service)) return std::nullopt;
  if (found.kind == Kind::variables) {
    if (claims->is_project_folder(base::folder_of(file.path))) return std::nullopt;
    write_variables(source, file, service, facts);
  } else {
    write_text(configuration_of(source, file, model::k_service_label, service), file, file.bytes, facts);
  }
  return facts;
}

}  // namespace

std::string service_of_folder(std::string_view folder) {
  constexpr std::array<std::string_view, 9> k_inner = {"app",       "conf",   "config", "main",  "java",
                                                       "resources", "server", "src",    "webapp"};
  while (!folder.empty() && is_one_of(k_inner, base::file_name(folder))) folder = base::folder_of(folder);
  return std::string(base::file_name(folder));
}

bool wants(std::string_view path) {
  return path.ends_with(".properties") || path.ends_with(".service") || base::file_name(path).starts_with(".env") ||
         is_proxy_name(path);
}

std::vector<ProjectFile> read_files(const SourceFiles& source, const ProjectSettings& settings, base::DiagnosticSink&) {
  std::vector<ProjectFile> files;
  std::optional<ComposeClaims> claims;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (auto facts = read_file(source, source[i], settings, claims)) files.push_back({i, false, std::move(*facts)});
  }
  return files;
}

}  // namespace postern::ingest::settings_file
