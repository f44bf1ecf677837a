// SPDX-License-Identifier: Apache-2.0
// Powers over a cluster in precise words, each with how far it reaches: what attribute `privileges` holds.
#pragma once
#include <postern/base/symbol.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::model {

using base::Symbol;

/// What somebody may do that leads beyond the program itself.
enum class Power : std::uint8_t {
  cluster_admin,  ///< everything, everywhere
  everything,     ///< everything in a namespace
  read_secrets,
  write_secrets,
  exec,
  attach,
  debug_containers,
  create_pods,
  create_workloads,  ///< or change them: what creates pods
  create_tokens,
  impersonate_accounts,
  impersonate_users,
  impersonate_groups,
  bind_roles,
  escalate_roles,
  modify_rbac,
  modify_webhooks,
  proxy_to_nodes,
  write_nodes,
  create_volumes,
  approve_certificates
};

/// One power: over one named object, or all where `name` is empty; in one namespace, or all where `scope` is empty.
struct Privilege {
  Power power = Power::cluster_admin;
  Symbol name;
  Symbol scope;
  friend auto operator<=>(const Privilege&, const Privilege&) = default;
};

/// `read secrets in shop`, `read secrets cluster-wide`, `read secret shop/db-password`, `proxy to nodes`, `cluster-admin`.
[[nodiscard]] std::string to_string(const Privilege& privilege);
/// Back from that text; nothing for any other text.
[[nodiscard]] std::optional<Privilege> privilege_from(std::string_view text);
/// Whether the power is over something that lies in no namespace (nodes, users...).
[[nodiscard]] bool is_cluster_scoped(Power power);
/// Whether whoever has `wide` has `narrow` as well.
[[nodiscard]] bool covers(const Privilege& wide, const Privilege& narrow);
/// The texts of `after` that nothing in `before` covers, in their order. A text that is no privilege is covered by itself only.
[[nodiscard]] std::vector<Symbol> gained(std::span<const Symbol> before, std::span<const Symbol> after);

}  // namespace postern::model
