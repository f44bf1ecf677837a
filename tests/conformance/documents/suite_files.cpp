// SPDX-License-Identifier: Apache-2.0
// Files and answers for both suites.
#include <postern/document/document.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/lab/document_row.h"
#include "suites.h"

namespace postern::conformance {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::filesystem::path> entries(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

Answer ask(const std::string& format, const std::string& text) {
  base::DiagnosticSink sink;
  const auto as = format == "json" ? document::Format::json : document::Format::yaml;
  document::Limits limits;  // JSON is measured by its grammar, which allows equal keys
  if (format == "json") limits.duplicate_keys = document::DuplicateKeys::warn;
  const auto documents = document::read_documents(text, as, base::Symbol("text"), limits, sink);
  Answer answer;
  answer.accepted = !sink.has_errors();
  if (answer.accepted) {
    answer.row = app::lab::document_row(nlohmann::json{{"format", format}, {"text", text}}.dump());
    return answer;
  }
  for (const auto& found : sink.all()) {
    if (found.severity != base::Severity::error) continue;
    answer.error =
        found.code + " " + std::to_string(found.location.line) + ":" + std::to_string(found.location.column) + " " + found.message;
    break;
  }
  return answer;
}

}  // namespace postern::conformance
