// SPDX-License-Identifier: Apache-2.0
// The entry point: one call into the composition root.
#include "app/run.h"

int main(int argc, char** argv) { return postern::app::run(argc, argv); }
