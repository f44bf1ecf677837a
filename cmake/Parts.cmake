# SPDX-License-Identifier: Apache-2.0
# One folder of src/ is one static library; one folder of tests/unit/ is one test program.

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
  doctest_discover_tests(test_${name} TEST_PREFIX "unit.${name}: " ADD_LABELS 0)
endfunction()
