// SPDX-License-Identifier: Apache-2.0
// yarn.lock, of yarn 1 (a format of its own) and of yarn 2 and later (YAML).
#include <ingest/lockfiles/readers.h>
#include <postern/base/text.h>

#include <unordered_map>

namespace postern::ingest::lockfiles {
namespace {

/// `@s/name@range` -> name and range.
struct Descriptor {
  std::string_view name;
  std::string_view range;
};

Descriptor parts_of(std::string_view text) {
  const std::size_t at = text.find('@', 1);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string_view without_quotes(std::string_view text) {
  text = base::trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

/// The package that an alias stands for: `npm:real@1.0` -> `real`.
std::string_view real_name(const Descriptor& descriptor) {
  constexpr std::string_view k_alias = "npm:";
  if (!descriptor.range.starts_with(k_alias)) return descriptor.name;
  const std::string_view rest = descriptor.range.substr(k_alias.size());
  const std::size_t at = rest.find('@', 1);
  const bool is_name = !rest.empty() && (rest.front() == '@' || at != std::string_view::npos) && rest.find('/') != 0;
  if (!is_name || at == std::string_view::npos) return descriptor.name;
  return rest.substr(0, at);
}

/// Who asks for what, by descriptor (`name@range`).
class Descriptors {
 public:
  explicit Descriptors(List& list) : m_list(list) {}

  void keep(std::string_view descriptor, List::Index index) { m_places.emplace(descriptor, index); }
  void want(List::Index from, std::string descriptor) { m_wants.emplace_back(from, std::move(descriptor)); }
  void name_directly(std::string_view name, std::string_view range, Use use) {
    if (const auto index = find(name, range)) m_list.name_directly(*index, use);
  }
  void connect() {
    for (const auto& [from, descriptor] : m_wants) {
      const Descriptor parts = parts_of(descriptor);
      if (const auto index = find(parts.name, parts.range)) m_list.need(from, *index);
    }
  }

 private:
  [[nodiscard]] std::optional<List::Index> find(std::string_view name, std::string_view range) const {
    for (const std::string_view scheme : {"", "npm:"}) {
      const auto at = m_places.find(std::string(name) + '@' + std::string(scheme) + std::string(range));
      if (at != m_places.end()) return at->second;
    }
    return std::nullopt;
  }

  List& m_list;
  std::unordered_map<std::string, List::Index> m_places;
  std::vector<std::pair<List::Index, std::string>> m_wants;
};

/// The block of yarn 1 that is being read.
struct Block {
  std::vector<std::string_view> descriptors;
  std::string_view version;
  std::vector<std::string> wants;
  std::size_t line = 0;
};

void finish(const LockFile& lock, Block& block, Descriptors& descriptors, List& list) {
  if (block.descriptors.empty()) return;
  const Descriptor first = parts_of(block.descriptors.front());
  if (block.version.empty()) list.lost(lock.at(block.line), "'" + std::string(first.name) + "' has no version");
  const List::Index index =
      list.add({std::string(real_name(first)), std::string(block.version), lock.at(block.line), ComponentScope::unknown, {}});
  for (const std::string_view each : block.descriptors) descriptors.keep(each, index);
  for (std::string& each : block.wants) descriptors.want(index, std::move(each));
  block = {};
}

void read_classic(const LockFile& lock, Descriptors& descriptors, List& list) {
  Block block;
  bool in_wants = false;
  for (const Line& line : lines_of(lock.file.bytes)) {
    if (base::trim(line.text).empty() || line.text.front() == '#') continue;
    const std::size_t indent = line.text.find_first_not_of(' ');
    std::string_view text = base::trim(line.text);
    if (indent == 0) {
      finish(lock, block, descriptors, list);
      if (!text.ends_with(':')) {
        list.lost(lock.at(line.number), "a line that no lock file of yarn has");
        continue;
      }
      text.remove_suffix(1);
      block.line = line.number;
      for (const std::string_view each : base::split(text, ',')) block.descriptors.push_back(without_quotes(each));
      in_wants = false;
    } else if (indent <= 2) {
      in_wants = text == "dependencies:" || text == "optionalDependencies:";
      if (text.starts_with("version ")) block.version = without_quotes(text.substr(8));
    } else if (in_wants) {
      const std::size_t space = text.find(' ');
      if (space == std::string_view::npos) continue;
      block.wants.push_back(std::string(without_quotes(text.substr(0, space))) + '@' +
                            std::string(without_quotes(text.substr(space + 1))));
    }
  }
  finish(lock, block, descriptors, list);
}

/// What a workspace of yarn 2 asks for; `package.json` says what of it is for development.
struct Workspace {
  Node dependencies;
  bool is_top = false;
};

void add_berry(const document::Entry& entry, Descriptors& descriptors, std::vector<Workspace>& workspaces, List& list) {
  const Node& node = entry.value;
  const Descriptor resolution = parts_of(node["resolution"].text());
  if (node["linkType"].text() == "soft" || resolution.range.starts_with("workspace:")) {
    workspaces.push_back({node["dependencies"], resolution.range == "workspace:."});
    return;
  }
  const std::string_view version = node["version"].text();
  if (resolution.name.empty()) {
    list.lost(node.location(), "'" + std::string(entry.key.text().substr(0, 200)) + "' has no resolution");
    return;
  }
  // What comes from git or a file has a version of its own that no registry knows.
  const bool is_published =
      resolution.range.starts_with("npm:") || resolution.range.starts_with("patch:") || resolution.range.starts_with("virtual:");
  const List::Index index = list.add({std::string(resolution.name),
                                      is_published ? std::string(version) : std::string(),
                                      node.location(),
                                      ComponentScope::unknown,
                                      {}});
  for (const std::string_view each : base::split(entry.key.text(), ',')) descriptors.keep(base::trim(each), index);
  for (const document::Entry want : node["dependencies"].entries())
    descriptors.want(index, std::string(want.key.text()) + '@' + std::string(want.value.text()));
}

void read_berry(const LockFile& lock, const NodeManifest& manifest, Descriptors& descriptors, List& list) {
  std::vector<Workspace> workspaces;
  for (const document::Entry entry : lock.root.entries()) {
    if (entry.key.text() != "__metadata" && entry.value.is_mapping()) add_berry(entry, descriptors, workspaces, list);
  }
  for (const Workspace& workspace : workspaces) {
    for (const document::Entry want : workspace.dependencies.entries()) {
      Use use = Use::production;
      for (const NodeManifest::Wish& wish : manifest.wishes) {
        if (workspace.is_top && wish.name == want.key.text() && wish.use == Use::development) use = Use::development;
      }
      descriptors.name_directly(want.key.text(), want.value.text(), use);
    }
  }
}

}  // namespace

void read_yarn(const LockFile& lock, List& list) {
  const NodeManifest manifest = node_manifest(lock);
  list.set_name(manifest.name);
  list.set_version(manifest.version);
  Descriptors descriptors(list);
  if (lock.root) {
    read_berry(lock, manifest, descriptors, list);
  } else {
    read_classic(lock, descriptors, list);
    for (const NodeManifest::Wish& wish : manifest.wishes) descriptors.name_directly(wish.name, wish.range, wish.use);
  }
  descriptors.connect();
}

}  // namespace postern::ingest::lockfiles
