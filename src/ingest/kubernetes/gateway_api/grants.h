// SPDX-License-Identifier: Apache-2.0
// How a permission for references across namespaces is written, by those who give it and by those who need it.
#pragma once
#include <ingest/kubernetes/object_reader.h>

#include <string_view>
#include <vector>

namespace postern::ingest::kubernetes {

/// "KIND of NAMESPACE may name KIND NAME"; `*` for every name.
[[nodiscard]] Symbol grant_text(std::string_view from_kind, std::string_view from_namespace, std::string_view to_kind,
                                std::string_view to_name);

/// What an object must be granted to name another one; nothing within one namespace.
[[nodiscard]] std::vector<Symbol> grants_for(const ObjectReader& reader, std::string_view to_namespace, std::string_view to_kind,
                                             std::string_view to_name);

/// What a gateway grants that takes routes of other namespaces, and what a route from elsewhere needs.
inline constexpr std::string_view k_routes_of_others = "routes of other namespaces";

/// What a gateway grants that takes listeners of other namespaces, and what a set of listeners from elsewhere needs.
inline constexpr std::string_view k_listeners_of_others = "listeners of other namespaces";

}  // namespace postern::ingest::kubernetes
