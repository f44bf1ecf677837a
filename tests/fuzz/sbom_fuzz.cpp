// SPDX-License-Identifier: Apache-2.0
// Fuzzes the way from the bytes of a bill of materials to libraries of a graph: read, recorded, bound, compared with itself.
#include <ingest/read_input.h>
#include <package/purl.h>
#include <postern/base/error.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
#include "diff/diff.h"
#include "resolve/libraries/settle.h"
#include "resolve/resolve.h"

namespace {

using namespace postern;

/// What is canonical must stay as it is.
void check_purl(const std::string& text) {
  const auto purl = package::parse_purl(text);
  if (!purl) return;
  const std::string canonical = to_string(*purl);
  const auto again = package::parse_purl(canonical);
  POSTERN_ASSERT(again.has_value());
  POSTERN_ASSERT(to_string(*again) == canonical);
}

model::Snapshot snapshot_of(model::Input input, const model::Fact& workload) {
  model::Unit manifests{{base::Symbol("a"), {}, base::Symbol("t"), model::InputKind::manifests}, {}, {}};
  model::Unit sboms{{base::Symbol("a"), {}, base::Symbol("t"), model::InputKind::sbom}, {}, {}};
  model::Input declared{base::Symbol("m.yaml"), input.digest, {workload}};
  manifests.inputs.push_back(std::make_shared<const model::Input>(std::move(declared)));
  sboms.inputs.push_back(std::make_shared<const model::Input>(std::move(input)));
  model::Snapshot snapshot;
  snapshot.units.push_back(std::move(manifests));
  snapshot.units.push_back(std::move(sboms));
  return snapshot;
}

model::Fact workload() {
  model::EntityFact fact;
  fact.address = base::Symbol("n/cart");
  fact.name = base::Symbol("cart");
  fact.attributes.push_back({&model::attribute::image, base::Symbol("cart"), {}, base::Symbol("cart:1"), {}});
  return fact;
}

/// A state is the same as itself, whatever is in it.
void check_delta(const model::Snapshot& snapshot) {
  base::DiagnosticSink sink;
  const model::StateView view = compose::view_of(snapshot);
  model::ArchitectureGraph before = resolve::resolve(view, {}, sink).graph;
  model::ArchitectureGraph after = resolve::resolve(view, {}, sink).graph;
  resolve::libraries::add_libraries({view, before, sink}, {view, after, sink}, {}, resolve::libraries::LibraryDetail::differences);
  POSTERN_ASSERT(diff::diff(before, after).change_count() == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check_purl(bytes);
  base::DiagnosticSink sink;
  document::Limits limits;
  limits.nodes = 1U << 16U;
  ingest::ReadFile file = ingest::read_input("sbom/cart.json", bytes, std::string(64, '0'), limits, sink);
  POSTERN_ASSERT(file.outcome != ingest::ReadOutcome::failed || !sink.all().empty());
  // Services and weaknesses that a document holds beside its components have fuzz targets of their own.
  std::erase_if(file.input.facts, [](const model::Fact& fact) { return !std::holds_alternative<model::SbomFact>(fact); });
  for (const model::Fact& fact : file.input.facts) {
    for (const model::Library& row : std::get<model::SbomFact>(fact).libraries) POSTERN_ASSERT(!row.purl.empty());
  }
  if (file.input.facts.empty()) return 0;
  const model::Snapshot snapshot = snapshot_of(std::move(file.input), workload());
  const std::string text = baseline::write_snapshot(snapshot);
  base::DiagnosticSink reading;
  const auto back = baseline::read_snapshot(text, base::Symbol("s.json"), reading);
  POSTERN_ASSERT(back.has_value());
  POSTERN_ASSERT(baseline::write_snapshot(*back) == text);
  check_delta(*back);
  return 0;
}
