// SPDX-License-Identifier: Apache-2.0
// Who reads a store and who writes it, as far as its grants tell.
#include "resolve/store_rights.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/attach_names.h"

namespace postern::resolve {
namespace {

using model::Entity;
using model::RelationKind;
using model::Symbol;
namespace attribute = model::attribute;

/// Lower case, with `_` between words.
std::string plain(std::string_view name) {
  std::string text = base::to_lower(name);
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

/// `orders` of role `orders_app` and of service `orders-service`.
std::string core_of(std::string_view name) {
  constexpr std::array<std::string_view, 9> k_words = {"_app",  "_user",  "_role",   "_rw",    "_ro",
                                                       "_read", "_write", "_reader", "_writer"};
  std::string text = plain(name);
  const auto word = std::find_if(k_words.begin(), k_words.end(), [&](std::string_view each) { return text.ends_with(each); });
  if (word != k_words.end()) text.resize(text.size() - word->size());
  return service_core(text);
}

bool names_user(std::string_view variable) {
  const std::string name = plain(variable);
  return name.ends_with("user") || name.ends_with("username") || name.ends_with("user_name") || name.ends_with("db_role");
}

/// The users that the variables of a workload name, in lower case.
std::set<std::string> users_of(const Entity& workload) {
  std::set<std::string> users;
  for (const model::Attribute& row : workload.attributes.of(attribute::environment)) {
    const auto* text = std::get_if<Symbol>(&row.value);
    if (text != nullptr && !text->empty() && names_user(row.key.view())) users.insert(plain(text->view()));
  }
  return users;
}

/// `SELECT,UPDATE on orders`
bool allows(Symbol grant, const std::set<std::string_view>& rights) {
  const std::string_view text = grant.view().substr(0, grant.view().find(" on "));
  const std::vector<std::string_view> words = base::split(text, ',');
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return rights.contains(word); });
}

void settle(model::Relation& relation, const Entity& workload, const Entity& store) {
  const std::set<std::string> users = users_of(workload);
  const std::string own = core_of(workload.name.view());
  bool reads = false;
  bool writes = false;
  std::vector<model::Evidence> evidence;
  for (const model::Attribute& row : store.attributes.of(attribute::grants)) {
    const auto* grants = std::get_if<model::TextList>(&row.value);
    const bool is_role = users.empty() ? !own.empty() && core_of(row.key.view()) == own : users.contains(plain(row.key.view()));
    if (grants == nullptr || row.key.empty() || !is_role) continue;
    for (const Symbol grant : *grants) {
      reads |= allows(grant, {"SELECT", "ALL"});
      writes |= allows(grant, {"INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "ALL"});
    }
    evidence.push_back({row.location, Symbol("granted to " + row.key.str())});
  }
  if (!reads && !writes) return;
  relation.kind = writes ? RelationKind::writes : RelationKind::reads;
  relation.evidence.insert(relation.evidence.end(), evidence.begin(), evidence.end());
}

}  // namespace

void settle_store_rights(model::GraphFragment& fragment) {
  for (model::Relation& relation : fragment.relations) {
    const Entity& workload = fragment.entities[relation.source];
    const Entity& store = fragment.entities[relation.target];
    if (relation.kind != RelationKind::uses || !model::is_workload(workload.kind)) continue;
    if (!store.attributes.of(attribute::grants).empty()) settle(relation, workload, store);
  }
}

}  // namespace postern::resolve
