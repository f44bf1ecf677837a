// SPDX-License-Identifier: Apache-2.0
// How a mentioned address is matched with what is declared: ranked rules, each of which answers or passes on.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "connection/host.h"
#include "resolve/mention.h"

namespace postern::resolve {

/// What a rule sees.
struct LinkRequest {
  const LinkIndex& index;
  const Mention& mention;
  NameQuery from;              ///< place and namespace of the one who mentions
  connection::HostFacts host;  ///< of the mentioned host
};

/// What a mention means.
struct LinkTarget {
  enum class Kind : std::uint8_t {
    declared,    ///< `entity`
    external,    ///< a host or resource outside: `name`
    unresolved,  ///< a name inside that nothing declares: `name`
    nothing      ///< no address of another one after all (its own pod, a name that nobody has)
  };
  Kind kind = Kind::nothing;
  EntityIndex entity = 0;
  Symbol name;
};

/// One rule: its id for explanations, what it does, and the code.
struct LinkRule {
  std::string_view id;
  std::string_view description;
  std::optional<LinkTarget> (*match)(const LinkRequest& request);
};

/// All rules in the order in which they are asked; the first answer counts.
[[nodiscard]] std::span<const LinkRule> link_rules();

std::optional<LinkTarget> match_project_name(const LinkRequest& request);
std::optional<LinkTarget> match_loopback(const LinkRequest& request);
std::optional<LinkTarget> match_cluster_name(const LinkRequest& request);
std::optional<LinkTarget> match_pod_name(const LinkRequest& request);
std::optional<LinkTarget> match_alias(const LinkRequest& request);
std::optional<LinkTarget> match_resource(const LinkRequest& request);
std::optional<LinkTarget> match_outside(const LinkRequest& request);
std::optional<LinkTarget> match_undeclared(const LinkRequest& request);

}  // namespace postern::resolve
