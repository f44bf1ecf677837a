// SPDX-License-Identifier: Apache-2.0
// Connection strings without a URL: ADO.NET and its Azure relatives, libpq keywords, Go DSNs, resource names of clouds.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connection/endpoint_builder.h"

namespace postern::connection {

/// Each reader returns true when the text is of its form; then `endpoints` has what it says (nothing for files, sockets, secrets).
[[nodiscard]] bool read_ado(const Scan& scan, std::vector<Endpoint>& endpoints);
[[nodiscard]] bool read_keywords(const Scan& scan, std::vector<Endpoint>& endpoints);
[[nodiscard]] bool read_go_dsn(const Scan& scan, std::vector<Endpoint>& endpoints);
[[nodiscard]] bool read_oracle(const Scan& scan, std::vector<Endpoint>& endpoints);
[[nodiscard]] bool read_cloud_name(const Scan& scan, std::vector<Endpoint>& endpoints);

}  // namespace postern::connection
