// SPDX-License-Identifier: Apache-2.0
// Changes in words.
#pragma once
#include <optional>
#include <string>

#include "policy/state_view.h"

namespace postern::policy {

/// The value, or `not declared`.
[[nodiscard]] std::string side_text(const std::optional<model::AttributeValue>& value);

/// `server.privileged: false -> true`, `added`, `removed`.
[[nodiscard]] std::string summary_of(const ChangeRecord& change);

}  // namespace postern::policy
