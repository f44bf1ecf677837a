// SPDX-License-Identifier: Apache-2.0
// The composition root's only entrance.
#pragma once

namespace postern::app {

/// Runs the command line and returns the process's exit code (design: 0 pass or warn, 1 block, 2 usage, 3 indeterminate, 70
/// internal).
int run(int argc, char** argv);

}  // namespace postern::app
