// SPDX-License-Identifier: Apache-2.0
// Middlewares, and chains of them, on the routes of a gateway.
#include "derive/gateway_checks.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace postern::derive {
namespace {

using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// What the names of middlewares hold that ask who sends a request: all that there is to go by where nothing declares one.
constexpr std::array<std::string_view, 6> k_words = {"auth", "jwt", "login", "oidc", "saml", "sso"};
constexpr int k_longest_chain = 4;

/// What a middleware, with the chain that it may be, comes to.
struct Checks {
  std::set<Symbol> asks;
  std::set<Symbol> ranges;
};

class GatewayChecks {
 public:
  explicit GatewayChecks(model::ArchitectureGraph& graph) : m_graph(graph) {}

  void run() {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      if (entity.kind == EntityKind::gateway && !entity.attributes.of(attribute::authentication).empty()) settle(index);
    }
  }

 private:
  /// The middleware of that address in the place of the gateway, or, as the linker does it, the one that nobody gave a namespace.
  void add(const Entity& gateway, Symbol name, Checks& checks) const {
    const std::optional<EntityIndex> found = m_graph.find(model::EntityId{gateway.id.application, gateway.id.target, name});
    if (found) return add_declared(*found, checks, k_longest_chain);
    const std::string lower = base::to_lower(name.view());
    const bool named =
        std::any_of(k_words.begin(), k_words.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    if (named) checks.asks.insert(name);
  }

  void add_declared(EntityIndex middleware, Checks& checks, int links_left) const {
    const Entity& entity = m_graph.entity(middleware);
    for (const Symbol check : entity.attributes.list(attribute::authentication))
      checks.asks.insert(Symbol(check.str() + " " + entity.id.address.str()));
    const TextList& own = entity.attributes.list(attribute::gateway_source_ranges);
    checks.ranges.insert(own.begin(), own.end());
    if (links_left == 0) return;
    for (const model::RelationIndex out : m_graph.outgoing(middleware)) {
      const model::Relation& relation = m_graph.relation(out);
      const bool part =
          relation.kind == model::RelationKind::configures && m_graph.entity(relation.target).kind == EntityKind::access_policy;
      if (part) add_declared(relation.target, checks, links_left - 1);
    }
  }

  static bool is_address(Symbol name) {
    return name.view().find("/middlewares/") != std::string_view::npos ||
           name.view().find("/middlewaretcps/") != std::string_view::npos || name.view().find('@') != std::string_view::npos;
  }

  void settle(EntityIndex index) {
    const Entity gateway = m_graph.entity(index);
    std::vector<model::Attribute> kept;
    std::set<Symbol> ranges;
    std::size_t ranged = 0;
    for (const model::Attribute& row : gateway.attributes.all()) {
      const auto* names = row.definition == &attribute::authentication ? std::get_if<TextList>(&row.value) : nullptr;
      if (names == nullptr) {
        kept.push_back(row);
        continue;
      }
      Checks checks;
      for (const Symbol name : *names) {
        if (is_address(name)) {
          add(gateway, name, checks);
        } else {
          checks.asks.insert(name);
        }
      }
      if (!checks.ranges.empty()) ++ranged;
      ranges.insert(checks.ranges.begin(), checks.ranges.end());
      if (checks.asks.empty()) continue;
      kept.push_back(row);
      kept.back().value = TextList(checks.asks.begin(), checks.asks.end());
    }
    model::Attributes attributes = model::Attributes::from_rows(std::move(kept));
    const TextList& routes = gateway.attributes.list(attribute::paths);
    const bool all = !routes.empty() && ranged == routes.size();
    if (all && attributes.find(attribute::gateway_source_ranges) == nullptr) {
      attributes.set(attribute::gateway_source_ranges, TextList(ranges.begin(), ranges.end()),
                     gateway.locations.empty() ? model::Location{} : gateway.locations.front());
    }
    m_graph.entity_for_derivation(index).attributes = std::move(attributes);
  }

  model::ArchitectureGraph& m_graph;
};

}  // namespace

void derive_gateway_checks(model::ArchitectureGraph& graph) { GatewayChecks(graph).run(); }

}  // namespace postern::derive
