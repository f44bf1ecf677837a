// SPDX-License-Identifier: Apache-2.0
// pnpm-lock.yaml of lockfileVersion 5 (`/name/1.0.0`), 6 (`/name@1.0.0`) and 9 (`name@1.0.0`, with `snapshots`).
#include <ingest/lockfiles/readers.h>

#include <unordered_map>

namespace postern::ingest::lockfiles {
namespace {

struct Id {
  std::string_view name;
  std::string_view version;
};

/// Without what says with which peers a package was built: `1.0.0(react@18.0.0)`, and in version 5 `1.0.0_react@18.0.0`.
std::string_view without_peers(std::string_view text, bool is_old) {
  text = text.substr(0, text.find('('));
  return is_old ? text.substr(0, text.find('_')) : text;
}

bool is_version(std::string_view text) { return !text.empty() && text.front() >= '0' && text.front() <= '9'; }

std::optional<Id> id_of(std::string_view key, bool is_old) {
  if (key.starts_with('/')) key.remove_prefix(1);
  const std::size_t scope_end = key.starts_with('@') ? key.find('/') : 0;
  if (scope_end == std::string_view::npos) return std::nullopt;
  const std::size_t at = key.find(is_old ? '/' : '@', scope_end + 1);
  if (at == std::string_view::npos) return std::nullopt;
  const Id id{key.substr(0, at), without_peers(key.substr(at + 1), is_old)};
  if (!is_version(id.version)) return std::nullopt;
  return id;
}

class Reader {
 public:
  Reader(const Node& root, List& list) : m_root(root), m_list(list) {
    const std::string_view version = root["lockfileVersion"].text();
    m_is_old = version.starts_with('5') || version.starts_with('4') || version.starts_with('3');
  }

  void read() {
    note_optional();
    for (const document::Entry entry : m_root["packages"].entries()) add(entry);
    for (const document::Entry entry : m_root["snapshots"].entries()) {
      if (const auto place = find_key(entry.key.text())) connect(*place, entry.value);
    }
    for (const document::Entry entry : m_root["packages"].entries()) {
      if (const auto place = find_key(entry.key.text())) connect(*place, entry.value);
    }
    if (const Node importers = m_root["importers"]; importers.is_mapping()) {
      for (const document::Entry importer : importers.entries()) name_directly(importer.value);
    } else {
      name_directly(m_root);
    }
  }

 private:
  /// Since version 9 it is a snapshot that is optional: the package is where all of its snapshots are.
  void note_optional() {
    for (const document::Entry entry : m_root["snapshots"].entries()) {
      const std::string key(without_peers(entry.key.text(), false));
      const bool is_optional = entry.value["optional"].as_boolean().value_or(false);
      const auto [place, fresh] = m_optional.emplace(key, is_optional);
      if (!fresh && !is_optional) place->second = false;
    }
  }
  [[nodiscard]] bool is_optional(std::string_view key, const Node& node) const {
    const auto place = m_optional.find(std::string(key));
    return node["optional"].as_boolean().value_or(false) || (place != m_optional.end() && place->second);
  }

  void add(const document::Entry& entry) {
    const Node& node = entry.value;
    auto id = id_of(entry.key.text(), m_is_old);
    const std::string_view name = node["name"].text();
    if (!id && !name.empty()) id = Id{name, node["version"].text()};  // of git or a file
    if (!id) {
      const Node resolution = node["resolution"];
      const bool is_local = resolution["type"].text() == "directory" || entry.key.text().find("@file:") != std::string_view::npos ||
                            entry.key.text().starts_with("file:");
      if (!is_local) add_unversioned(entry);
      return;
    }
    ComponentScope scope = ComponentScope::unknown;
    if (node["dev"]) scope = node["dev"].as_boolean().value_or(false) ? ComponentScope::excluded : ComponentScope::required;
    if (scope != ComponentScope::excluded && is_optional(entry.key.text(), node)) scope = ComponentScope::optional;
    keep(entry.key.text(), m_list.add({std::string(id->name), std::string(id->version), node.location(), scope, {}}));
  }

  /// `name@https://codeload...` or `github.com/...`: which version that is nobody says.
  void add_unversioned(const document::Entry& entry) {
    const std::string_view key = entry.key.text();
    const std::size_t at = key.find('@', 1);
    if (at == std::string_view::npos) {
      m_list.lost(entry.value.location(), "'" + std::string(key.substr(0, 200)) + "' names no package and version");
      return;
    }
    keep(key,
         m_list.add(
             {std::string(key.substr(key.starts_with('/') ? 1 : 0, at)), {}, entry.value.location(), ComponentScope::unknown, {}}));
  }

  void keep(std::string_view key, List::Index index) { m_places.emplace(key.substr(key.starts_with('/') ? 1 : 0), index); }

  [[nodiscard]] std::optional<List::Index> find_key(std::string_view key) const {
    if (key.starts_with('/')) key.remove_prefix(1);
    for (const std::string_view each : {key, key.substr(0, key.find('('))}) {
      if (const auto at = m_places.find(std::string(each)); at != m_places.end()) return at->second;
    }
    return std::nullopt;
  }

  /// `version` is a version, or the key of another package (an alias).
  [[nodiscard]] std::optional<List::Index> find(std::string_view name, std::string_view version) const {
    const std::string separator(1, m_is_old ? '/' : '@');
    if (const auto place = find_key(std::string(name) + separator + std::string(version))) return place;
    return find_key(version);
  }

  void connect(List::Index from, const Node& node) {
    for (const std::string_view key : {"dependencies", "optionalDependencies"}) {
      for (const document::Entry entry : node[key].entries()) {
        if (const auto target = find(entry.key.text(), entry.value.text())) m_list.need(from, *target);
      }
    }
  }

  void name_directly(const Node& importer) {
    for (const std::string_view key : {"dependencies", "optionalDependencies", "devDependencies"}) {
      for (const document::Entry entry : importer[key].entries()) {
        const std::string_view version = entry.value.is_mapping() ? entry.value["version"].text() : entry.value.text();
        const auto target = find(entry.key.text(), version);
        if (target) m_list.name_directly(*target, key == "devDependencies" ? Use::development : Use::production);
      }
    }
  }

  Node m_root;
  List& m_list;
  bool m_is_old = false;
  std::unordered_map<std::string, bool> m_optional;  ///< by key without peers
  std::unordered_map<std::string, List::Index> m_places;
};

}  // namespace

void read_pnpm(const LockFile& lock, List& list) {
  const NodeManifest manifest = node_manifest(lock);
  list.set_name(manifest.name);
  list.set_version(manifest.version);
  Reader(lock.root, list).read();
}

}  // namespace postern::ingest::lockfiles
