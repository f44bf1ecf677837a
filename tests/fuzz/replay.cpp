// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without a fuzzer: over the files that are given, whole, cut off, and with single bytes changed. So every
// target is built and tried wherever the tests run, and a sanitizer or an assertion ends it.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t k_largest = std::size_t{1} << 15U;  ///< bytes; fuzzers keep to small inputs as well
constexpr std::size_t k_most_files = 60;                  ///< of one folder, spread over it
constexpr std::size_t k_cuts = 6;
constexpr std::size_t k_changes = 6;

void run(const std::string& bytes) {
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// Always the same places for the same size.
std::size_t place(std::size_t round, std::size_t size) {
  std::uint64_t mixed = (round + 1) * 0x9E3779B97F4A7C15U + size;
  mixed ^= mixed >> 29U;
  return static_cast<std::size_t>(mixed % size);
}

void replay(const std::string& bytes) {
  run(bytes);
  if (bytes.empty()) return;
  for (std::size_t round = 0; round < k_cuts; ++round) run(bytes.substr(0, place(round, bytes.size())));
  for (std::size_t round = 0; round < k_changes; ++round) {
    constexpr char k_bytes[] = {'\0', '"', '{', '\xFF', '\n', '-'};
    std::string changed = bytes;
    changed[place(round + k_cuts, changed.size())] = k_bytes[round];
    run(changed);
  }
}

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t files = 0;
  replay("");
  for (int i = 1; i < count; ++i) {
    std::set<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
      if (entry.is_regular_file() && entry.file_size() <= k_largest) paths.insert(entry.path());
    }
    const std::vector<std::filesystem::path> sorted(paths.begin(), paths.end());
    const std::size_t step = sorted.size() / k_most_files + 1;
    for (std::size_t at = 0; at < sorted.size(); at += step, ++files) replay(read(sorted[at]));
  }
  std::printf("%zu files replayed\n", files);
  return files == 0 && count > 1 ? 1 : 0;
}
