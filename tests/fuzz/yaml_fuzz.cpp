// SPDX-License-Identifier: Apache-2.0
// Fuzzes the YAML reader: no crash, every node can be visited within the limits, reading twice gives the same, and so does reading
// by libyaml alone, to the byte of every location and diagnostic.
#include "document_walk.h"
#include "unit/document/both_readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto first = postern::fuzz::walk_all(text, postern::document::Format::yaml);
  const auto second = postern::fuzz::walk_all(text, postern::document::Format::yaml);
  if (first != second) __builtin_trap();
  postern::document::Limits limits;
  limits.expansion_floor = 5000;  // keeps one run short
  if (!postern::document::difference_of_readers(text, limits).empty()) __builtin_trap();
  return 0;
}
