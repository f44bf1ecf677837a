// SPDX-License-Identifier: Apache-2.0
// Reads mounts, configurations and files of variables in Compose files, as far as they stand there without variables.
#include <ingest/compose_file/compose_file.h>
#include <ingest/settings_file/compose_claims.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

namespace postern::ingest::settings_file {
namespace {

using document::Node;

/// Where programs look for their configuration.
bool holds_configuration(std::string_view target) {
  const std::string lower = base::to_lower(target);
  return lower.starts_with("/etc/") || lower.find("conf", lower.rfind('/') + 1) != std::string::npos;
}

/// A text, or a list of texts and mappings with a `path`.
template <typename Act>
void for_each_path(const Node& node, Act act) {
  if (node.is_scalar()) act(node.text());
  for (const Node item : node.items()) act(item.is_mapping() ? item["path"].text() : item.text());
}

/// The top of the source is a folder too, called by an empty text.
bool lies_below(std::string_view path, const std::set<std::string>& folders) {
  for (std::string_view folder = base::folder_of(path);; folder = base::folder_of(folder)) {
    if (folders.contains(std::string(folder))) return true;
    if (folder.empty()) return false;
  }
}

}  // namespace

ComposeClaims::ComposeClaims(const SourceFiles& source) {
  for (const SourceFile& file : source.all()) {
    if (compose_file::has_compose_name(file.path)) add_file(file);
  }
}

void ComposeClaims::add_path(std::string_view folder, std::string_view path, std::set<std::string>& paths) {
  if (path.empty() || path.starts_with('/') || path.starts_with('~') || path.find('$') != std::string_view::npos) return;
  if (const auto whole = normal_path(std::string(folder) + "/" + std::string(path))) paths.insert(*whole);
}

void ComposeClaims::add_file(const SourceFile& file) {
  base::DiagnosticSink unheard;
  const auto documents =
      document::read_documents(std::string(file.bytes), document::Format::yaml, base::Symbol(file.path), {}, unheard);
  const std::string_view folder = base::folder_of(file.path);
  for (const document::Document& each : documents) {
    if (!each.root()["services"].is_mapping()) continue;
    m_folders.emplace(folder);
    for (const document::Entry service : each.root()["services"].entries()) {
      for_each_path(service.value["env_file"], [&](std::string_view path) { add_path(folder, path, m_files); });
      const Node build = service.value["build"];
      add_path(folder, build.is_mapping() ? build["context"].text() : build.text(), m_built_folders);
      for (const Node volume : service.value["volumes"].items()) {
        std::string_view from = volume["source"].text();
        std::string_view to = volume["target"].text();
        if (volume.is_scalar()) {
          const std::size_t colon = volume.text().find(':');
          if (colon == std::string_view::npos) continue;
          from = volume.text().substr(0, colon);
          to = volume.text().substr(colon + 1);
          to = to.substr(0, to.find(':'));
        }
        add_path(folder, from, m_files);
        if (holds_configuration(to)) add_path(folder, from, m_mounted_folders);
      }
    }
    for (const document::Entry configuration : each.root()["configs"].entries())
      add_path(folder, configuration.value["file"].text(), m_files);
  }
}

bool ComposeClaims::takes(std::string_view path) const {
  const auto whole = normal_path(path);
  return !whole || m_files.contains(*whole) || lies_below(*whole, m_mounted_folders);
}

bool ComposeClaims::leaves_out(std::string_view path) const {
  const auto whole = normal_path(path);
  return whole && lies_below(*whole, m_folders) && !lies_below(*whole, m_built_folders);
}

}  // namespace postern::ingest::settings_file
