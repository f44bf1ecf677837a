// SPDX-License-Identifier: Apache-2.0
// Fuzzes the YAML reader: no crash, every node can be visited within the limits, reading twice gives the same.
#include "document_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto first = postern::fuzz::walk_all(text, postern::document::Format::yaml);
  const auto second = postern::fuzz::walk_all(text, postern::document::Format::yaml);
  if (first != second) __builtin_trap();
  return 0;
}
