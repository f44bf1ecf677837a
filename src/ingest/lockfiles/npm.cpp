// SPDX-License-Identifier: Apache-2.0
// package-lock.json and npm-shrinkwrap.json of lockfileVersion 1 (nested `dependencies`), 2 and 3 (`packages` by their folder).
#include <ingest/lockfiles/readers.h>

#include <unordered_map>

namespace postern::ingest::lockfiles {
namespace {

constexpr std::string_view k_folder = "node_modules/";

/// `node_modules/a/node_modules/@s/b` -> `@s/b`; empty for a part of the repository itself.
std::string_view name_in_folder(std::string_view path) {
  const std::size_t at = path.rfind(k_folder);
  const bool is_whole_part = at != std::string_view::npos && (at == 0 || path[at - 1] == '/');
  return is_whole_part ? path.substr(at + k_folder.size()) : std::string_view();
}

ComponentScope scope_of(const Node& package) {
  const auto is_set = [&](std::string_view key) { return package[key].as_boolean().value_or(false); };
  if (is_set("dev")) return ComponentScope::excluded;
  // `devOptional`: for development, and on wish of what runs.
  return is_set("optional") || is_set("devOptional") ? ComponentScope::optional : ComponentScope::required;
}

/// A version is a number; what stands there for git, files and aliases is not.
std::string plain_version(std::string_view version) {
  return version.find(':') == std::string_view::npos ? std::string(version) : std::string();
}

/// lockfileVersion 2 and 3.
class Folders {
 public:
  Folders(const Node& packages, List& list) : m_packages(packages), m_list(list) {}

  void read() {
    for (const document::Entry entry : m_packages.entries()) add(entry.key.text(), entry.value);
    for (const document::Entry entry : m_packages.entries()) connect(entry.key.text(), entry.value);
  }

 private:
  void add(std::string_view path, const Node& node) {
    std::string_view name = name_in_folder(path);
    if (name.empty() || node["link"].as_boolean().value_or(false)) return;
    if (const std::string_view real = node["name"].text(); !real.empty()) name = real;
    Package package{std::string(name), plain_version(node["version"].text()), node.location(), scope_of(node), {}};
    if (const auto licence = node["license"].as_string()) package.licences.emplace_back(*licence);
    m_places.emplace(path, m_list.add(package));
  }

  /// As Node.js looks for a package: in the folder itself, then in those around it.
  [[nodiscard]] std::optional<List::Index> find(std::string_view from, std::string_view name) const {
    std::string folder(from);
    while (true) {
      const std::string path = (folder.empty() ? "" : folder + '/') + std::string(k_folder) + std::string(name);
      if (const auto at = m_places.find(path); at != m_places.end()) return at->second;
      if (folder.empty()) return std::nullopt;
      const std::size_t outer = folder.rfind("/node_modules/");
      const std::size_t slash = folder.rfind('/');
      folder.resize(outer != std::string::npos ? outer : slash != std::string::npos && !folder.starts_with(k_folder) ? slash : 0);
    }
  }

  void connect(std::string_view path, const Node& node) {
    const auto self = m_places.find(std::string(path));
    const bool is_part_of_repository = name_in_folder(path).empty();
    if (self == m_places.end() && !is_part_of_repository) return;
    for (const NodeManifest::Wish& wish : wishes_of(node).wishes) {
      const auto target = find(path, wish.name);
      if (!target) continue;
      if (is_part_of_repository)
        m_list.name_directly(*target, wish.use);
      else if (wish.use == Use::production)
        m_list.need(self->second, *target);
    }
  }

  Node m_packages;
  List& m_list;
  std::unordered_map<std::string, List::Index> m_places;
};

/// lockfileVersion 1.
class Nested {
 public:
  Nested(const Node& dependencies, const NodeManifest& manifest, List& list) : m_list(list) {
    const Names outermost = add(dependencies);
    for (const NodeManifest::Wish& wish : manifest.wishes) {
      if (const auto at = outermost.find(wish.name); at != outermost.end()) list.name_directly(at->second, wish.use);
    }
    connect(dependencies, outermost);
  }

 private:
  using Names = std::map<std::string_view, List::Index, std::less<>>;

  [[nodiscard]] Names add(const Node& dependencies) {
    Names names;
    for (const document::Entry entry : dependencies.entries()) {
      std::string_view name = entry.key.text();
      std::string_view version = entry.value["version"].text();
      constexpr std::string_view k_alias = "npm:";
      if (version.starts_with(k_alias)) {
        version.remove_prefix(k_alias.size());
        const std::size_t at = version.rfind('@');
        const bool has_version = at != std::string_view::npos && at > 0;
        name = version.substr(0, has_version ? at : version.size());
        version = has_version ? version.substr(at + 1) : std::string_view();
      }
      const Package package{std::string(name), plain_version(version), entry.value.location(), scope_of(entry.value), {}};
      names.emplace(entry.key.text(), m_list.add(package));
    }
    return names;
  }

  void connect(const Node& dependencies, const Names& own) {
    m_scopes.push_back(&own);
    for (const document::Entry entry : dependencies.entries()) {
      const auto self = own.find(entry.key.text());
      if (self == own.end()) continue;
      const Names inner = add(entry.value["dependencies"]);
      m_scopes.push_back(&inner);
      for (const document::Entry wish : entry.value["requires"].entries()) need(self->second, wish.key.text());
      m_scopes.pop_back();
      if (!inner.empty()) connect(entry.value["dependencies"], inner);
    }
    m_scopes.pop_back();
  }

  void need(List::Index from, std::string_view name) {
    for (auto names = m_scopes.rbegin(); names != m_scopes.rend(); ++names) {
      const auto target = (*names)->find(name);
      if (target == (*names)->end()) continue;
      m_list.need(from, target->second);
      return;
    }
  }

  List& m_list;
  std::vector<const Names*> m_scopes;  ///< from the outermost to the innermost
};

}  // namespace

void read_npm(const LockFile& lock, List& list) {
  list.set_name(lock.root["name"].text());
  list.set_version(lock.root["version"].text());
  if (const Node packages = lock.root["packages"]; packages.is_mapping()) {
    Folders(packages, list).read();
  } else if (lock.root["dependencies"].is_mapping()) {
    const Nested nested(lock.root["dependencies"], node_manifest(lock), list);
  }
}

}  // namespace postern::ingest::lockfiles
