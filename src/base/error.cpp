// SPDX-License-Identifier: Apache-2.0
// What happens when an invariant of the program does not hold.
#include <postern/base/error.h>

#include <cstdio>
#include <cstdlib>

namespace postern {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "postern: internal error: %s does not hold (%s:%d)\n", condition, file, line);
  std::_Exit(70);
}

}  // namespace postern
