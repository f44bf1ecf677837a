// SPDX-License-Identifier: Apache-2.0
// Names of effects.
#include <postern/model/impact.h>

#include <array>

namespace postern::model {

const char* to_string(ImpactEffect effect) {
  constexpr std::array k_names = {"gone", "fails", "degraded", "unknown"};
  return k_names.at(static_cast<std::size_t>(effect));
}

}  // namespace postern::model
