// SPDX-License-Identifier: Apache-2.0
// What the two suites share: finding files, asking the reader.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace postern::conformance {

/// What the reader answered for a text.
struct Answer {
  bool accepted = false;
  std::string row;    ///< the whole answer, JSON
  std::string error;  ///< "code line:column message" when it was not accepted
};
[[nodiscard]] Answer ask(const std::string& format, const std::string& text);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);
/// All entries of a folder, sorted.
[[nodiscard]] std::vector<std::filesystem::path> entries(const std::filesystem::path& folder);

/// Each prints its counts and disagreements, and returns the exit code.
[[nodiscard]] int run_json_suite(const std::filesystem::path& suite);
[[nodiscard]] int run_yaml_suite(const std::filesystem::path& suite, const std::filesystem::path& refusals);

}  // namespace postern::conformance
