// SPDX-License-Identifier: Apache-2.0
// pom.xml of Maven: dependencies whose versions the file itself settles, by properties and dependencyManagement. What a parent or
// an imported list of versions decides is in other files: such a version is unknown.
#include <ingest/lockfiles/readers.h>
#include <postern/base/text.h>

namespace postern::ingest::lockfiles {
namespace {

/// Elements of one name are a sequence, a single one is itself.
std::vector<Node> each_of(const Node& parent, std::string_view name) {
  const Node found = parent[name];
  std::vector<Node> all;
  if (!found) return all;
  if (!found.is_sequence()) return {found};
  for (const Node item : found.items()) all.push_back(item);
  return all;
}

std::string_view text_of(const Node& node) { return node.is_mapping() ? node["#text"].text() : node.text(); }

/// Profiles that nobody needs to ask for.
bool is_on_by_default(const Node& profile) { return text_of(profile["activation"]["activeByDefault"]) == "true"; }

class Project {
 public:
  explicit Project(const Node& root) : m_root(root) {
    for (const document::Entry entry : root["properties"].entries()) m_properties.emplace(entry.key.text(), text_of(entry.value));
    for (const std::string_view key : {"groupId", "artifactId", "version"}) {
      std::string_view value = text_of(root[key]);
      if (value.empty()) value = text_of(root["parent"][key]);
      for (const std::string_view prefix : {"project.", "pom.", ""})
        m_properties.emplace(std::string(prefix) + std::string(key), value);
      m_properties.emplace("project.parent." + std::string(key), text_of(root["parent"][key]));
    }
    for (const Node profile : each_of(root["profiles"], "profile")) {
      if (!is_on_by_default(profile)) continue;
      for (const document::Entry entry : profile["properties"].entries())
        m_properties.insert_or_assign(std::string(entry.key.text()), std::string(text_of(entry.value)));
    }
    for (const Node each : each_of(root["dependencyManagement"]["dependencies"], "dependency"))
      m_managed.emplace(name_of(each), each);
  }

  /// With properties put in; nothing where one is not in this file.
  [[nodiscard]] std::optional<std::string> fill(std::string_view text, int depth = 0) const {
    constexpr int k_deepest = 8;
    constexpr std::size_t k_longest = 512;
    std::string result;
    while (!text.empty()) {
      const std::size_t open = text.find("${");
      result += text.substr(0, open);
      if (open == std::string_view::npos) break;
      const std::size_t close = text.find('}', open);
      if (close == std::string_view::npos || depth == k_deepest || result.size() > k_longest) return std::nullopt;
      const auto property = m_properties.find(text.substr(open + 2, close - open - 2));
      if (property == m_properties.end()) return std::nullopt;
      const auto value = fill(property->second, depth + 1);
      if (!value) return std::nullopt;
      result += *value;
      text.remove_prefix(close + 1);
    }
    return result;
  }

  [[nodiscard]] std::string name_of(const Node& dependency) const {
    const auto group = fill(text_of(dependency["groupId"]));
    const auto artifact = fill(text_of(dependency["artifactId"]));
    return group && artifact && !group->empty() && !artifact->empty() ? *group + ':' + *artifact : std::string();
  }

  /// Of the dependency itself, or of what manages it.
  [[nodiscard]] std::string field(const Node& dependency, const std::string& name, std::string_view key) const {
    std::string_view text = text_of(dependency[key]);
    const auto managed = m_managed.find(name);
    if (text.empty() && managed != m_managed.end()) text = text_of(managed->second[key]);
    return fill(text).value_or(std::string());
  }

 private:
  Node m_root;
  std::map<std::string, std::string, std::less<>> m_properties;
  std::map<std::string, Node> m_managed;
};

/// A range (`[1.0,2.0)`) is decided when it is built; one of a single version (`[1.0]`) is that version.
std::string settled(std::string version) {
  if (version.starts_with('[') && version.ends_with(']') && version.find(',') == std::string::npos)
    return version.substr(1, version.size() - 2);
  const bool is_open = version.find_first_of("[(,") != std::string::npos || version == "LATEST" || version == "RELEASE";
  return is_open ? std::string() : version;
}

/// Of the project or of one of its profiles; `usual` is the scope of those that say none.
void read_dependencies(const Project& project, const Node& from, ComponentScope usual, List& list) {
  for (const Node dependency : each_of(from["dependencies"], "dependency")) {
    const std::string name = project.name_of(dependency);
    if (name.empty()) {
      list.lost(dependency.location(), "a dependency whose name this file does not settle");
      continue;
    }
    const std::string scope = project.field(dependency, name, "scope");
    Package package{name, settled(project.field(dependency, name, "version")), dependency.location(), usual, {}};
    if (scope == "test" || scope == "provided") package.scope = ComponentScope::excluded;
    if (project.field(dependency, name, "optional") == "true") package.scope = ComponentScope::optional;
    list.name_directly(list.add(package), Use::production);
  }
}

}  // namespace

void read_pom(const LockFile& lock, List& list) {
  const Node root = lock.root["project"];
  const Project project(root);
  list.set_name(project.fill(text_of(root["artifactId"])).value_or(std::string()));
  read_dependencies(project, root, ComponentScope::required, list);
  for (const Node profile : each_of(root["profiles"], "profile"))
    read_dependencies(project, profile, is_on_by_default(profile) ? ComponentScope::required : ComponentScope::optional, list);
}

}  // namespace postern::ingest::lockfiles
