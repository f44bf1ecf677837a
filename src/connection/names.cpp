// SPDX-License-Identifier: Apache-2.0
// The words for the enumerations of this folder, as they appear in output.
#include <array>

#include "connection/endpoint.h"
#include "connection/host.h"
#include "connection/redact.h"
#include "connection/technology.h"

namespace postern::connection {
namespace {

template <typename Enum, std::size_t Count>
const char* word(const std::array<const char*, Count>& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < Count ? words[index] : "unknown";
}

}  // namespace

const char* to_string(Transport transport) { return word(std::array{"unknown", "plaintext", "encrypted"}, transport); }

const char* to_string(Direction direction) { return word(std::array{"unknown", "reads", "writes", "self"}, direction); }

const char* to_string(Confidence confidence) {
  return word(std::array{"bare-name", "host-port", "managed-host", "url"}, confidence);
}

const char* to_string(SecretKind kind) {
  return word(std::array{"none", "password", "token", "api-key", "private-key", "connection-credential", "cloud-key", "webhook-url",
                         "generic-secret"},
              kind);
}

const char* to_string(Role role) {
  return word(std::array{"unknown", "datastore", "cache", "queue", "search", "object-store", "identity-provider", "secret-store",
                         "monitoring", "proxy", "mail", "coordination", "service", "remote-access"},
              role);
}

const char* to_string(HostClass host_class) {
  return word(
      std::array{"invalid", "loopback", "cluster-local", "private-ip", "link-local", "public-ip", "known-vendor", "outside"},
      host_class);
}

const char* to_string(DataProtection protection) {
  return word(std::array{"unknown", "EU", "EEA", "adequate", "partial", "none", "global"}, protection);
}

}  // namespace postern::connection
