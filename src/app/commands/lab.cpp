// SPDX-License-Identifier: Apache-2.0
// `postern lab WHAT`: one JSON line in, one JSON line out; a bad line is answered and never stops the bench.
#include <postern/base/error.h>

#include <array>
#include <iostream>
#include <string>

#include "app/commands/commands.h"
#include "app/lab/cel_row.h"
#include "app/lab/cvss_row.h"
#include "app/lab/document_row.h"
#include "app/lab/escape_row.h"
#include "app/lab/field_row.h"
#include "app/lab/host_row.h"
#include "app/lab/purl_row.h"
#include "app/lab/range_row.h"
#include "app/lab/risk_row.h"
#include "app/lab/version_row.h"
#include "app/output.h"

namespace postern::app {
namespace {

struct BenchRow {
  std::string_view what;
  std::string (*answer)(std::string_view line);
};

constexpr std::array k_benches = {
    BenchRow{"cel", cel_row},
    BenchRow{"cvss", lab::cvss_row},
    BenchRow{"document", lab::document_row},
    BenchRow{"escape", lab::escape_row},
    BenchRow{"field", lab::field_row},
    BenchRow{"host", lab::host_row},
    BenchRow{"purl", lab::purl_row},
    BenchRow{"range", lab::range_row},
    BenchRow{"risk", lab::risk_row},
    BenchRow{"version", lab::version_row},
};

}  // namespace

int run_lab(const Options& options) {
  std::vector<std::string> known;
  for (const BenchRow& row : k_benches) {
    known.emplace_back(row.what);
    if (row.what != options.paths.front()) continue;
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty()) std::cout << row.answer(line) << '\n';
    }
    std::cout.flush();
    return std::cout ? 0 : 70;
  }
  unknown_format(options.paths.front(), known);
}

}  // namespace postern::app
