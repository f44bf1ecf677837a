// SPDX-License-Identifier: Apache-2.0
// What a service gets into its file system: volumes, folders of the machine, files of the source, secrets and configurations.
#include <ingest/attribute_rows.h>
#include <ingest/compose_file/project_facts.h>
#include <ingest/compose_file/short_syntax.h>
#include <ingest/embedded_file.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::compose_file {
namespace {

using namespace model::attribute;

constexpr std::size_t k_largest_file = std::size_t{1} << 20U;

std::string_view extension(std::string_view path) {
  const std::string_view name = base::file_name(path);
  return name.substr(std::min(name.rfind('.'), name.size()));
}

/// Programs, data and certificates are no configuration, whatever addresses stand in them.
bool is_configuration(std::string_view path, std::string_view text) {
  constexpr std::array<std::string_view, 18> k_others = {".cjs", ".cpp",  ".crt", ".csv", ".css", ".go", ".html", ".java", ".js",
                                                         ".key", ".lock", ".pem", ".php", ".py",  ".rb", ".sql",  ".ts",   ".tsv"};
  constexpr std::array<std::string_view, 4> k_names = {"package-lock.json", "package.json", "tsconfig.json", "composer.json"};
  if (text.size() > k_largest_file || text.find('\0') != std::string_view::npos) return false;
  const std::string end = base::to_lower(extension(path));
  return std::find(k_others.begin(), k_others.end(), end) == k_others.end() &&
         std::find(k_names.begin(), k_names.end(), base::file_name(path)) == k_names.end();
}

/// A folder from which programs read their configuration, by where it is mounted. Others hold the program itself.
bool is_configuration_folder(std::string_view target) {
  const std::string path = base::to_lower(target);
  if (path.starts_with("/etc/") || path == "/etc" || path.starts_with("/docker-entrypoint")) return true;
  const std::string_view last = base::file_name(path);
  return last.find("conf") != std::string_view::npos || last.find("cfg") != std::string_view::npos || last == "provisioning" ||
         last == "settings";
}

/// The service while its mounts are read.
struct Mounted {
  Project& project;
  Symbol address;
  std::vector<Symbol> texts;
};

void refer(Mounted& mounted, Symbol target, const std::string& note, const Location& location) {
  model::ReferenceFact fact;
  fact.source = mounted.address;
  fact.kind = model::RelationKind::mounts;
  fact.target = target;
  fact.note = Symbol("volume " + note);
  fact.optional = true;
  fact.location = location;
  mounted.project.facts.emplace_back(std::move(fact));
}

void mount_files(Mounted& mounted, const std::string& path, const Mount& mount, const Location& location) {
  Project& project = mounted.project;
  if (const auto file = project.source.find(path)) {
    if (!is_configuration(path, project.source[*file].bytes)) return;
    refer(mounted, write_file(project, *file), mount.target, location);
    return;
  }
  if (!is_configuration_folder(mount.target)) return;
  const std::string below = path + "/";
  const auto all = project.source.all();
  const auto begin = std::lower_bound(all.begin(), all.end(), below,
                                      [](const SourceFile& file, const std::string& text) { return file.path < text; });
  for (auto at = begin; at != all.end() && at->path.starts_with(below); ++at) {
    if (!is_configuration(at->path, at->bytes)) continue;
    refer(mounted, write_file(project, static_cast<std::size_t>(at - all.begin())), mount.target, location);
  }
}

void read_bind(Mounted& mounted, const Mount& mount, const Value& item) {
  const ResolvedPath path = resolve_path(item.folder.view(), mount.source);
  const bool of_machine = !path.inside && !mount.source.starts_with('.');
  mounted.texts.emplace_back((of_machine ? "hostPath:" : "bind:") + mount.source);
  if (path.inside) mount_files(mounted, path.path, mount, item.location);
}

void read_item(Mounted& mounted, const Value& item) {
  const Mount mount = read_mount(item);
  switch (mount.kind) {
    case MountKind::bind:
      return read_bind(mounted, mount, item);
    case MountKind::volume:
      mounted.texts.emplace_back(mount.source.empty() ? std::string("volume") : "volume:" + mount.source);
      if (!mount.source.empty()) {
        refer(mounted, mounted.project.address("volumes", mount.source), mount.source, item.location);
      }
      return;
    case MountKind::temporary:
      mounted.texts.emplace_back("tmpfs");
      return;
    case MountKind::other:
      mounted.texts.emplace_back(item["type"].text);
      return;
  }
}

void read_grants(Mounted& mounted, const Value& list, std::string_view kind, std::string_view plural) {
  for (const Value& item : list.items) {
    const std::string& source = item.is_text() ? item.text : item["source"].text;
    if (source.empty()) continue;
    mounted.texts.emplace_back(std::string(kind) + ":" + source);
    refer(mounted, mounted.project.address(plural, source), source, item.location);
  }
}

}  // namespace

Symbol write_file(Project& project, std::size_t file) {
  const SourceFile& source = project.source[file];
  std::string_view path = source.path;
  const std::string folder = project.name.folder.empty() ? std::string() : project.name.folder + "/";
  const std::string root = project.source.root().empty() ? std::string() : project.source.root() + "/";
  path.remove_prefix(path.starts_with(folder) ? folder.size() : path.starts_with(root) ? root.size() : 0);
  const Symbol address = project.address("files", path);
  if (!project.declared.insert(address).second) return address;
  project.files.insert(file);
  const Location location{Symbol(source.path), 1, 1};
  model::EntityFact entity = project.entity(model::EntityKind::configuration, "files", path, location);
  const Symbol key(base::file_name(path));
  const EmbeddedFileSummary summary = read_embedded_file({address, key, source.bytes, location, 1}, project.facts);
  add_set(entity.attributes, keys, {key}, location);
  add_row(entity.attributes, data, summary.digest, location, {}, key);
  if (summary.secret) add_set(entity.attributes, plaintext_secrets, {key}, location);
  project.facts.emplace_back(std::move(entity));
  return address;
}

void write_mounts(Project& project, const std::string& name, const Value& service, std::vector<model::Attribute>& rows) {
  Mounted mounted{project, project.address({}, name), {}};
  for (const Value& item : service["volumes"].items) read_item(mounted, item);
  for (std::size_t i = 0; i < service["tmpfs"].items.size(); ++i) mounted.texts.emplace_back("tmpfs");
  read_grants(mounted, service["configs"], "config", "configs");
  read_grants(mounted, service["secrets"], "secret", "secrets");
  const Value& list = service["volumes"];
  add_set(rows, volumes, std::move(mounted.texts), list.is_null() ? service.location : list.location);
}

}  // namespace postern::ingest::compose_file
