// SPDX-License-Identifier: Apache-2.0
// Which workloads a bill of materials belongs to: an ordered list of ways to tell, the first that finds any decides.
#include "resolve/libraries/binding.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>

#include "package/image_name.h"

namespace postern::resolve::libraries {
namespace {

using model::EntityIndex;
using Owners = std::vector<EntityIndex>;

void settle(Owners& owners) {
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
}

/// What the place of the file says: its name, and of a lock file, which is called as all others are, its folder.
std::string name_of_place(const Sbom& sbom) {
  if (sbom.fact->source == model::SbomSource::statement) return package::name_in_path(sbom.path.view());
  const std::string_view folder = base::folder_of(sbom.path.view());
  return base::to_lower(base::file_name(folder));
}

/// Outside of a repository paths begin below the source's root; people write them from above it.
std::optional<std::string> configured_service(const ServiceOfFile& service_of_file, const Sbom& sbom) {
  if (!service_of_file) return std::nullopt;
  if (auto service = service_of_file(sbom.path.view())) return service;
  return service_of_file(sbom.unit->source_root.str() + '/' + sbom.path.str());
}

}  // namespace

std::vector<Sbom> sboms_of(const model::StateView& view) {
  std::vector<Sbom> sboms;
  for (const model::UnitView& unit : view.units) {
    for (const model::Input* input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        if (const auto* sbom = std::get_if<model::SbomFact>(&fact))
          sboms.push_back({sbom, &unit.id, input->path, unit.is_retained});
      }
    }
  }
  return sboms;
}

std::vector<std::string> images_of(const model::Entity& entity) {
  std::vector<std::string> images;
  for (const model::Attribute& row : entity.attributes.of(model::attribute::image)) {
    if (const auto* text = std::get_if<model::Symbol>(&row.value)) images.push_back(text->str());
  }
  std::sort(images.begin(), images.end());
  return images;
}

std::string title_of(const Sbom& sbom) {
  if (!sbom.fact->name.empty()) return sbom.fact->name.str();
  const std::string named = package::name_in_path(sbom.path.view());
  return named.empty() ? sbom.path.str() : named;
}

Binder::Binder(const model::ArchitectureGraph& graph, const ServiceOfFile& service_of_file)
    : m_graph(graph), m_service_of_file(service_of_file) {
  const auto entities = graph.entities();
  for (EntityIndex index = 0; index < entities.size(); ++index) {
    const model::Entity& entity = entities[index];
    if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
    m_by_name[base::to_lower(entity.name.view())].push_back(index);
    m_by_name[base::to_lower(entity.id.address.view())].push_back(index);
    for (const std::string& image : images_of(entity)) {
      const package::ImageName name = package::image_name(image);
      if (!name.digest.empty()) m_by_digest[name.digest].push_back(index);
      if (!name.tag.empty()) m_by_reference[name.repository + ':' + name.tag].push_back(index);
      m_by_repository[name.repository].push_back(index);
      m_by_image[name.repository.substr(name.repository.rfind('/') + 1)].push_back(index);
    }
  }
}

Owners Binder::find(const Index& index, const std::string& text, const Sbom& sbom) const {
  Owners owners;
  const auto at = index.find(text);
  if (at == index.end()) return owners;
  for (const EntityIndex candidate : at->second) {
    const model::EntityId& id = m_graph.entity(candidate).id;
    if (id.application == sbom.unit->application && id.target == sbom.unit->target) owners.push_back(candidate);
  }
  settle(owners);
  return owners;
}

Owners Binder::by_image(const Sbom& sbom) const {
  Owners owners;
  const auto add = [&](const Index& index, const std::string& text) {
    const Owners more = find(index, text, sbom);
    owners.insert(owners.end(), more.begin(), more.end());
  };
  for (const model::Symbol digest : sbom.fact->digests) add(m_by_digest, digest.str());
  for (const Index* index : {&m_by_reference, &m_by_repository}) {
    if (!owners.empty()) break;
    for (const model::Symbol image : sbom.fact->images) {
      const package::ImageName name = package::image_name(image.view());
      if (index == &m_by_repository)
        add(*index, name.repository);
      else if (!name.tag.empty())
        add(*index, name.repository + ':' + name.tag);
    }
  }
  settle(owners);
  return owners;
}

