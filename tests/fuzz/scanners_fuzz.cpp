// SPDX-License-Identifier: Apache-2.0
// Fuzzes the readers of other tools' reports: from bytes to a fact, to a snapshot and back.
#include <ingest/read_input.h>
#include <postern/base/error.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "baseline/snapshot_codec.h"

namespace {

using namespace postern;

constexpr std::size_t k_longest_text = 4096;

/// Texts of a report come from anybody and go into reports of ours.
void check(const model::ReportedFinding& row) {
  for (const base::Symbol text :
       {row.id, row.title, row.severity, row.score, row.package_version, row.file, row.image, row.digest, row.url}) {
    POSTERN_ASSERT(text.view().size() <= k_longest_text);
    POSTERN_ASSERT(text.view().find('\n') == std::string_view::npos);
  }
  POSTERN_ASSERT(!row.id.empty() || !row.title.empty());
}

void check_recorded(model::Input input) {
  model::Unit unit{{base::Symbol("a"), {}, base::Symbol("t"), model::InputKind::findings}, {}, {}};
  unit.inputs.push_back(std::make_shared<const model::Input>(std::move(input)));
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
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  document::Limits limits;
  limits.nodes = 1U << 16U;
  for (const char* path : {"report.json", "report.xml"}) {
    base::DiagnosticSink sink;
    ingest::ReadFile file = ingest::read_input(path, bytes, std::string(64, '0'), limits, sink);
    bool is_report = false;
    for (const model::Fact& fact : file.input.facts) {
      const auto* report = std::get_if<model::ReportFact>(&fact);
      if (report == nullptr) continue;
      is_report = true;
      POSTERN_ASSERT(report->succeeded || sink.has_errors());
      for (const model::ReportedFinding& row : report->findings) check(row);
    }
    if (is_report) check_recorded(std::move(file.input));
  }
  return 0;
}
