// SPDX-License-Identifier: Apache-2.0
// Answers lines as `postern lab cvss|purl|range|version` does, without the rest of the executable.
#include <array>
#include <iostream>
#include <string>

#include "app/lab/cvss_row.h"
#include "app/lab/purl_row.h"
#include "app/lab/range_row.h"
#include "app/lab/version_row.h"

namespace {

struct Row {
  std::string_view what;
  std::string (*answer)(std::string_view line);
};

constexpr std::array k_rows = {Row{"cvss", postern::app::lab::cvss_row}, Row{"purl", postern::app::lab::purl_row},
                               Row{"range", postern::app::lab::range_row}, Row{"version", postern::app::lab::version_row}};

}  // namespace

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  for (const Row& row : k_rows) {
    if (count != 2 || row.what != arguments[1]) continue;
    for (std::string line; std::getline(std::cin, line);) std::cout << row.answer(line) << '\n';
    return std::cout.flush() ? 0 : 1;
  }
  std::cerr << "usage: package_row_runner cvss|purl|range|version\n";
  return 2;
}
