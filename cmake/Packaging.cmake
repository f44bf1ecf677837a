# SPDX-License-Identifier: Apache-2.0
# Installation: the executable and its licence; everything else is inside the executable.
include(GNUInstallDirs)
install(TARGETS postern RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
