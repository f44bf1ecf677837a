# SPDX-License-Identifier: Apache-2.0
# Warnings for our own code; errors only in developer mode, so that a newer compiler never breaks a user's build.
add_library(postern_warnings INTERFACE)
target_compile_options(postern_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wconversion -Wsign-conversion
                       -Wimplicit-fallthrough -Wnon-virtual-dtor -Woverloaded-virtual)
if(POSTERN_DEVELOPER)
  target_compile_options(postern_warnings INTERFACE -Werror)
endif()
