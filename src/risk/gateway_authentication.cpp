// SPDX-License-Identifier: Apache-2.0
// What a gateway asks of those who come through it, as a factor of risk.
#include "risk/gateway_authentication.h"

#include <postern/model/gateway_checks.h>

#include <algorithm>
#include <array>

namespace postern::risk {
namespace {

using model::AuthenticationKind;

/// Readers call checks by their own words (`auth-url`, `basicAuth shop/...`, `token of NAME`); the first word that a name holds
/// counts.
struct CheckRow {
  std::string_view word;
  AuthenticationKind kind;
};
constexpr std::array k_checks = {
    CheckRow{"auth-tls", AuthenticationKind::mutual_tls}, CheckRow{"certificate", AuthenticationKind::mutual_tls},
    CheckRow{"basicAuth", AuthenticationKind::basic},     CheckRow{"digestAuth", AuthenticationKind::basic},
    CheckRow{"auth-secret", AuthenticationKind::basic},   CheckRow{"auth-type", AuthenticationKind::basic},
    CheckRow{"forwardAuth", AuthenticationKind::user},    CheckRow{"auth-url", AuthenticationKind::user},
    CheckRow{"token of", AuthenticationKind::user},
};

AuthenticationKind kind_of(std::string_view name) {
  const auto row = std::find_if(k_checks.begin(), k_checks.end(),
                                [&](const CheckRow& each) { return name.find(each.word) != std::string_view::npos; });
  return row == k_checks.end() ? AuthenticationKind::unknown : row->kind;
}

}  // namespace

AuthenticationKind authentication_at(const model::Entity& gateway, std::string_view endpoint) {
  const model::GatewayChecks checks = model::checks_at(gateway, endpoint);
  if (!checks.all || checks.names.empty()) return AuthenticationKind::unknown;
  AuthenticationKind weakest = AuthenticationKind::mutual_tls_authorised;
  for (const std::string_view name : checks.names) weakest = std::min(weakest, kind_of(name));
  return weakest;
}

}  // namespace postern::risk
