// SPDX-License-Identifier: Apache-2.0
// Asks every reader of reports about every sample: two that know one document would make the result depend on their order.
#include <ingest/registry.h>
#include <ingest/scanners/registry.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace postern;
namespace fs = std::filesystem;

constexpr int k_skipped = 77;

document::Documents documents_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  base::DiagnosticSink ignored;
  const auto format = ingest::scanners::format_of_report(text);
  if (format) {
    auto documents = document::read_documents(text, *format, base::Symbol("sample"), {}, ignored);
    if (!documents.empty()) return documents;
  }
  return document::read_documents(text, document::Format::json, base::Symbol("sample.json"), {}, ignored);
}

/// The ids of all that know the document, readers of other formats included.
std::vector<std::string> known_by(const document::Node& root) {
  std::vector<std::string> ids;
  for (const ingest::scanners::Reader* reader : ingest::scanners::readers()) {
    if (reader->knows(root)) ids.emplace_back(reader->id);
  }
  for (const ingest::FormatRow& format : ingest::formats()) {
    if (format.sniff(root)) ids.emplace_back(format.id);
  }
  return ids;
}

struct Count {
  std::size_t files = 0;
  std::size_t known = 0;
  std::size_t contested = 0;
};

void look_into(const fs::path& folder, Count& count) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++count.files;
    for (const document::Document& document : documents_of(entry.path())) {
      const std::vector<std::string> ids = known_by(document.root());
      if (!ids.empty()) ++count.known;
      if (ids.size() < 2) continue;
      ++count.contested;
      std::printf("%s:", entry.path().c_str());
      for (const std::string& id : ids) std::printf(" %s", id.c_str());
      std::printf("\n");
    }
  }
}

bool is_sorted() {
  const auto readers = ingest::scanners::readers();
  for (std::size_t at = 1; at < readers.size(); ++at) {
    if (readers[at - 1]->id >= readers[at]->id) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (!is_sorted()) {
    std::puts("the table of readers is not alphabetical");
    return EXIT_FAILURE;
  }
  Count total;
  for (int at = 1; at < count; ++at) look_into(arguments[at], total);
  const char* shared = std::getenv("POSTERN_SHARED");
  const fs::path samples = fs::path(shared == nullptr ? POSTERN_DEFAULT_SHARED : shared) / "findings" / "scanners";
  const bool has_samples = fs::is_directory(samples);
  if (has_samples) look_into(samples, total);
  std::printf("%zu files, %zu documents known, %zu by more than one reader\n", total.files, total.known, total.contested);
  if (total.contested != 0 || total.known == 0) return EXIT_FAILURE;
  if (!has_samples) std::puts("skipped: shared data not found");
  return has_samples ? EXIT_SUCCESS : k_skipped;
}
