// SPDX-License-Identifier: Apache-2.0
// composer.lock, packages.lock.json of NuGet, Cargo.lock, Gemfile.lock and gradle.lockfile.
#include <ingest/lockfiles/readers.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::lockfiles {
namespace {

using Places = std::map<std::string, std::vector<List::Index>>;

void need_by_name(const Places& places, List::Index from, const std::string& name, List& list) {
  const auto target = places.find(name);
  if (target == places.end()) return;
  for (const List::Index index : target->second) list.need(from, index);
}

/// `name`, `name 1.0.0` or `name 1.0.0 (registry+...)` of Cargo, to the rows that it means.
std::vector<List::Index> crates_called(const Places& places, const List& list, std::string_view text) {
  const std::size_t space = text.find(' ');
  const auto at = places.find(std::string(text.substr(0, space)));
  if (at == places.end()) return {};
  if (space == std::string_view::npos) return at->second;
  const std::string_view rest = text.substr(space + 1);
  const std::string_view version = rest.substr(0, rest.find(' '));
  std::vector<List::Index> found;
  for (const List::Index index : at->second) {
    if (list.version_of(index) == version) found.push_back(index);
  }
  return found;
}

/// The names under `[dev-dependencies]` and not under others.
std::set<std::string> development_crates(const LockFile& lock) {
  std::set<std::string> names;
  const auto manifest = document_beside(lock, "Cargo.toml", document::Format::toml);
  if (!manifest) return names;
  for (const document::Entry entry : manifest->root()["dev-dependencies"].entries()) names.insert(std::string(entry.key.text()));
  for (const document::Entry entry : manifest->root()["dependencies"].entries()) names.erase(std::string(entry.key.text()));
  return names;
}

/// `    rails (7.0.4)` of Gemfile.lock.
struct Gem {
  std::string_view name;
  std::string_view version;
};

Gem gem_of(std::string_view text) {
  text = base::trim(text);
  const std::size_t open = text.find(" (");
  if (open == std::string_view::npos) return {text.ends_with('!') ? text.substr(0, text.size() - 1) : text, {}};
  std::string_view version = text.substr(open + 2);
  version = version.substr(0, version.find(')'));
  return {text.substr(0, open), version.substr(0, version.find('-'))};  // without the platform
}

/// `v1.2.3` -> `1.2.3`, as Packagist normalises it; a branch (`dev-main`) stays as it is.
std::string composer_version(std::string_view version) {
  const bool has_prefix = version.size() > 1 && (version[0] == 'v' || version[0] == 'V') && version[1] >= '0' && version[1] <= '9';
  return std::string(has_prefix ? version.substr(1) : version);
}

}  // namespace

void read_composer(const LockFile& lock, List& list) {
  Places places;
  for (const std::string_view section : {"packages", "packages-dev"}) {
    for (const Node item : lock.root[section].items()) {
      Package package{std::string(item["name"].text()),
                      composer_version(item["version"].text()),
                      item.location(),
                      section == "packages" ? ComponentScope::required : ComponentScope::excluded,
                      {}};
      for (const Node licence : item["license"].items()) package.licences.emplace_back(licence.text());
      if (package.name.empty()) {
        list.lost(item.location(), "a package without a name");
      } else {
        places[package.name].push_back(list.add(package));
      }
    }
  }
  for (const std::string_view section : {"packages", "packages-dev"}) {
    for (const Node item : lock.root[section].items()) {
      const auto self = places.find(std::string(item["name"].text()));
      if (self == places.end()) continue;
      for (const document::Entry entry : item["require"].entries())
        need_by_name(places, self->second.front(), std::string(entry.key.text()), list);
    }
  }
  const auto manifest = document_beside(lock, "composer.json", document::Format::json);
  if (!manifest) return;
  list.set_name(manifest->root()["name"].text());
  for (const std::string_view section : {"require", "require-dev"}) {
    for (const document::Entry entry : manifest->root()[section].entries()) {
      const auto at = places.find(std::string(entry.key.text()));
      if (at != places.end()) list.name_directly(at->second.front(), section == "require" ? Use::production : Use::development);
    }
  }
}

void read_nuget(const LockFile& lock, List& list) {
  for (const document::Entry framework : lock.root["dependencies"].entries()) {
    Places places;
    for (const document::Entry entry : framework.value.entries()) {
      const std::string_view type = entry.value["type"].text();
      if (type == "Project") continue;
      const List::Index index = list.add({std::string(entry.key.text()),
                                          std::string(entry.value["resolved"].text()),
                                          entry.value.location(),
                                          ComponentScope::unknown,
                                          {}});
      places[base::to_lower(entry.key.text())].push_back(index);
      if (type == "Direct") list.name_directly(index, Use::production);
    }
    for (const document::Entry entry : framework.value.entries()) {
      const auto self = places.find(base::to_lower(entry.key.text()));
      for (const document::Entry wish : entry.value["dependencies"].entries()) {
        const std::string name = base::to_lower(wish.key.text());
        if (self != places.end()) need_by_name(places, self->second.front(), name, list);
        const auto target = places.find(name);
        // What a project of the same solution needs is needed directly.
        if (self == places.end() && target != places.end()) list.name_directly(target->second.front(), Use::production);
      }
    }
  }
}

