// SPDX-License-Identifier: Apache-2.0
// Fuzzes the reader of snapshots: whatever it reads, it writes in a form that reads back to the same bytes.
#include <postern/base/symbol.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "baseline/seal.h"
#include "baseline/snapshot_codec.h"

namespace {

using namespace postern;

void check(std::string text) {
  base::DiagnosticSink sink;
  const base::Symbol file("s.json");
  const auto snapshot = baseline::read_snapshot(std::move(text), file, sink);
  if (snapshot.has_value() == sink.has_errors()) __builtin_trap();
  if (!snapshot) return;
  const std::string written = baseline::write_snapshot(*snapshot);
  const auto again = baseline::read_snapshot(written, file, sink);
  if (!again || baseline::write_snapshot(*again) != written) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(std::string(text));
  // The digest keeps arbitrary bytes out, so the same bytes are also tried as a body with the right digest, and as a fact.
  check(baseline::seal(text));
  check(baseline::seal(R"("units":[{"application":"a","source_root":"","target":"","kind":"manifests","completeness":"complete",)"
                       R"("inputs":[{"path":"a.yaml","digest":"0","facts":[)" +
                       std::string(text) + R"(]}]}],"admitted":[]})"));
  return 0;
}
