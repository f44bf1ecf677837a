// SPDX-License-Identifier: Apache-2.0
// Powers over a cluster as text and back, and which of them include which.
#include <postern/model/privilege.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

enum class Reach : std::uint8_t { namespaced, cluster };

struct PowerRow {
  std::string_view all;    ///< the power over all objects
  std::string_view named;  ///< over one of them; its name follows
  Reach reach = Reach::namespaced;
};

/// In the order of the enumeration.
constexpr std::array k_powers = {
    PowerRow{"cluster-admin", "cluster-admin", Reach::cluster},
    PowerRow{"everything", "everything"},
    PowerRow{"read secrets", "read secret"},
    PowerRow{"write secrets", "write secret"},
    PowerRow{"exec into pods", "exec into pod"},
    PowerRow{"attach to pods", "attach to pod"},
    PowerRow{"add debug containers to pods", "add debug containers to pod"},
    PowerRow{"create pods", "create pod"},
    PowerRow{"create workloads", "change workload"},
    PowerRow{"create tokens of service accounts", "create tokens of service account"},
    PowerRow{"impersonate service accounts", "impersonate service account"},
    PowerRow{"impersonate users", "impersonate user", Reach::cluster},
    PowerRow{"impersonate groups", "impersonate group", Reach::cluster},
    PowerRow{"bind roles", "bind role"},
    PowerRow{"escalate roles", "escalate role"},
    PowerRow{"modify rbac", "modify rbac object"},
    PowerRow{"modify webhooks", "modify webhook", Reach::cluster},
    PowerRow{"proxy to nodes", "proxy to node", Reach::cluster},
    PowerRow{"write nodes", "write node", Reach::cluster},
    PowerRow{"create persistent volumes", "create persistent volume", Reach::cluster},
    PowerRow{"approve certificates", "approve certificate", Reach::cluster},
};

constexpr std::string_view k_everywhere = " cluster-wide";
constexpr std::string_view k_inside = " in ";
constexpr std::string_view k_any_namespace = "*";

const PowerRow& row_of(Power power) { return k_powers.at(static_cast<std::size_t>(power)); }

std::optional<Privilege> unnamed_from(Power power, std::string_view rest) {
  if (row_of(power).reach == Reach::cluster) return rest.empty() ? std::optional(Privilege{power, {}, {}}) : std::nullopt;
  if (rest == k_everywhere) return Privilege{power, {}, {}};
  if (!rest.starts_with(k_inside)) return std::nullopt;
  return Privilege{power, {}, Symbol(rest.substr(k_inside.size()))};
}

std::optional<Privilege> named_from(Power power, std::string_view rest) {
  if (!rest.starts_with(' ')) return std::nullopt;
  rest.remove_prefix(1);
  if (row_of(power).reach == Reach::cluster) return Privilege{power, Symbol(rest), {}};
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view scope = rest.substr(0, slash);
  return Privilege{power, Symbol(rest.substr(slash + 1)), scope == k_any_namespace ? Symbol() : Symbol(scope)};
}

}  // namespace

std::string to_string(const Privilege& privilege) {
  const PowerRow& row = row_of(privilege.power);
  std::string text(privilege.name.empty() ? row.all : row.named);
  if (row.reach == Reach::cluster) return privilege.name.empty() ? text : text + " " + privilege.name.str();
  if (!privilege.name.empty()) {
    return text + " " + (privilege.scope.empty() ? std::string(k_any_namespace) : privilege.scope.str()) + "/" +
           privilege.name.str();
  }
  if (privilege.scope.empty()) return text.append(k_everywhere);
  return text.append(k_inside) + privilege.scope.str();
}

std::optional<Privilege> privilege_from(std::string_view text) {
  for (std::size_t at = 0; at < k_powers.size(); ++at) {
    const auto power = static_cast<Power>(at);
    if (text.starts_with(k_powers[at].all)) {
      if (const auto found = unnamed_from(power, text.substr(k_powers[at].all.size()))) return found;
    }
    if (text.starts_with(k_powers[at].named)) {
      if (const auto found = named_from(power, text.substr(k_powers[at].named.size()))) return found;
    }
  }
  return std::nullopt;
}

bool is_cluster_scoped(Power power) { return row_of(power).reach == Reach::cluster; }

bool covers(const Privilege& wide, const Privilege& narrow) {
  if (wide.power == Power::cluster_admin) return true;
  const bool scope = wide.scope.empty() || (wide.scope == narrow.scope && !is_cluster_scoped(narrow.power));
  if (wide.power == Power::everything) return scope && !narrow.scope.empty();
  return wide.power == narrow.power && scope && (wide.name.empty() || wide.name == narrow.name);
}

std::vector<Symbol> gained(std::span<const Symbol> before, std::span<const Symbol> after) {
  std::vector<Privilege> had;
  for (const Symbol text : before) {
    if (const auto privilege = privilege_from(text.view())) had.push_back(*privilege);
  }
  std::vector<Symbol> fresh;
  for (const Symbol text : after) {
    if (std::find(before.begin(), before.end(), text) != before.end()) continue;
    const auto privilege = privilege_from(text.view());
    const bool covered =
        privilege && std::any_of(had.begin(), had.end(), [&](const Privilege& wide) { return covers(wide, *privilege); });
    if (!covered) fresh.push_back(text);
  }
  return fresh;
}

}  // namespace postern::model
