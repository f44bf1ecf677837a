// SPDX-License-Identifier: Apache-2.0
// Fuzzes the readers of lock files: `=== PATH` begins a file, so that one input holds a lock file and what lies beside it.
#include <ingest/project.h>
#include <postern/base/error.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "baseline/snapshot_codec.h"

namespace {

using namespace postern;

/// The files of the input; what is before the first mark is a requirements file.
std::vector<ingest::SourceFile> files_in(std::string_view text) {
  constexpr std::string_view k_mark = "=== ";
  constexpr std::size_t k_most = 8;
  std::vector<ingest::SourceFile> files;
  std::string_view path = "a/requirements.txt";
  while (!text.empty() && files.size() < k_most) {
    std::size_t end = text.starts_with(k_mark) ? 0 : text.find("\n=== ");
    if (end == 0) {
      const std::size_t line = std::min(text.find('\n'), text.size());
      path = text.substr(k_mark.size(), line - k_mark.size());
      text.remove_prefix(std::min(line + 1, text.size()));
      continue;
    }
    end = std::min(end, text.size());
    const bool is_new = std::none_of(files.begin(), files.end(), [&](const ingest::SourceFile& each) { return each.path == path; });
    if (is_new) files.push_back({path, text.substr(0, end)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return files;
}

void check(const model::SbomFact& fact) {
  POSTERN_ASSERT(fact.source == model::SbomSource::lock_file);
  for (std::size_t at = 0; at < fact.libraries.size(); ++at) {
    const model::Library& row = fact.libraries[at];
    POSTERN_ASSERT(row.purl.view().starts_with("pkg:") && !row.name.empty());
    POSTERN_ASSERT(at == 0 || !(row.purl < fact.libraries[at - 1].purl));
  }
}

void check_recorded(std::vector<model::Fact> facts) {
  model::Unit unit{{base::Symbol("a"), {}, base::Symbol("t"), model::InputKind::sbom}, {}, {}};
  unit.inputs.push_back(
      std::make_shared<const model::Input>(model::Input{base::Symbol("f"), std::string(64, '0'), std::move(facts)}));
  model::Snapshot snapshot;
  snapshot.units.push_back(std::move(unit));
  const std::string text = baseline::write_snapshot(snapshot);
  base::DiagnosticSink sink;
  const auto back = baseline::read_snapshot(text, base::Symbol("s.json"), sink);
  POSTERN_ASSERT(back.has_value());
  POSTERN_ASSERT(baseline::write_snapshot(*back) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const ingest::SourceFiles files({}, files_in(text));
  ingest::ProjectSettings settings;
  settings.limits.nodes = 1U << 16U;
  for (const ingest::ProjectRow& row : ingest::project_formats()) {
    if (row.kind != model::InputKind::sbom) continue;
    base::DiagnosticSink sink;
    for (ingest::ProjectFile& file : row.read(files, settings, sink)) {
      // What is missing from a list is told.
      POSTERN_ASSERT(!file.failed || !sink.all().empty());
      for (const model::Fact& fact : file.facts) check(std::get<model::SbomFact>(fact));
      check_recorded(std::move(file.facts));
    }
  }
  return 0;
}
