// SPDX-License-Identifier: Apache-2.0
// How a configuration says which service it belongs to where no service mounts it.
#pragma once
#include <string_view>

namespace postern::model {

/// Label of a configuration: the name of the service whose configuration it is, in lower case. `resolve` finds the service, or
/// makes one where nothing of that name runs.
inline constexpr std::string_view k_service_label = "postern.dev/configures";
/// The same for a configuration that says nothing by itself: where no service of that name runs, or several do, it is left out.
inline constexpr std::string_view k_known_service_label = "postern.dev/configures-known";

}  // namespace postern::model
