// SPDX-License-Identifier: Apache-2.0
// Whose an outside host is, where it is, and under whose law.
#include <set>

#include "classify/steps.h"
#include "connection/host.h"
#include "connection/registrable_domain.h"
#include "connection/technology.h"

namespace postern::classify {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Symbol;
using model::TextList;

void set_text(Entity& entity, const model::AttributeDefinition& definition, std::string_view text) {
  if (!text.empty()) entity.attributes.set(definition, Symbol(text));
}

/// Jurisdictions of a country: itself, and the Union where it is a member.
TextList jurisdictions_of(const connection::HostFacts& facts) {
  std::set<Symbol> found;
  if (!facts.jurisdiction.empty()) found.insert(Symbol(facts.jurisdiction));
  if (facts.protection == connection::DataProtection::eu) found.insert(Symbol("EU"));
  return {found.begin(), found.end()};
}

/// Names of services of a provider under which several kinds of stores run.
bool is_generic(std::string_view technology) {
  return technology.empty() || technology == "aws-rds" || technology == "amazon-mq" || technology == "cloud-sql";
}

/// The technology that those who mention the host say it is, when they agree and it is a store.
std::string_view mentioned_store(const ArchitectureGraph& graph, EntityIndex index) {
  std::string_view found;
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::TextList& list = graph.relation(incoming).attributes.list(model::attribute::spoken_technology);
    for (const Symbol technology : list) {
      if (is_generic(technology.view()) || kind_of_technology(technology.view()) == EntityKind::service) continue;
      if (!found.empty() && found != technology.view()) return {};
      found = technology.view();
    }
  }
  return found;
}

/// What the host says it is, unless it leaves that open and those who use it agree on something.
std::string_view technology_of(const ArchitectureGraph& graph, EntityIndex index, const connection::HostFacts& facts) {
  const std::string_view mentioned = is_generic(facts.technology) ? mentioned_store(graph, index) : std::string_view();
  return mentioned.empty() ? std::string_view(facts.technology) : mentioned;
}

}  // namespace

void classify_outside(ArchitectureGraph& graph) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    if (graph.entity(index).kind != EntityKind::external) continue;
    Entity& entity = graph.entity_for_derivation(index);
    const connection::HostFacts facts = connection::describe_host(entity.name.view());
    set_text(entity, model::attribute::domain, connection::registrable_domain(entity.name.view()));
    set_text(entity, model::attribute::vendor, facts.vendor);
    set_text(entity, model::attribute::vendor_category, facts.category);
    set_text(entity, model::attribute::region, facts.region);
    if (TextList jurisdictions = jurisdictions_of(facts); !jurisdictions.empty()) {
      entity.attributes.set(model::attribute::jurisdictions, std::move(jurisdictions));
    }
    const std::string_view technology = technology_of(graph, index, facts);
    set_text(entity, model::attribute::technology, technology);
    const EntityKind store = technology.empty() ? EntityKind::service : kind_of_technology(technology);
    if (store != EntityKind::service) {
      entity.kind = store;
    } else if (!facts.vendor.empty()) {
      entity.kind = EntityKind::third_party;
    }
  }
}

}  // namespace postern::classify
