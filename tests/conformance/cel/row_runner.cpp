// SPDX-License-Identifier: Apache-2.0
// Answers rows of the CEL suite: JSON lines on stdin, one JSON line each on stdout.
#include <iostream>
#include <string>

#include "app/lab/cel_row.h"

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << postern::app::cel_row(line) << '\n';
  return 0;
}
