// SPDX-License-Identifier: Apache-2.0
// Variables that Kubernetes sets in every container for the Services of its namespace: ORDERS_SERVICE_HOST, ORDERS_SERVICE_PORT.
#pragma once
#include <string>
#include <string_view>

#include "resolve/link_index.h"

namespace postern::resolve {

/// `text` with `$(X_SERVICE_HOST)`, `${X_SERVICE_HOST}` and `$X_SERVICE_HOST` replaced by the name of the Service that is declared
/// where `query` looks, and the same for X_SERVICE_PORT and its first port. Everything else stays. Source: Kubernetes, "Service:
/// environment variables" (the name in capitals, '-' as '_').
[[nodiscard]] std::string with_service_variables(std::string_view text, const LinkIndex& index, const NameQuery& query);

}  // namespace postern::resolve
