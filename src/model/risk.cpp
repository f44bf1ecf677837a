// SPDX-License-Identifier: Apache-2.0
// The stable names of the risk vocabulary: one table a row type, indexed by value.
#include <postern/model/risk.h>

#include <array>
#include <cstdlib>

namespace postern::model {
namespace {

using Name = std::string_view;

constexpr std::array<Name, 4> k_entry{"internet", "partner", "corporate", "none"};
constexpr std::array<Name, 4> k_hop{"proxy", "service", "queue", "db"};
constexpr std::array<Name, 7> k_authentication{"none", "unknown", "api_key", "basic", "user", "mtls", "mtls_authz"};
constexpr std::array<Name, 4> k_network{"open", "unknown", "allowlist", "vpn"};
constexpr std::array<Name, 6> k_maturity{"none", "unknown", "poc", "weaponised", "kev", "inherent"};
constexpr std::array<Name, 4> k_code{"not_loaded", "loaded_not_called", "called", "unknown"};
constexpr std::array<Name, 4> k_environment{"prod", "would_be_prod", "staging", "dev"};
constexpr std::array<Name, 11> k_data{"none",   "internal", "business", "pii_quasi", "pii",       "financial",
                                      "gov_id", "special",  "phi",      "pci",       "credential"};
constexpr std::array<Name, 5> k_privilege{"least", "read", "write", "admin", "unknown"};
constexpr std::array<Name, 5> k_tier{"low", "normal", "high", "mission", "unknown"};
constexpr std::array<Name, 4> k_regulation{"none", "any", "several", "cross_border"};
constexpr std::array<Name, 4> k_band{"low", "medium", "high", "critical"};
constexpr std::array<Name, 6> k_factor{"impact",       "prob.code",         "prob.environment",
                                       "prob.exploit", "prob.reachability", "threat.severity"};
constexpr std::array<Name, 5> k_source{"base", "data", "business", "regulatory", "blast"};

}  // namespace

// clang-format off
template <> std::span<const Name> risk_names<EntryZone>() { return k_entry; }
template <> std::span<const Name> risk_names<HopKind>() { return k_hop; }
template <> std::span<const Name> risk_names<AuthenticationKind>() { return k_authentication; }
template <> std::span<const Name> risk_names<NetworkControl>() { return k_network; }
template <> std::span<const Name> risk_names<ExploitMaturity>() { return k_maturity; }
template <> std::span<const Name> risk_names<CodeUse>() { return k_code; }
template <> std::span<const Name> risk_names<EnvironmentClass>() { return k_environment; }
template <> std::span<const Name> risk_names<DataClass>() { return k_data; }
template <> std::span<const Name> risk_names<DataPrivilege>() { return k_privilege; }
template <> std::span<const Name> risk_names<BusinessTier>() { return k_tier; }
template <> std::span<const Name> risk_names<Regulation>() { return k_regulation; }
template <> std::span<const Name> risk_names<Band>() { return k_band; }
template <> std::span<const Name> risk_names<RiskFactorKind>() { return k_factor; }
template <> std::span<const Name> risk_names<ImpactSourceKind>() { return k_source; }
// clang-format on

std::string tenths_to_string(std::int32_t tenths) {
  const std::int32_t size = std::abs(tenths);
  return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

}  // namespace postern::model