Owners Binder::by_name(const std::vector<std::string>& names, const Sbom& sbom) const {
  for (const std::string& name : names) {
    if (Owners owners = find(m_by_name, name, sbom); !owners.empty()) return owners;
    if (Owners owners = find(m_by_image, name, sbom); !owners.empty()) return owners;
  }
  return {};
}

/// Whether one repository is common to all of them.
bool Binder::run_one_image(const Owners& owners) const {
  const auto repositories_of = [&](EntityIndex index) {
    std::vector<std::string> repositories;
    for (const std::string& image : images_of(m_graph.entity(index))) repositories.push_back(package::image_name(image).repository);
    return repositories;
  };
  std::vector<std::string> common = repositories_of(owners.front());
  for (const EntityIndex owner : owners) {
    const std::vector<std::string> own = repositories_of(owner);
    std::erase_if(common, [&](const std::string& each) { return std::find(own.begin(), own.end(), each) == own.end(); });
  }
  return !common.empty();
}

Owners Binder::workloads_beside(const Sbom& sbom) const {
  Owners owners;
  const auto entities = m_graph.entities();
  for (EntityIndex index = 0; index < entities.size(); ++index) {
    const model::Entity& entity = entities[index];
    const bool is_beside = entity.id.application == sbom.unit->application && entity.id.target == sbom.unit->target;
    if (is_beside && model::is_workload(entity.kind)) owners.push_back(index);
  }
  return owners;
}

void Binder::warn(std::string_view code, const Sbom& sbom, const std::string& message, const Owners& candidates,
                  base::DiagnosticSink& sink) const {
  constexpr std::size_t k_most = 5;
  std::string names;
  for (std::size_t at = 0; at < std::min(candidates.size(), k_most); ++at)
    names += (names.empty() ? "; there are " : ", ") + m_graph.entity(candidates[at]).id.address.str();
  if (candidates.size() > k_most) names += " and " + std::to_string(candidates.size() - k_most) + " more";
  sink.warning(std::string(code), {sbom.path, 0, 0}, message + names,
               "its libraries belong to no service; name the service in postern.yaml: sboms: [{file: " + sbom.path.str() +
                   ", service: NAME}]");
}

Owners Binder::owners_of(const Sbom& sbom, base::DiagnosticSink& sink) const {
  Owners owners;
  if (const auto service = configured_service(m_service_of_file, sbom)) {
    owners = find(m_by_name, base::to_lower(*service), sbom);
    if (owners.size() == 1) return owners;
    warn(owners.empty() ? "P2006" : "P2005", sbom,
         "the configuration says that this bill of materials belongs to '" + *service + "', and " +
             (owners.empty() ? "no workload is called so" : "several workloads are called so"),
         owners, sink);
    return {};
  }
  owners = by_image(sbom);
  if (!owners.empty()) return owners;  // whoever runs the image contains what is in it
  std::vector<std::string> names = package::short_names(sbom.fact->name.view());
  for (const model::Symbol image : sbom.fact->images) {
    const std::string repository = package::image_name(image.view()).repository;
    names.push_back(repository.substr(repository.rfind('/') + 1));
  }
  owners = by_name(names, sbom);
  if (owners.empty()) owners = by_name({name_of_place(sbom)}, sbom);
  // Repositories hold lock files of many things that are not deployed; nobody gave them as the list of a service.
  if (sbom.fact->source == model::SbomSource::lock_file) return owners.size() > 1 && !run_one_image(owners) ? Owners() : owners;
  if (owners.empty()) {
    warn("P2004", sbom, "no workload is known to be made of '" + title_of(sbom) + "', which this bill of materials is about",
         workloads_beside(sbom), sink);
  } else if (owners.size() > 1 && !run_one_image(owners)) {
    warn("P2005", sbom, "several workloads may be made of '" + title_of(sbom) + "', which this bill of materials is about", owners,
         sink);
    return {};
  }
  return owners;
}

}  // namespace postern::resolve::libraries
