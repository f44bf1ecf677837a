// SPDX-License-Identifier: Apache-2.0
// poetry.lock, uv.lock, pdm.lock (TOML) and Pipfile.lock (JSON).
#include <ingest/lockfiles/readers.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::lockfiles {
namespace {

using Places = std::map<std::string, std::vector<List::Index>>;

/// The rows of `[[package]]` that come from somewhere else than the repository itself.
bool is_local(const Node& package) {
  const Node source = package["source"];
  return source["virtual"] || source["editable"] || source["directory"] || source["workspace"] ||
         source["type"].text() == "directory" || package["path"] || package["editable"].as_boolean().value_or(false);
}

ComponentScope scope_of(const Node& package) {
  const std::string_view category = package["category"].text();  // before poetry 1.5
  if (category == "dev") return ComponentScope::excluded;
  if (category == "main") return ComponentScope::required;
  const Node groups = package["groups"];
  if (groups.size() == 0) return ComponentScope::unknown;
  const auto is_main = [](std::string_view group) { return group == "main" || group == "default"; };
  for (const Node group : groups.items()) {
    if (is_main(group.text())) return ComponentScope::required;
  }
  return ComponentScope::excluded;
}

Places add_packages(const LockFile& lock, List& list) {
  Places places;
  for (const Node package : lock.root["package"].items()) {
    const std::string name = python_name(package["name"].text());
    if (is_local(package)) continue;
    if (name.empty()) {
      list.lost(package.location(), "a package without a name");
      continue;
    }
    std::vector<List::Index>& own = places[name];
    const List::Index index = list.add({name, std::string(package["version"].text()), package.location(), scope_of(package), {}});
    if (std::find(own.begin(), own.end(), index) == own.end()) own.push_back(index);
  }
  return places;
}

void need_all(const Places& places, std::string_view from, std::string_view to, List& list) {
  const auto source = places.find(python_name(from));
  const auto target = places.find(python_name(to));
  if (source == places.end() || target == places.end()) return;
  for (const List::Index one : source->second) {
    for (const List::Index other : target->second) list.need(one, other);
  }
}

/// The names in `dependencies`: keys of a table, tables with `name`, or requirements.
std::vector<std::string_view> names_in(const Node& dependencies) {
  std::vector<std::string_view> names;
  for (const document::Entry entry : dependencies.entries()) names.push_back(entry.key.text());
  for (const Node item : dependencies.items())
    names.push_back(item.is_mapping() ? item["name"].text() : name_of_requirement(item.text()));
  return names;
}

void read_packages(const LockFile& lock, List& list) {
  const NodeManifest manifest = python_manifest(lock);
  list.set_name(manifest.name);
  list.set_version(manifest.version);
  const Places places = add_packages(lock, list);
  for (const Node package : lock.root["package"].items()) {
    for (const std::string_view name : names_in(package["dependencies"])) need_all(places, package["name"].text(), name, list);
  }
  name_wishes(manifest, places, list);
}

void name_all(const Places& places, const Node& dependencies, Use use, List& list) {
  for (const std::string_view name : names_in(dependencies)) {
    const auto at = places.find(python_name(name));
    if (at == places.end()) continue;
    for (const List::Index index : at->second) list.name_directly(index, use);
  }
}

}  // namespace

void read_poetry(const LockFile& lock, List& list) { read_packages(lock, list); }
void read_pdm(const LockFile& lock, List& list) { read_packages(lock, list); }

void read_uv(const LockFile& lock, List& list) {
  const Places places = add_packages(lock, list);
  for (const Node package : lock.root["package"].items()) {
    if (!is_local(package)) {
      for (const std::string_view name : names_in(package["dependencies"])) need_all(places, package["name"].text(), name, list);
      continue;
    }
    const std::string_view folder =
        package["source"]["virtual"] ? package["source"]["virtual"].text() : package["source"]["editable"].text();
    if (folder == ".") {
      list.set_name(package["name"].text());
      list.set_version(package["version"].text());
    }
    name_all(places, package["dependencies"], Use::production, list);
    for (const document::Entry extra : package["optional-dependencies"].entries())
      name_all(places, extra.value, Use::production, list);
    for (const document::Entry group : package["dev-dependencies"].entries()) name_all(places, group.value, Use::development, list);
  }
}

void read_pipfile(const LockFile& lock, List& list) {
  std::map<std::string, std::vector<List::Index>> places;
  for (const std::string_view section : {"default", "develop"}) {
    const ComponentScope scope = section == "default" ? ComponentScope::required : ComponentScope::excluded;
    for (const document::Entry entry : lock.root[section].entries()) {
      std::string_view version = entry.value["version"].text();
      if (entry.value["path"] || entry.value["editable"].as_boolean().value_or(false)) continue;
      version = version.starts_with("===") ? version.substr(3) : version.starts_with("==") ? version.substr(2) : std::string_view();
      const std::string name = python_name(entry.key.text());
      places[name].push_back(list.add({name, std::string(version), entry.value.location(), scope, {}}));
    }
  }
  const auto manifest = document_beside(lock, "Pipfile", document::Format::toml);
  if (!manifest) return;
  name_all(places, manifest->root()["packages"], Use::production, list);
  name_all(places, manifest->root()["dev-packages"], Use::development, list);
}

}  // namespace postern::ingest::lockfiles
