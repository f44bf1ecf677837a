// SPDX-License-Identifier: Apache-2.0
// `--image SERVICE=REFERENCE@DIGEST`: what the build produced, where the manifests name something else.
#include "app/images.h"

#include <algorithm>

namespace postern::app {
namespace {

using model::Attribute;
using model::EntityFact;
namespace attribute = model::attribute;

bool is_main(const EntityFact& fact, base::Symbol container) {
  return std::any_of(fact.attributes.begin(), fact.attributes.end(), [&](const Attribute& row) {
    const auto* role = std::get_if<base::Symbol>(&row.value);
    return row.definition == &attribute::container_role && row.scope == container && role != nullptr && role->view() == "main";
  });
}

/// The image row of the container that does the work: the only main one, or the one that is called like the workload.
Attribute* main_image(EntityFact& fact) {
  Attribute* found = nullptr;
  int count = 0;
  for (Attribute& row : fact.attributes) {
    if (row.definition != &attribute::image || !is_main(fact, row.scope)) continue;
    if (row.scope == fact.name) return &row;
    found = &row;
    ++count;
  }
  return count == 1 ? found : nullptr;
}

bool declares(const model::Fact& fact, const std::string& service) {
  const auto* entity = std::get_if<EntityFact>(&fact);
  return entity != nullptr && model::is_workload(entity->kind) && entity->name.view() == service;
}

/// Whether the image was put in place somewhere.
bool replace_in(model::Snapshot& snapshot, const std::string& service, const std::string& reference) {
  bool replaced = false;
  for (model::Unit& unit : snapshot.units) {
    for (auto& shared : unit.inputs) {
      const auto names = [&](const model::Fact& fact) { return declares(fact, service); };
      if (std::none_of(shared->facts.begin(), shared->facts.end(), names)) continue;
      auto input = std::make_shared<model::Input>(*shared);
      for (model::Fact& fact : input->facts) {
        if (!declares(fact, service)) continue;
        if (Attribute* image = main_image(std::get<EntityFact>(fact))) {
          image->value = base::Symbol(reference);
          replaced = true;
        }
      }
      shared = std::move(input);
    }
  }
  return replaced;
}

}  // namespace

void replace_images(ReadSource& candidate, const std::vector<std::pair<std::string, std::string>>& images) {
  for (const auto& [service, reference] : images) {
    if (replace_in(candidate.snapshot, service, reference)) continue;
    candidate.diagnostics.error("P2201", {base::Symbol("--image"), 0, 0},
                                "the candidate declares no workload '" + service + "' with one main container",
                                "name a workload of the candidate; `postern map` lists them");
  }
}

}  // namespace postern::app
