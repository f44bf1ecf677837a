// SPDX-License-Identifier: Apache-2.0
// Real manifests of other people, read file by file.
#include <doctest/doctest.h>
#include <ingest/source_layout.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "fact_text.h"

namespace postern::ingest {
namespace {

namespace fs = std::filesystem;

std::string shared_folder() {
  const char* set = std::getenv("POSTERN_SHARED");
  return set != nullptr ? set : POSTERN_SOURCE_DIR "/../shared";
}

struct Totals {
  std::size_t files = 0;
  std::map<std::string, std::size_t> outcomes;
  std::map<std::string, std::size_t> unread;
  std::map<std::string, std::size_t> codes;
  std::size_t facts = 0;
  std::string errors;
};

void add_file(const fs::path& path, const std::string& name, Totals& totals) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  const test::Reading reading = test::read(text, name);
  ++totals.files;
  ++totals.outcomes[to_string(reading.file.outcome)];
  totals.facts += reading.file.input.facts.size();
  for (const model::Fact& fact : reading.file.input.facts) {
    if (const auto* unread = std::get_if<model::UnreadFact>(&fact)) ++totals.unread[unread->kind.str()];
  }
  for (const base::Diagnostic& one : reading.sink.all()) {
    ++totals.codes[one.code + " " + to_string(one.severity)];
    if (one.severity == base::Severity::error)
      totals.errors += "\n    " + to_string(one.location) + ": " + one.code + " " + one.message;
  }
}

std::string text_of(const std::map<std::string, std::size_t>& counts) {
  std::string text;
  for (const auto& [name, count] : counts) text += "\n    " + std::to_string(count) + " " + name;
  return text;
}

TEST_CASE("real applications are read without a crash, and what is not read is counted") {
  for (const char* name : {"argo-cd-install", "istio-samples", "k8s-examples", "online-boutique", "robot-shop"}) {
    const fs::path folder = fs::path(shared_folder()) / "corpora" / name;
    if (!fs::is_directory(folder)) {
      MESSAGE("skipped: shared data not found (" << std::string(name) << ")");
      continue;
    }
    Totals totals;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const std::string path = entry.path().lexically_relative(folder).generic_string();
      if (entry.is_regular_file() && is_candidate_file(path)) add_file(entry.path(), path, totals);
    }
    MESSAGE(std::string(name) << ": " << totals.files << " files, " << totals.facts << " facts; files" << text_of(totals.outcomes)
                              << "\n  unknown kinds" << text_of(totals.unread) << "\n  diagnostics" << text_of(totals.codes)
                              << "\n  errors" << totals.errors);
    CHECK(totals.facts > 0);
  }
}

}  // namespace
}  // namespace postern::ingest
