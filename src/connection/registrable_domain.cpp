// SPDX-License-Identifier: Apache-2.0
// The Public Suffix List, as libpsl has it built in: the same answer on every machine with the same library.
#include "connection/registrable_domain.h"

#include <libpsl.h>

#include <string>

#include "connection/host_name.h"

namespace postern::connection {

std::string_view registrable_domain(std::string_view host) {
  if (!is_dns_name(host)) return {};
  const std::string name(host);
  const char* const domain = psl_registrable_domain(psl_builtin(), name.c_str());
  if (domain == nullptr) return {};
  return host.substr(static_cast<std::size_t>(domain - name.c_str()));
}

}  // namespace postern::connection
