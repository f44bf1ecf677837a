// SPDX-License-Identifier: Apache-2.0
// The lab's risk rows without the rest of the executable: JSON lines on stdin, one line each on stdout.
#include <iostream>
#include <string>

#include "app/lab/risk_row.h"

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << postern::app::lab::risk_row(line) << '\n';
  return std::cout.flush() ? 0 : 1;
}
