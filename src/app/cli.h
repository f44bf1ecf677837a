// SPDX-License-Identifier: Apache-2.0
// The command line: which commands there are, and which options each takes.
#pragma once

namespace postern::app {

/// Parses the arguments and runs the command; returns the exit code (2 for usage that means nothing).
int run_command_line(int argc, char** argv);

}  // namespace postern::app
