// SPDX-License-Identifier: Apache-2.0
// Fuzzes Compose projects of several files: the input is cut at lines `=== NAME`.
#include <ingest/compose_file/compose_file.h>
#include <postern/base/error.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace postern;

std::vector<ingest::SourceFile> cut(std::string_view text) {
  constexpr std::string_view k_mark = "=== ";
  std::vector<ingest::SourceFile> files;
  std::string_view name = "compose.yaml";
  while (true) {
    std::size_t at = text.starts_with(k_mark) ? 0 : text.find("\n=== ");
    const std::size_t end = at == std::string_view::npos ? text.size() : at + (text.starts_with(k_mark) ? 0 : 1);
    const bool known = std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.path == name; });
    if (!name.empty() && !known) files.push_back({name, text.substr(0, end)});
    if (at == std::string_view::npos) return files;
    text.remove_prefix(end + k_mark.size());
    const std::size_t line = std::min(text.find('\n'), text.size());
    name = text.substr(0, line);
    text.remove_prefix(line);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ingest::SourceFiles source({}, cut(text));
  ingest::ProjectSettings settings;
  settings.limits.nodes = 1U << 16U;
  base::DiagnosticSink sink;
  std::size_t before = 0;
  for (const ingest::ProjectFile& file : ingest::compose_file::read_projects(source, settings, sink)) {
    POSTERN_ASSERT(file.file < source.size() && file.file >= before);
    before = file.file;
    POSTERN_ASSERT(!file.failed || !sink.all().empty());
  }
  return 0;
}
