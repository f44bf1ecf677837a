// SPDX-License-Identifier: Apache-2.0
// Quantities of Kubernetes ("500m", "128Mi", "1e3") as whole numbers.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::ingest::kubernetes {

/// The value in thousandths, rounded up as the API server does; nothing for anything that is no quantity, is negative or does not
/// fit.
[[nodiscard]] std::optional<std::int64_t> parse_thousandths(std::string_view text);
/// The value in whole units (bytes), rounded up; nothing as above.
[[nodiscard]] std::optional<std::int64_t> parse_whole(std::string_view text);

}  // namespace postern::ingest::kubernetes
