// SPDX-License-Identifier: Apache-2.0
// Objects that live until the process ends.
#pragma once
#include <memory>
#include <utility>

namespace postern::base {

/// Keeps an object until the process ends; it is never destroyed, and leak checkers find it.
void keep_until_exit(std::shared_ptr<const void> object);

/// Makes an object that is never destroyed: taking a large graph apart, entity by entity, just before the system takes back all
/// memory of the process at once would be work for nothing. For what a command makes once, not for what is made in a loop.
template <typename T, typename... Arguments>
[[nodiscard]] T& make_lasting(Arguments&&... arguments) {
  auto object = std::make_shared<T>(std::forward<Arguments>(arguments)...);
  T& reference = *object;
  keep_until_exit(std::move(object));
  return reference;
}

}  // namespace postern::base
