# SPDX-License-Identifier: Apache-2.0
# Data files (knowledge, packs, schemas) become part of the executable, so that it needs no files beside it.

# postern_embed(TARGET NAMESPACE NAME FILES FILE...): generates NAME.h and NAME.cpp in the build tree and adds them to TARGET.
# `postern::NAMESPACE::NAME()` returns a std::span of {path, text}, sorted by path (relative to the source root).
function(postern_embed target namespace name)
  cmake_parse_arguments(EMBED "" "" "FILES" ${ARGN})
  list(SORT EMBED_FILES)
  set(folder "${CMAKE_BINARY_DIR}/embedded/${target}")
  set(list_file "${folder}/${name}.list")
  file(MAKE_DIRECTORY "${folder}")
  list(JOIN EMBED_FILES "\n" lines)
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${lines}\n" @ONLY)
  add_custom_command(
    OUTPUT "${folder}/${name}.cpp" "${folder}/${name}.h"
    COMMAND "${CMAKE_COMMAND}" -DROOT=${CMAKE_SOURCE_DIR} -DLIST=${list_file} -DOUT=${folder}/${name} -DNAMESPACE=${namespace}
            -DNAME=${name} -P "${CMAKE_SOURCE_DIR}/cmake/EmbedScript.cmake"
    DEPENDS ${EMBED_FILES} "${list_file}" "${CMAKE_SOURCE_DIR}/cmake/EmbedScript.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${folder}/${name}.cpp" "${folder}/${name}.h")
  target_include_directories(${target} PUBLIC "${folder}")
endfunction()
