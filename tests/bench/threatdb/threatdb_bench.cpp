// SPDX-License-Identifier: Apache-2.0
// Measures the threat database: `import FOLDER PATH...`, `lookup FOLDER FILE` with one package URL a line. Prints milliseconds.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "package/purl.h"
#include "postern/base/error.h"
#include "threatdb/database.h"
#include "threatdb/importer.h"

namespace {

using namespace postern;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double cpu_milliseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto part = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return part(usage.ru_utime) + part(usage.ru_stime);
}

long peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

int run_import(const std::string& folder, const std::vector<std::string>& paths) {
  threatdb::ImportRequest request;
  request.folder = folder;
  for (const std::string& path : paths) request.paths.push_back({path, {}, threatdb::k_never});
  base::DiagnosticSink sink;
  const auto start = Clock::now();
  const threatdb::ImportOutcome outcome = threatdb::import_data(request, sink);
  std::printf("import %.0f ms wall, %.0f ms CPU, peak %ld MiB, %llu advisories, %llu packages\n", milliseconds_since(start),
              cpu_milliseconds(), peak_mebibytes(), static_cast<unsigned long long>(outcome.info.advisories),
              static_cast<unsigned long long>(outcome.info.packages));
  return 0;
}

std::size_t look_up(const threatdb::Database& database, const std::vector<threatdb::PackageVersion>& packages) {
  std::size_t found = 0;
  for (const threatdb::PackageVersion& each : packages) found += database.find(each.package, each.version).size();
  return found;
}

int run_lookup(const std::string& folder, const std::string& file) {
  std::vector<threatdb::PackageVersion> packages;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto purl = package::parse_purl(line);
    const auto identity = purl ? threatdb::identity_of(*purl) : std::nullopt;
    if (identity) packages.push_back(*identity);
  }
  const auto start = Clock::now();
  const threatdb::Database database = threatdb::Database::open(folder);
  const std::size_t found = look_up(database, packages);
  const double cold = milliseconds_since(start);
  double warm = cold;
  for (int round = 0; round < 5; ++round) {
    const auto again = Clock::now();
    const bool is_same = look_up(database, packages) == found;
    warm = std::min(warm, milliseconds_since(again));
    if (!is_same) return 1;
  }
  std::printf("lookup %zu packages, %zu weaknesses: first %.2f ms with opening, again %.2f ms\n", packages.size(), found, cold,
              warm);
  return packages.empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() >= 3 && arguments[0] == "import")
      return run_import(arguments[1], {arguments.begin() + 2, arguments.end()});
    if (arguments.size() == 3 && arguments[0] == "lookup") return run_lookup(arguments[1], arguments[2]);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  std::cerr << "usage: bench_threatdb import FOLDER PATH... | lookup FOLDER FILE\n";
  return 2;
}
