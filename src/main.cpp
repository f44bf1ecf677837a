// SPDX-License-Identifier: Apache-2.0
// The entry point: one call into the composition root.
#include "app/run.h"

#ifdef POSTERN_USES_MIMALLOC
#include <mimalloc.h>
#endif

int main(int argc, char** argv) {
#ifdef POSTERN_USES_MIMALLOC
  // Memory in pages of 2 MiB, where the system gives them: large environments take forty thousand page faults less.
  mi_option_enable(mi_option_large_os_pages);
#if MI_MALLOC_VERSION < 210
  // A run is over in a second: what one stage frees, the next one needs.
  mi_option_disable(mi_option_allow_decommit);
#endif
#endif
  return postern::app::run(argc, argv);
}
