// SPDX-License-Identifier: Apache-2.0
// Managed services by the pattern of their host names (knowledge/managed-hosts.tsv).
#pragma once
#include <optional>
#include <string_view>

#include "connection/host.h"

namespace postern::connection {

struct ManagedHost {
  std::string_view technology;  ///< id in the table of technologies, or empty
  std::string_view provider;
  std::string_view jurisdiction;  ///< only when the suffix itself says it
  std::optional<RegionFacts> region;
  bool load_balancer = false;
  bool internal = false;  ///< reachable only from inside
};

/// The pattern with the most labels that fits the end of `host` (normalized).
[[nodiscard]] std::optional<ManagedHost> find_managed_host(std::string_view host);

}  // namespace postern::connection
