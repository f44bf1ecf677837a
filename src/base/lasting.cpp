// SPDX-License-Identifier: Apache-2.0
// A list that is never destroyed itself.
#include <postern/base/lasting.h>

#include <mutex>
#include <vector>

namespace postern::base {

void keep_until_exit(std::shared_ptr<const void> object) {
  // Leaked on purpose, but still pointed to: so a leak checker reports what is lost by mistake and nothing of this.
  static auto& objects = *new std::vector<std::shared_ptr<const void>>;
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  objects.push_back(std::move(object));
}

}  // namespace postern::base
