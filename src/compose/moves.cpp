// SPDX-License-Identifier: Apache-2.0
// Finds the pairs, and rewrites the facts of the older state.
#include "compose/moves.h"

#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace postern::compose {
namespace {

using base::Symbol;

constexpr std::string_view k_former_prefix = "was:";
/// What an export of what runs, and what declares it, say of the real thing.
constexpr std::string_view k_live_prefix = "live:";
constexpr std::string_view k_named_prefix = "named:";

/// Application and target: addresses are unique within.
using Place = std::pair<Symbol, Symbol>;
using Renames = std::unordered_map<Symbol, Symbol>;

/// Addresses of resources in one place of a state, and what they were called before.
struct Declared {
  std::set<Symbol> addresses;
  std::map<Symbol, Symbol> former;                ///< old address -> address
  std::map<std::string, std::set<Symbol>> live;   ///< real thing -> addresses, of exports
  std::map<std::string, std::set<Symbol>> named;  ///< the same, of what declares it
};

void note_real_thing(const model::Alias& alias, Symbol address, Declared& place) {
  if (alias.kind != model::AliasKind::resource_name) return;
  const std::string_view text = alias.text.view();
  if (text.starts_with(k_live_prefix)) place.live[std::string(text.substr(k_live_prefix.size()))].insert(address);
  if (text.starts_with(k_named_prefix)) place.named[std::string(text.substr(k_named_prefix.size()))].insert(address);
}

std::map<Place, Declared> declared_in(const model::Snapshot& snapshot) {
  std::map<Place, Declared> declared;
  for (const model::Unit& unit : snapshot.units) {
    if (unit.id.kind != model::InputKind::infrastructure) continue;
    Declared& place = declared[{unit.id.application, unit.id.target}];
    for (const auto& input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        const auto* entity = std::get_if<model::EntityFact>(&fact);
        if (entity == nullptr) continue;
        place.addresses.insert(entity->address);
        for (const model::Alias& alias : entity->aliases) {
          const bool former = alias.kind == model::AliasKind::resource_name && alias.text.view().starts_with(k_former_prefix);
          note_real_thing(alias, entity->address, place);
          if (former) place.former.emplace(Symbol(alias.text.view().substr(k_former_prefix.size())), entity->address);
        }
      }
    }
  }
  return declared;
}

Renames renames_of(const Declared& before, const Declared& after) {
  std::map<std::string, std::vector<Symbol>> added;  // by address in lower case
  for (const Symbol address : after.addresses) {
    if (!before.addresses.contains(address)) added[base::to_lower(address.view())].push_back(address);
  }
  Renames renames;
  std::set<Symbol> taken;
  const auto rename = [&](Symbol from, Symbol to) {
    if (before.addresses.contains(to) || !taken.insert(to).second) return false;
    renames.emplace(from, to);
    return true;
  };
  constexpr std::string_view k_first = "[0]";
  for (const Symbol address : before.addresses) {
    if (after.addresses.contains(address)) continue;
    const auto moved = after.former.find(address);
    if (moved != after.former.end() && rename(address, moved->second)) continue;
    const auto same = added.find(base::to_lower(address.view()));
    if (same != added.end() && same->second.size() == 1 && rename(address, same->second.front())) continue;
    const bool indexed = address.view().ends_with(k_first);
    const Symbol other = indexed ? Symbol(address.view().substr(0, address.view().size() - k_first.size()))
                                 : Symbol(address.str() + std::string(k_first));
    if (after.addresses.contains(other)) rename(address, other);
  }
  // Between declarations a new address is a new thing; between what runs and what declares it, it is only another name.
  const auto join = [&](const auto& old_things, const auto& new_things) {
    for (const auto& [thing, old_addresses] : old_things) {
      const auto now = new_things.find(thing);
      if (now == new_things.end() || now->second.size() != 1 || old_addresses.size() != 1) continue;
      const Symbol from = *old_addresses.begin();
      const Symbol to = *now->second.begin();
      const bool free = !after.addresses.contains(from) && !before.addresses.contains(to) && !renames.contains(from);
      if (free) rename(from, to);
    }
  };
  join(before.live, after.named);
  join(before.named, after.live);
  return renames;
}

/// Replaces addresses inside of attributes: as a whole, or as one word.
class Rewriter {
 public:
  explicit Rewriter(const Renames& renames) : m_renames(renames) {}

  void operator()(model::EntityFact& fact) const {
    replace(fact.address);
    attributes(fact.attributes);
  }
  void operator()(model::SettingFact& fact) const {
    replace(fact.owner);
    replace(fact.object);
  }
  void operator()(model::MentionFact& fact) const { replace(fact.owner); }
  void operator()(model::ReferenceFact& fact) const {
    replace(fact.source);
    replace(fact.target);
  }
  void operator()(model::SelectorFact& fact) const { replace(fact.subject); }
  void operator()(model::NetworkPolicyFact& fact) const { replace(fact.address); }
  void operator()(model::UnreadFact&) const {}
  void operator()(model::SbomFact&) const {}
  void operator()(model::ReportFact&) const {}

 private:
  void replace(Symbol& address) const {
    const auto at = m_renames.find(address);
    if (at != m_renames.end()) address = at->second;
  }

  [[nodiscard]] Symbol words(Symbol text) const {
    std::string result;
    bool changed = false;
    for (const std::string_view word : base::split(text.view(), ' ')) {
      const auto at = m_renames.find(Symbol(word));
      changed |= at != m_renames.end();
      result += (result.empty() ? "" : " ") + (at == m_renames.end() ? std::string(word) : at->second.str());
    }
    return changed ? Symbol(result) : text;
  }

  void attributes(std::vector<model::Attribute>& rows) const {
    for (model::Attribute& row : rows) {
      if (auto* text = std::get_if<Symbol>(&row.value)) *text = words(*text);
      if (auto* list = std::get_if<model::TextList>(&row.value)) {
        for (Symbol& text : *list) text = words(text);
        if (row.definition->type == model::ValueType::text_set) std::sort(list->begin(), list->end());
      }
    }
  }

  const Renames& m_renames;
};

}  // namespace

void adopt_moves(model::Snapshot& before, const model::Snapshot& after) {
  const std::map<Place, Declared> old_places = declared_in(before);
  if (old_places.empty()) return;
  const std::map<Place, Declared> new_places = declared_in(after);
  for (const auto& [place, declared] : old_places) {
    const auto now = new_places.find(place);
    if (now == new_places.end()) continue;
    const Renames renames = renames_of(declared, now->second);
    if (renames.empty()) continue;
    const Rewriter rewrite(renames);
    for (model::Unit& unit : before.units) {
      if (unit.id.kind != model::InputKind::infrastructure || Place{unit.id.application, unit.id.target} != place) continue;
      for (auto& input : unit.inputs) {
        auto copy = std::make_shared<model::Input>(*input);
        for (model::Fact& fact : copy->facts) std::visit(rewrite, fact);
        input = std::move(copy);
      }
    }
  }
}

}  // namespace postern::compose
