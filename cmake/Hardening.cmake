# SPDX-License-Identifier: Apache-2.0
# Hardening of the release build: the gate parses hostile files next to secrets.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  include(CheckPIESupported)
  check_pie_supported()
  target_compile_options(postern_settings INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
                         -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  target_compile_definitions(postern_settings INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(postern_settings INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)
endif()
