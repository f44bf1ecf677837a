# SPDX-License-Identifier: Apache-2.0
# The interpreter for tests in Python: the system's own, which has Debian's python3-yaml, before one that is first on the PATH.
find_program(POSTERN_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT POSTERN_PYTHON)
  find_package(Python3 COMPONENTS Interpreter REQUIRED)
  set(POSTERN_PYTHON "${Python3_EXECUTABLE}" CACHE FILEPATH "The interpreter for tests in Python" FORCE)
endif()

# postern_python_test(NAME LABEL SCRIPT ARGUMENT...): one ctest entry that runs a script with the built executable in POSTERN_BINARY.
# The exit code 77 means skipped; the script must say why.
function(postern_python_test name label script)
  add_test(NAME "${name}" COMMAND "${POSTERN_PYTHON}" -B "${script}" ${ARGN} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties("${name}" PROPERTIES
    LABELS "${label}" SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "POSTERN_BINARY=$<TARGET_FILE:postern>;PYTHONPATH=${CMAKE_SOURCE_DIR}/tests/support;PYTHONDONTWRITEBYTECODE=1")
endfunction()
