# SPDX-License-Identifier: Apache-2.0
# Sanitizers and coverage instrumentation, chosen by preset.
if(POSTERN_SANITIZE)
  target_compile_options(postern_settings INTERFACE -fsanitize=${POSTERN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(postern_settings INTERFACE -fsanitize=${POSTERN_SANITIZE})
endif()
if(POSTERN_COVERAGE)
  target_compile_options(postern_settings INTERFACE --coverage -O0)
  target_link_options(postern_settings INTERFACE --coverage)
endif()
