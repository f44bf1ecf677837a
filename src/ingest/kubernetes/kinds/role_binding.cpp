// SPDX-License-Identifier: Apache-2.0
// RoleBinding and ClusterRoleBinding: who gets a role.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <postern/base/text.h>

namespace postern::ingest::kubernetes {
namespace {

using model::RelationKind;

/// The user name by which a service account is known: system:serviceaccount:NAMESPACE:NAME.
constexpr std::string_view k_account_prefix = "system:serviceaccount:";

void bind_account(ObjectReader& reader, std::string_view space, std::string_view name, const Node& where) {
  reader.refer(RelationKind::binds, make_address(space, "serviceaccounts", name), "subject", where.location());
}

void read_subject(ObjectReader& reader, const Node& item, std::vector<Symbol>& others) {
  const auto kind = reader.required_name(item, "kind");
  const auto name = reader.required_name(item, "name");
  if (!kind || !name) return;
  if (*kind == "ServiceAccount") {
    const std::string_view own = reader.object().namespace_name.empty() ? "default" : reader.object().namespace_name.view();
    return bind_account(reader, reader.name(item, "namespace").value_or(own), *name, item);
  }
  others.emplace_back(std::string(*kind) + ":" + std::string(*name));
  if (!name->starts_with(k_account_prefix) || *kind != "User") {
    const std::string_view prefix = *kind == "Group" ? model::k_group_prefix : model::k_user_prefix;
    reader.refer(RelationKind::binds, Symbol(std::string(prefix) + std::string(*name)), "subject", item.location());
    return;
  }
  const auto parts = base::split(name->substr(k_account_prefix.size()), ':');
  if (parts.size() == 2) bind_account(reader, parts[0], parts[1], item);
}

void read_role_reference(ObjectReader& reader) {
  const Node reference = reader.required_mapping(reader.object().root, "roleRef");
  if (!reference) return;
  const auto kind = reader.required_name(reference, "kind");
  const auto name = reader.required_name(reference, "name");
  if (!kind || !name) return;
  const Symbol role = *kind == "ClusterRole" ? make_address({}, "clusterroles", *name) : reader.local_address("roles", *name);
  reader.refer(RelationKind::binds, role, "roleRef", reference.location());
}

}  // namespace

void read_role_binding(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::role_binding);
  const Node& root = reader.object().root;
  read_role_reference(reader);
  std::vector<Symbol> others;
  reader.each_mapping(root, "subjects", [&](const Node& item) { read_subject(reader, item, others); });
  add_set(entity.attributes, model::attribute::bound_subjects, std::move(others), root["subjects"].location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
