// SPDX-License-Identifier: Apache-2.0
// Which entities, region or zone an outage is about.
#include "app/outage.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "derive/impact.h"

namespace postern::app {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;

struct OutageWord {
  std::string_view word;
  derive::OutageKind kind;
};
constexpr std::array k_words = {
    OutageWord{"region", derive::OutageKind::region},
    OutageWord{"service", derive::OutageKind::entity},
    OutageWord{"third-party", derive::OutageKind::entity},
    OutageWord{"zone", derive::OutageKind::zone},
};

bool is_outside(EntityKind kind) { return kind == EntityKind::third_party || kind == EntityKind::external; }

/// By host, by the domain that it is below, or by the company.
std::vector<EntityIndex> outside_called(const ArchitectureGraph& graph, const std::string& name) {
  std::vector<EntityIndex> found;
  std::vector<std::string_view> known;
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    const std::string_view host = entity.name.view();
    const std::string_view vendor = entity.attributes.text(model::attribute::vendor).view();
    if (!is_outside(entity.kind) && vendor.empty()) continue;
    const bool below = host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.';
    if (base::equals_ignoring_case(host, name) || below || base::equals_ignoring_case(vendor, name)) found.push_back(index);
    known.push_back(host);
    if (!vendor.empty()) known.push_back(vendor);
  }
  if (!found.empty()) return found;
  const auto meant = base::did_you_mean(name, known);
  throw UsageError("nothing here is sent to a third party `" + name + "`",
                   meant ? "did you mean `" + *meant + "`?" : "`postern map` lists them");
}

/// Whether something is known to be there; asked for what nobody runs, silence would look like safety.
void check_place(const ArchitectureGraph& graph, derive::OutageKind kind, const std::string& place) {
  std::vector<std::string_view> known;
  for (const Entity& entity : graph.entities()) {
    if (kind == derive::OutageKind::region) known.push_back(entity.attributes.text(model::attribute::region).view());
    const model::TextList& zones = entity.attributes.list(model::attribute::zones);
    if (kind == derive::OutageKind::zone)
      for (const model::Symbol zone : zones) known.push_back(zone.view());
  }
  if (std::find(known.begin(), known.end(), place) != known.end()) return;
  const auto meant = base::did_you_mean(place, known);
  throw UsageError("nothing is known to be in `" + place + "`",
                   meant ? "did you mean `" + *meant + "`?"
                         : "regions come from declarations, node selectors, zones, `targets` of the environment and hosts");
}

}  // namespace

/// The entity of that address, or the only one of that name; a workload before the objects that are called like it.
model::EntityIndex entity_called(const model::ArchitectureGraph& graph, const std::string& text) {
  std::vector<model::EntityIndex> named;
  std::vector<std::string_view> known;
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::Entity& entity = graph.entity(index);
    if (entity.id.address.view() == text) return index;
    if (entity.name.view() == text) named.push_back(index);
    known.push_back(entity.id.address.view());
    known.push_back(entity.name.view());
  }
  const auto is_box = [&](model::EntityIndex index) { return model::is_workload(graph.entity(index).kind); };
  if (std::count_if(named.begin(), named.end(), is_box) == 1) return *std::find_if(named.begin(), named.end(), is_box);
  if (named.size() == 1) return named.front();
  const auto meant = base::did_you_mean(text, known);
  if (named.empty())
    throw UsageError("there is no entity `" + text + "`", meant ? "did you mean `" + *meant + "`?" : "`postern map` lists them");
  throw UsageError("several entities are called `" + text + "`", "give the address: `" + graph.entity(named[0]).id.address.str() +
                                                                     "`, `" + graph.entity(named[1]).id.address.str() + "`");
}

model::Impact impact_of_outage(const ArchitectureGraph& graph, const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto* const row =
      std::find_if(k_words.begin(), k_words.end(), [&](const OutageWord& each) { return text.substr(0, colon) == each.word; });
  if (colon == std::string::npos || row == k_words.end() || colon + 1 == text.size()) {
    throw UsageError("--impact is '" + text + "', expected region:NAME, service:NAME, third-party:NAME or zone:NAME",
                     "for example --impact region:eu-west-1");
  }
  const std::string name = text.substr(colon + 1);
  derive::Outage outage{row->kind, name, {}};
  if (row->kind != derive::OutageKind::entity) {
    check_place(graph, row->kind, name);
  } else {
    outage.entities = row->word == "service" ? std::vector{entity_called(graph, name)} : outside_called(graph, name);
  }
  model::Impact impact = derive::impact_of(graph, outage);
  impact.outage = text;
  return impact;
}

}  // namespace postern::app
