// SPDX-License-Identifier: Apache-2.0
// What a gateway asks of those who come through it, as a factor of risk.
#pragma once
#include <postern/model/entity.h>
#include <postern/model/risk.h>

#include <string_view>

namespace postern::risk {

/// What everybody must show who comes through `gateway` to the endpoint at the address `endpoint`: the weakest of its checks, since
/// routes may differ. `unknown` where some route asks nobody, or where a check is of a kind that nobody knows.
[[nodiscard]] model::AuthenticationKind authentication_at(const model::Entity& gateway, std::string_view endpoint);

}  // namespace postern::risk
