# SPDX-License-Identifier: Apache-2.0
# One folder of src/ is one static library; one folder of tests/unit/ is one test program.

# The headers of the standard library that most files include, compiled once: a fifth of the compiler's time. Ours are not among them,
# so a change recompiles what includes it and nothing else, and each file still includes what it uses (the libFuzzer build, which
# precompiles nothing, would not compile otherwise).
set(POSTERN_COMMON_HEADERS
    <algorithm> <array> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility>
    <variant> <vector>)

# postern_precompile(TARGET): lets a target that is compiled like postern_base use its precompiled headers.
function(postern_precompile target)
  if(NOT POSTERN_PRECOMPILE)
    return()
  elseif(target STREQUAL "postern_base")
    target_precompile_headers(postern_base PRIVATE ${POSTERN_COMMON_HEADERS})
  else()
    target_precompile_headers(${target} REUSE_FROM postern_base)
  endif()
endfunction()

# postern_part(NAME USES LIBRARY...): a static library postern_NAME from src/NAME (and its public headers in include/postern/NAME).
function(postern_part name)
  cmake_parse_arguments(PART "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
  if(NOT sources)
    add_library(postern_${name} INTERFACE)
    target_link_libraries(postern_${name} INTERFACE ${PART_USES} postern_settings)
    return()
  endif()
  add_library(postern_${name} STATIC ${sources})
  target_link_libraries(postern_${name} PUBLIC ${PART_USES} postern_settings PRIVATE postern_warnings)
  postern_precompile(postern_${name})
endfunction()

# postern_unit_tests(NAME USES LIBRARY...): the doctest program test_NAME from tests/unit/NAME, one ctest entry a test case.
function(postern_unit_tests name)
  cmake_parse_arguments(TEST "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/unit/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources} "${CMAKE_SOURCE_DIR}/tests/support/doctest_main.cpp")
  target_link_libraries(test_${name} PRIVATE ${TEST_USES} doctest::doctest postern_settings postern_warnings)
  target_include_directories(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_compile_definitions(test_${name} PRIVATE POSTERN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  postern_precompile(test_${name})
  doctest_discover_tests(test_${name} TEST_PREFIX "unit.${name}: " ADD_LABELS 0)
endfunction()
