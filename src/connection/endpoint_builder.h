// SPDX-License-Identifier: Apache-2.0
// Builds endpoints from the pieces that the grammars cut out.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "connection/endpoint.h"
#include "connection/setting_name.h"
#include "connection/url.h"

namespace postern::connection {

/// A text under reading: as written, with references masked, and what the name of its setting says.
struct Scan {
  std::string_view text;
  std::string_view masked;  ///< same length as `text`
  NameMeaning meaning;

  [[nodiscard]] Scan part(std::size_t from, std::size_t length) const {
    return {text.substr(from, length), masked.substr(from, length), meaning};
  }
};

/// Fills host and port from `scan` (one "host:port"); false when that is no address.
[[nodiscard]] bool set_host_port(Endpoint& endpoint, const Scan& scan);

/// Fills what follows from the other fields: loopback, technology, region, default port, transport, direction, safe path.
void complete(Endpoint& endpoint, const NameMeaning& meaning);

/// The endpoints of one URL (several hosts give several). Offsets are those in `scan`.
[[nodiscard]] std::vector<Endpoint> endpoints_of_url(const Scan& scan, const UrlSpan& span);

/// Transport that "key=value" settings of a driver state (sslmode, useSSL, encrypt, tls, security.protocol), unknown otherwise.
[[nodiscard]] Transport transport_of_option(std::string_view key, std::string_view value);

/// Cloud SQL "project:region:instance" (also behind "/cloudsql/"), with what may follow ("=tcp:5432", "?port="); false when it is
/// none.
[[nodiscard]] bool set_cloud_sql(Endpoint& endpoint, std::string_view text);

}  // namespace postern::connection
