// SPDX-License-Identifier: Apache-2.0
// Rows of reports -> entities.
#include "enrich/binding.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <set>

#include "package/image_name.h"

namespace postern::enrich {
namespace {

using model::Entity;
using model::EntityIndex;
using model::Symbol;

const std::vector<EntityIndex>* find(const std::unordered_map<std::string, std::vector<EntityIndex>>& index,
                                     const std::string& key) {
  const auto at = key.empty() ? index.end() : index.find(key);
  return at == index.end() ? nullptr : &at->second;
}

std::vector<EntityIndex> found(const std::unordered_map<std::string, std::vector<EntityIndex>>& index, const std::string& key) {
  const std::vector<EntityIndex>* entities = find(index, key);
  return entities == nullptr ? std::vector<EntityIndex>() : *entities;
}

/// Last part of a name: `org.sample:log` -> `log`, `pkg:npm/%40a/b` -> `b`.
std::string_view last_of(std::string_view name) {
  const std::size_t at = name.find_last_of("/:");
  return at == std::string_view::npos ? name : name.substr(at + 1);
}

/// `ghcr.io/sample/booking:1` -> `booking:1`.
std::string_view last_of_path(std::string_view name) { return name.substr(name.rfind('/') + 1); }

/// Whether one path ends with the other, at a border of folders.
bool ends_with_path(std::string_view longer, std::string_view shorter) {
  if (longer.size() < shorter.size()) return ends_with_path(shorter, longer);
  return longer.ends_with(shorter) && (longer.size() == shorter.size() || longer[longer.size() - shorter.size() - 1] == '/');
}

std::string_view plain_path(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

void keep_workloads(const model::ArchitectureGraph& graph, std::vector<EntityIndex>& entities) {
  std::vector<EntityIndex> workloads;
  for (const EntityIndex index : entities) {
    if (is_workload(graph.entity(index).kind)) workloads.push_back(index);
  }
  if (!workloads.empty()) entities = std::move(workloads);
}

std::vector<Bound> without_component(const std::vector<EntityIndex>& entities) {
  std::set<EntityIndex> sorted(entities.begin(), entities.end());
  std::vector<Bound> bound;
  for (const EntityIndex index : sorted) bound.push_back({index, nullptr});
  return bound;
}

}  // namespace

Binder::Binder(const State& state) : m_state(state) {
  for (EntityIndex index = 0; index < state.graph.entities().size(); ++index) {
    if (state.graph.entity(index).kind != model::EntityKind::library) add_names(index);
  }
  add_components();
}

void Binder::add_names(EntityIndex index) {
  const Entity& entity = m_state.graph.entity(index);
  for (const model::Attribute& row : entity.attributes.of(model::attribute::image)) {
    const auto* text = std::get_if<Symbol>(&row.value);
    if (text == nullptr) continue;
    const package::ImageName name = package::image_name(text->view());
    m_by_repository[name.repository].push_back(index);
    if (!name.tag.empty()) m_by_image[name.repository + ":" + name.tag].push_back(index);
    if (!name.digest.empty()) m_by_image[name.digest].push_back(index);
  }
  m_by_address[base::to_lower(entity.id.address.view())].push_back(index);
  for (const model::Alias& alias : entity.aliases) {
    std::string_view text = alias.text.view();
    if (alias.kind == model::AliasKind::host || alias.kind == model::AliasKind::dns_name)
      m_by_host[std::string(text)].push_back(index);
    if (alias.kind != model::AliasKind::resource_name) continue;
    for (const std::string_view prefix : {"live:", "named:", "was:"}) {
      if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    }
    m_by_address[base::to_lower(text)].push_back(index);
  }
  for (const Symbol host : entity.attributes.list(model::attribute::hosts)) m_by_host[host.str()].push_back(index);
  for (const model::Location& location : entity.locations)
    m_by_file[std::string(base::file_name(location.file.view()))].push_back(index);
  if (is_workload(entity.kind) || entity.kind == model::EntityKind::application)
    m_by_name[base::to_lower(entity.name.view())].push_back(index);
}

void Binder::add_components() {
  for (const model::Component& component : m_state.components) {
    const auto owner = m_state.graph.find(component.owner);
    if (!owner) continue;
    const std::string purl = base::to_lower(component.library->purl.view());
    m_by_package[purl].push_back({*owner, &component});
    const std::string name = base::to_lower(component.library->name.view());
    if (name != purl) m_by_package[name].push_back({*owner, &component});
  }
}

std::vector<EntityIndex> Binder::by_image(const model::ReportFact& report, const model::ReportedFinding& row) const {
  std::vector<Symbol> digests = report.digests;
  std::vector<Symbol> images = report.images;
  if (!row.image.empty() || !row.digest.empty()) {
    images.assign(1, row.image);
    digests.assign(1, row.digest);
  }
  std::vector<EntityIndex> entities;
  const auto take = [&](const Index& index, const std::string& key) {
    const std::vector<EntityIndex>* more = find(index, key);
    if (more != nullptr) entities.insert(entities.end(), more->begin(), more->end());
  };
  for (const Symbol digest : digests) take(m_by_image, digest.str());
  for (const Symbol image : images) {
    const package::ImageName name = package::image_name(image.view());
    if (!name.digest.empty()) take(m_by_image, name.digest);
    if (!name.tag.empty()) take(m_by_image, name.repository + ":" + name.tag);
    // A reference without a tag says nothing about the build; one with another tag is another build.
    if (name.tag.empty() && name.digest.empty() && !image.empty()) take(m_by_repository, name.repository);
  }
  std::sort(entities.begin(), entities.end());
  entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
  return entities;
}

std::vector<Bound> Binder::by_component(const model::ReportedFinding& row, const std::vector<EntityIndex>& within) const {
  if (row.package.empty()) return {};
  std::string key = base::to_lower(row.package.view());
  auto at = m_by_package.find(key);
  if (at == m_by_package.end() && !key.starts_with("pkg:")) {
    // `TYPE:NAME`, where the tool does not say enough for a package URL.
    key = key.substr(key.find(':') + 1);
    at = m_by_package.find(key);
  }
  if (at == m_by_package.end()) return {};
  std::vector<Bound> bound;
  for (const Bound& each : at->second) {
    const Symbol version = each.component->library->version;
    const bool same = version.empty() || row.package_version.empty() || version == row.package_version ||
                      (version.view().starts_with('v') && version.view().substr(1) == row.package_version.view()) ||
                      (row.package_version.view().starts_with('v') && row.package_version.view().substr(1) == version.view());
    const bool inside = within.empty() || std::binary_search(within.begin(), within.end(), each.entity);
    if (same && inside) bound.push_back(each);
  }
  std::stable_sort(bound.begin(), bound.end(), [](const Bound& a, const Bound& b) { return a.entity < b.entity; });
  bound.erase(std::unique(bound.begin(), bound.end(), [](const Bound& a, const Bound& b) { return a.entity == b.entity; }),
              bound.end());
  return bound;
}

std::vector<EntityIndex> Binder::by_addresses(std::string_view resources) const {
  std::vector<EntityIndex> entities;
  for (const std::string_view resource : base::split(resources, '\n')) {
    const std::vector<EntityIndex> more = by_address(resource);
    entities.insert(entities.end(), more.begin(), more.end());
  }
  return entities;
}

std::vector<EntityIndex> Binder::by_address(std::string_view resource) const {
  const std::string wanted = base::to_lower(resource);
  if (wanted.empty()) return {};
  if (const auto* exact = find(m_by_address, wanted)) return *exact;
  // `NAMESPACE/KIND/NAME`; in our addresses workloads have no kind, others have the plural.
  const std::vector<std::string_view> parts = base::split(wanted, '/');
  if (parts.size() == 3) {
    for (const std::string_view space : {parts[0], std::string_view("default")}) {
      if (space != parts[0] && !parts[0].empty()) continue;
      const std::string prefix = std::string(space) + "/";
      if (const auto* workload = find(m_by_address, prefix + std::string(parts[2]))) return *workload;
      for (const std::string_view ending : {"s", "es", "ies"}) {
        std::string kind(parts[1]);
        if (ending == "ies" && kind.ends_with('y')) kind.pop_back();
        if (const auto* other = find(m_by_address, prefix + kind + std::string(ending) + "/" + std::string(parts[2])))
          return *other;
      }
    }
  }
  if (parts.size() == 2) {
    if (const auto* workload = find(m_by_address, "default/" + std::string(parts[1]))) return *workload;
  }
  return {};
}

std::vector<EntityIndex> Binder::by_folder(std::string_view path) const {
  // Source code lies in a folder of its service's name: the innermost that is one decides.
  for (std::string_view folder = base::folder_of(path); !folder.empty(); folder = base::folder_of(folder)) {
    const std::vector<EntityIndex>* entities = find(m_by_name, base::to_lower(base::file_name(folder)));
    if (entities != nullptr) return *entities;
  }
  return {};
}

std::vector<EntityIndex> Binder::by_file(const model::ReportedFinding& row) const {
  const std::string_view path = plain_path(row.file.view());
  if (path.empty()) return {};
  std::vector<EntityIndex> entities;
  std::uint32_t nearest = 0;
  for (const EntityIndex index : found(m_by_file, std::string(base::file_name(path)))) {
    for (const model::Location& location : m_state.graph.entity(index).locations) {
      if (!ends_with_path(plain_path(location.file.view()), path)) continue;
      // What begins last before the line is what the line belongs to.
      const std::uint32_t line = row.file_line == 0 || location.line > row.file_line ? 0 : location.line;
      if (line > nearest) entities.clear();
      if (line < nearest) continue;
      nearest = line;
      entities.push_back(index);
    }
  }
  if (entities.empty()) return by_folder(path);
  if (nearest == 0) keep_workloads(m_state.graph, entities);
  return entities;
}

std::vector<EntityIndex> Binder::by_host(std::string_view url) const {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::string whole = base::to_lower(url);
  const std::string host = whole.substr(0, whole.find(':'));
  return found(m_by_host, host);
}

std::vector<EntityIndex> Binder::by_subject(const model::ReportFact& report) const {
  const std::string_view subject = report.subject.view();
  if (subject.empty()) return {};
  std::vector<EntityIndex> entities = found(m_by_name, base::to_lower(last_of(subject)));
  return entities.empty() ? by_folder(std::string(subject) + "/x") : entities;
}

Binding Binder::bind(const model::ReportFact& report, const model::ReportedFinding& row) const {
  const std::vector<EntityIndex> images = by_image(report, row);
  std::vector<Bound> components = by_component(row, images);
  if (!components.empty()) return {BoundBy::component, std::move(components)};
  if (!images.empty()) return {BoundBy::image, without_component(images)};
  const std::vector<std::pair<BoundBy, std::vector<EntityIndex>>> ways = {{BoundBy::address, by_addresses(row.resource.view())},
                                                                          {BoundBy::file, by_file(row)},
                                                                          {BoundBy::host, by_host(row.url.view())},
                                                                          {BoundBy::name, by_subject(report)}};
  for (const auto& [by, entities] : ways) {
    if (!entities.empty()) return {by, without_component(entities)};
  }
  return {};
}

Binding Binder::bind_closing(const model::ReportFact& report, const model::ReportedFinding& row) const {
  if (row.image.empty() && row.digest.empty()) return bind(report, row);
  std::vector<EntityIndex> images = by_image(report, row);
  const package::ImageName name = package::image_name(row.image.view());
  if (images.empty() && name.digest.empty() && row.image.view().find('/') == std::string_view::npos) {
    for (const auto& [repository, entities] : name.tag.empty() ? m_by_repository : m_by_image) {
      const std::string wanted = std::string(last_of_path(name.repository)) + (name.tag.empty() ? "" : ":" + name.tag);
      if (last_of_path(repository) == wanted) images.insert(images.end(), entities.begin(), entities.end());
    }
    std::sort(images.begin(), images.end());
  }
  if (images.empty()) return {};
  std::vector<Bound> components = by_component(row, images);
  if (!components.empty()) return {BoundBy::component, std::move(components)};
  return {BoundBy::image, without_component(images)};
}

}  // namespace postern::enrich
