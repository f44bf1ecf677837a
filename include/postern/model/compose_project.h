// SPDX-License-Identifier: Apache-2.0
// What services of a Compose project know of one another: names and networks.
#pragma once
#include <postern/model/entity.h>

#include <optional>
#include <string_view>

namespace postern::model {

/// The label that Compose puts on its containers.
inline constexpr std::string_view k_project_label = "com.docker.compose.project";
/// How the names of networks end that other projects may use as well.
inline constexpr std::string_view k_shared_network = " (shared)";

/// The project that a service of Compose belongs to; nothing for all else.
[[nodiscard]] std::optional<Symbol> project_of(const Entity& entity);

/// Whether two services of Compose are connected to a network in common. What has no network of its own (it uses that of the
/// machine, or none is known) counts as connected, because nothing says that it is not.
[[nodiscard]] bool share_network(const Entity& one, const Entity& other);

}  // namespace postern::model
