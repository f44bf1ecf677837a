// SPDX-License-Identifier: Apache-2.0
// What accounts, groups, users and the workloads that run as an account may do to the cluster.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Sets `permissions`, `privileges`, `privilege_grants` and `escalation` of identities (and of accounts that something names and
/// nobody declares), and `inherited_privileges` of accounts. Workloads with the token of an account get what the account has, the
/// permissions left aside. Roles are closed over the roles that they join by labels; roles that every cluster has are known. Costs
/// grow with bindings times the rules of their roles, not with pairs of accounts.
void derive_privileges(model::ArchitectureGraph& graph);

}  // namespace postern::derive
