// SPDX-License-Identifier: Apache-2.0
// Who asks for an identity at a gateway, for what it hands to one endpoint.
#pragma once
#include <postern/model/entity.h>

#include <set>
#include <string_view>

namespace postern::model {

/// The checks of a gateway (its attribute `authentication`) that concern one endpoint.
struct GatewayChecks {
  std::set<std::string_view> names;  ///< as attribute `authentication` calls them; views into the gateway's texts
  bool all = false;                  ///< every route to the endpoint has one
};

/// Checks without a key are for everything, others for the route that is their key; where no route to `endpoint` (an address) can
/// be told, those are for some.
[[nodiscard]] GatewayChecks checks_at(const Entity& gateway, std::string_view endpoint);

}  // namespace postern::model
