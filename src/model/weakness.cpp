// SPDX-License-Identifier: Apache-2.0
// Identity of weaknesses.
#include <postern/model/weakness.h>

#include <tuple>

namespace postern::model {

bool is_before(const Weakness& a, const Weakness& b) {
  return std::tie(a.subject, a.id, a.package, a.file) < std::tie(b.subject, b.id, b.package, b.file);
}

std::string key_of(const Weakness& weakness) {
  std::string key = weakness.id.str();
  if (!weakness.package.empty()) return key + " in " + weakness.package.str();
  return weakness.file.empty() ? key : key + " in " + weakness.file.str();
}

}  // namespace postern::model
