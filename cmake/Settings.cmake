# SPDX-License-Identifier: Apache-2.0
# Settings that every target shares: language level, include roots, link-time optimisation in release, ccache when present.
add_library(postern_settings INTERFACE)
target_compile_features(postern_settings INTERFACE cxx_std_20)
target_compile_options(postern_settings INTERFACE -pthread)  # some libraries ask for it, and all parts share what is precompiled
target_include_directories(postern_settings INTERFACE "${CMAKE_SOURCE_DIR}/include" "${CMAKE_SOURCE_DIR}/src")

find_program(POSTERN_CCACHE ccache)
if(POSTERN_CCACHE)
  # ccache trusts a precompiled header only when it is told that macros of single files do not change what is in there.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${POSTERN_CCACHE}")
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  include(CheckIPOSupported)
  check_ipo_supported(RESULT POSTERN_IPO OUTPUT POSTERN_IPO_OUTPUT)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${POSTERN_IPO})
endif()
