// SPDX-License-Identifier: Apache-2.0
// Fuzzes the JSON reader, with another reader as judge: what we accept must be JSON to nlohmann too, with the same number of
// values; what nlohmann accepts must be accepted by us, unless it is one of the things that we refuse on purpose.
#include <nlohmann/json.hpp>
#include <set>

#include "document_walk.h"

namespace {

/// Refused on purpose although the grammar allows it: NUL and invalid UTF-8 never get that far.
bool is_on_purpose(const std::string& code) {
  static const std::set<std::string> codes = {"P1005", "P1006", "P1014"};
  return codes.contains(code);
}

std::size_t count(const nlohmann::ordered_json& value) {
  std::size_t total = 1;
  for (const auto& child : value) {
    if (value.is_structured()) total += count(child) + (value.is_object() ? 1 : 0);
  }
  return total;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto ours = postern::fuzz::walk_all(text, postern::document::Format::json);
  // The other reader ends at a NUL byte.
  if (text.find('\0') != std::string::npos) return 0;
  const auto theirs = nlohmann::ordered_json::parse(text, nullptr, false);
  if (ours.errors.empty()) {
    // A number beyond the range of double is an error there and text here.
    const bool may_overflow = text.find_first_of("0123456789") != std::string::npos;
    if (theirs.is_discarded() ? !may_overflow : ours.visited != count(theirs)) __builtin_trap();
  } else if (!theirs.is_discarded() && !is_on_purpose(ours.errors.front())) {
    __builtin_trap();
  }
  return 0;
}
