// SPDX-License-Identifier: Apache-2.0
// What each owner is made of.
#include "resolve/libraries/holdings.h"

#include <postern/base/text.h>

#include <algorithm>
#include <set>

namespace postern::resolve::libraries {
namespace {

using model::Library;
using model::Symbol;
using model::TextList;

/// Which file of which unit a kept bill of materials is.
using Origin = std::pair<model::UnitId, Symbol>;

std::map<Origin, std::vector<model::EntityId>> origins_of(const Holdings& holdings) {
  std::map<Origin, std::vector<model::EntityId>> origins;
  for (const auto& [owner, holding] : holdings) {
    for (const Sbom& sbom : holding.sboms) origins[{*sbom.unit, sbom.path}].push_back(owner);
  }
  return origins;
}

model::EntityId application_of(const Sbom& sbom) {
  return {sbom.unit->application, sbom.unit->target, Symbol("sboms/" + title_of(sbom))};
}

void settle(TextList& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

bool comes_before(const Library* a, const Library* b) {
  return std::tie(a->purl, a->version, a->licences) < std::tie(b->purl, b->version, b->licences);
}

}  // namespace

Holdings holdings_of(const State& state, const ServiceOfFile& service_of_file, const Holdings* bound_before) {
  const std::vector<Sbom> sboms = sboms_of(state.view);
  if (sboms.empty()) return {};  // what to bind them to need not be collected
  const auto origins = bound_before == nullptr ? std::map<Origin, std::vector<model::EntityId>>() : origins_of(*bound_before);
  const Binder binder(state.graph, service_of_file);
  Holdings holdings;
  for (const Sbom& sbom : sboms) {
    const auto origin = sbom.is_retained ? origins.find({*sbom.unit, sbom.path}) : origins.end();
    std::vector<model::EntityId> owners;
    if (origin != origins.end()) {
      // A workload that is gone took its libraries with it; what never belonged to one stays.
      for (const model::EntityId& owner : origin->second) {
        if (state.graph.find(owner) || owner == application_of(sbom)) owners.push_back(owner);
      }
    } else {
      for (const model::EntityIndex index : binder.owners_of(sbom, state.diagnostics))
        owners.push_back(state.graph.entity(index).id);
      if (owners.empty()) owners.push_back(application_of(sbom));
    }
    for (const model::EntityId& owner : owners) {
      Holding& holding = holdings[owner];
      holding.sboms.push_back(sbom);
      if (!sbom.fact->complete) holding.is_known = false;
    }
  }
  return holdings;
}

std::vector<Group> groups_of(const Holding& holding) {
  std::vector<const Library*> rows;
  if (holding.is_forgotten) return {};
  for (const Sbom& sbom : holding.sboms) {
    for (const Library& row : sbom.fact->libraries) {
      if (!holding.set_aside.contains(&row)) rows.push_back(&row);
    }
  }
  if (holding.sboms.size() > 1) std::stable_sort(rows.begin(), rows.end(), comes_before);
  std::vector<Group> groups;
  for (const Library* row : rows) {
    if (groups.empty() || key_of(groups.back()) != row->purl) groups.emplace_back();
    groups.back().push_back(row);
  }
  return groups;
}

TextList versions_of(const Group& group) {
  TextList versions;
  for (const Library* row : group) {
    if (!row->version.empty()) versions.push_back(row->version);
  }
  settle(versions);
  return versions;
}

TextList licences_of(const Group& group) {
  TextList licences;
  std::set<Symbol> seen;
  for (const Library* row : group) {
    if (row->licences.empty() || !seen.insert(row->licences).second) continue;
    for (const std::string_view each : base::split(row->licences.view(), '\n')) licences.emplace_back(each);
  }
  settle(licences);
  return licences;
}

model::ComponentScope scope_of(const Group& group) {
  using model::ComponentScope;
  for (const ComponentScope scope : {ComponentScope::required, ComponentScope::unknown, ComponentScope::optional}) {
    if (std::any_of(group.begin(), group.end(), [&](const Library* row) { return row->scope == scope; })) return scope;
  }
  return ComponentScope::excluded;
}

bool is_same(const Group& a, const Group& b) {
  const auto same_row = [](const Library* x, const Library* y) {
    return x->purl == y->purl && x->version == y->version && x->licences == y->licences && x->type == y->type &&
           x->scope == y->scope;
  };
  if (a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same_row)) return true;
  return versions_of(a) == versions_of(b) && licences_of(a) == licences_of(b) && a.front()->type == b.front()->type &&
         scope_of(a) == scope_of(b);
}

}  // namespace postern::resolve::libraries
