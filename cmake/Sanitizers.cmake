# SPDX-License-Identifier: Apache-2.0
# Sanitizers and coverage instrumentation, chosen by preset.
if(POSTERN_SANITIZE)
  target_compile_options(postern_settings INTERFACE -fsanitize=${POSTERN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # GCC takes twice the time and memory for these four: each looks at every use of a pointer. A null pointer stops a run under the
  # address sanitizer just as well; the libFuzzer targets (clang, where they cost little) keep all of them.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND POSTERN_SANITIZE MATCHES "undefined")
    target_compile_options(postern_settings INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
  endif()
  target_link_options(postern_settings INTERFACE -fsanitize=${POSTERN_SANITIZE})
endif()
if(POSTERN_COVERAGE)
  target_compile_options(postern_settings INTERFACE --coverage -O0)
  target_link_options(postern_settings INTERFACE --coverage)
endif()