void read_cargo(const LockFile& lock, List& list) {
  Places places;
  const std::set<std::string> development = development_crates(lock);
  for (const Node item : lock.root["package"].items()) {
    if (!item["source"]) continue;  // a part of the repository
    const std::string name(item["name"].text());
    places[name].push_back(list.add({name, std::string(item["version"].text()), item.location(), ComponentScope::unknown, {}}));
  }
  std::vector<std::string_view> members;
  for (const Node item : lock.root["package"].items()) {
    const bool is_member = !item["source"];
    const std::string name(item["name"].text());
    if (is_member) members.push_back(item["name"].text());
    for (const Node wish : item["dependencies"].items()) {
      for (const List::Index target : crates_called(places, list, wish.text())) {
        if (is_member) {
          const std::string wanted(wish.text().substr(0, wish.text().find(' ')));
          list.name_directly(target, development.contains(wanted) ? Use::development : Use::production);
          continue;
        }
        for (const List::Index self : crates_called(places, list, name + ' ' + std::string(item["version"].text())))
          list.need(self, target);
      }
    }
  }
  if (members.size() == 1) list.set_name(members.front());
}

void read_gemfile(const LockFile& lock, List& list) {
  enum class Section : std::uint8_t { other, published, elsewhere, direct };
  Section section = Section::other;
  Places places;
  std::vector<std::pair<List::Index, std::string>> wishes;
  std::vector<std::string> direct;
  std::optional<List::Index> gem;
  for (const Line& line : lines_of(lock.file.bytes)) {
    if (base::trim(line.text).empty()) continue;
    const std::size_t indent = line.text.find_first_not_of(' ');
    const Gem parts = gem_of(line.text);
    if (indent == 0) {
      gem.reset();
      section = line.text == "GEM" ? Section::published : line.text == "DEPENDENCIES" ? Section::direct : Section::other;
      if (line.text == "GIT") section = Section::elsewhere;
    } else if (section == Section::direct && indent == 2) {
      direct.emplace_back(parts.name);
    } else if ((section == Section::published || section == Section::elsewhere) && indent == 4) {
      gem = list.add({std::string(parts.name), std::string(parts.version), lock.at(line.number), ComponentScope::unknown, {}});
      places[std::string(parts.name)].push_back(*gem);
    } else if (gem && indent == 6) {
      wishes.emplace_back(*gem, parts.name);
    }
  }
  for (const auto& [from, name] : wishes) need_by_name(places, from, name, list);
  for (const std::string& name : direct) {
    const auto at = places.find(name);
    if (at == places.end()) continue;
    for (const List::Index index : at->second) list.name_directly(index, Use::production);
  }
}

void read_gradle(const LockFile& lock, List& list) {
  const bool is_of_build = base::file_name(lock.file.path).starts_with("buildscript");
  for (const Line& line : lines_of(lock.file.bytes)) {
    const std::string_view text = base::trim(line.text);
    if (text.empty() || text.front() == '#' || text.starts_with("empty=")) continue;
    const std::size_t equals = text.find('=');
    const std::string_view module = text.substr(0, equals);
    const std::size_t version = module.rfind(':');
    if (version == std::string_view::npos || module.find(':') == version) {
      list.lost(lock.at(line.number), "a line that is not GROUP:ARTIFACT:VERSION=CONFIGURATIONS");
      continue;
    }
    ComponentScope scope = ComponentScope::unknown;
    if (equals != std::string_view::npos) {
      const std::vector<std::string_view> configurations = base::split(text.substr(equals + 1), ',');
      const auto runs = [](std::string_view each) { return each == "runtimeClasspath" || each.ends_with("RuntimeClasspath"); };
      const auto tests = [](std::string_view each) { return base::to_lower(each).find("test") != std::string::npos; };
      if (std::all_of(configurations.begin(), configurations.end(), tests)) scope = ComponentScope::excluded;
      if (std::any_of(configurations.begin(), configurations.end(),
                      [&](std::string_view each) { return runs(each) && !tests(each); }))
        scope = ComponentScope::required;
    }
    if (is_of_build) scope = ComponentScope::excluded;
    list.add({std::string(module.substr(0, version)), std::string(module.substr(version + 1)), lock.at(line.number), scope, {}});
  }
}

}  // namespace postern::ingest::lockfiles
