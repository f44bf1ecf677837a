# SPDX-License-Identifier: Apache-2.0
# What we build with: packages of Debian 12, found with CMake's own mechanisms; none is vendored.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(yaml-cpp REQUIRED)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(libpsl REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2)
find_package(pugixml REQUIRED)
# Its headers alone: the shared library of the package only saves compilation time.
find_path(POSTERN_TOML_INCLUDE toml++/toml.h REQUIRED)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(libdeflate REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(minizip REQUIRED IMPORTED_TARGET minizip)
find_path(POSTERN_GRAPHVIZ_INCLUDE graphviz/gvc.h REQUIRED)

# An allocator for the executable alone, where it is installed: reading makes many small objects, and glibc's takes a fifth more time.
# Sanitizers bring their own.
option(POSTERN_MIMALLOC "Link the executable with mimalloc where it is installed" ON)
if(POSTERN_MIMALLOC AND NOT POSTERN_SANITIZE)
  find_package(mimalloc QUIET)
endif()
