// SPDX-License-Identifier: Apache-2.0
// Fuzzes the way from the bytes of a file to facts.
#include <ingest/read_input.h>
#include <postern/base/error.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace {

using namespace postern;

/// Facts that would not mean anything to the stages behind.
void check(const model::Fact& fact) {
  if (const auto* entity = std::get_if<model::EntityFact>(&fact)) {
    POSTERN_ASSERT(!entity->address.empty() && !entity->name.empty());
    for (const model::Attribute& row : entity->attributes) POSTERN_ASSERT(row.definition != nullptr);
  } else if (const auto* setting = std::get_if<model::SettingFact>(&fact)) {
    POSTERN_ASSERT(!setting->owner.empty());
    POSTERN_ASSERT(!setting->opaque || setting->text.empty());
  } else if (const auto* mention = std::get_if<model::MentionFact>(&fact)) {
    POSTERN_ASSERT(!mention->host.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  base::DiagnosticSink sink;
  document::Limits limits;
  limits.nodes = 1U << 16U;
  const ingest::ReadFile file = ingest::read_input((data[0] & 1U) != 0 ? "a.yaml" : "a.json", bytes, {}, limits, sink);
  for (const model::Fact& fact : file.input.facts) check(fact);
  POSTERN_ASSERT(file.outcome != ingest::ReadOutcome::failed || !sink.all().empty());
  return 0;
}
