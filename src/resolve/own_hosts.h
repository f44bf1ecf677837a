// SPDX-License-Identifier: Apache-2.0
// Names under which the declared gateways and routes answer, so that sending clients to one of them is no way out.
#pragma once
#include <postern/model/entity.h>

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace postern::resolve {

class OwnHosts {
 public:
  /// Takes the hosts of gateways and routes among `entities`; names of known vendors are somebody else's even there.
  explicit OwnHosts(std::span<const model::Entity> entities);

  /// Whether `host` (lower case) is one of these names, lies below one, or belongs to the same organisation as one: the same name
  /// below a public suffix. Names of known vendors, below which strangers live side by side, only count as they are.
  [[nodiscard]] bool covers(std::string_view host) const;

 private:
  std::set<std::string, std::less<>> m_hosts;
  std::set<std::string, std::less<>> m_organisations;
};

}  // namespace postern::resolve
