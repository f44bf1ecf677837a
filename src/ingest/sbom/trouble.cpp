// SPDX-License-Identifier: Apache-2.0
// Reports trouble of one bill of materials without flooding: a generator that errs does so thousands of times.
#include <ingest/codes.h>
#include <ingest/sbom/inventory.h>

#include <algorithm>

namespace postern::ingest::sbom {
namespace {

constexpr std::size_t k_most_of_a_kind = 5;

}  // namespace

bool Trouble::is_shown(std::string_view code) { return ++m_counts[code] <= k_most_of_a_kind; }

void Trouble::lost(std::string_view code, const Place& at, const std::string& message, const std::string& hint) {
  m_complete = false;
  if (is_shown(code)) m_sink.error(std::string(code), at.location(), message, hint);
}

void Trouble::odd(std::string_view code, const Place& at, const std::string& message, const std::string& hint) {
  if (is_shown(code)) m_sink.warning(std::string(code), at.location(), message, hint);
}

void Trouble::finish() {
  std::vector<std::pair<std::string_view, std::size_t>> counts(m_counts.begin(), m_counts.end());
  std::sort(counts.begin(), counts.end());
  for (const auto& [code, count] : counts) {
    if (count <= k_most_of_a_kind) continue;
    m_sink.warning(std::string(code), m_top, "and " + std::to_string(count - k_most_of_a_kind) + " more of this kind in the file");
  }
}

bool Trouble::has_type(const Node& value, bool fits, std::string_view key, std::string_view what, std::string_view expected) {
  if (!value || value.is_null()) return false;
  if (!fits) {
    lost(code::k_wrong_type, value,
         "'" + std::string(key) + "' of " + std::string(what) + " is " + to_string(value.kind()) + ", expected " +
             std::string(expected),
         "generate the bill of materials again, or correct the field; what depends on it is unknown");
  }
  return fits;
}

std::string_view Trouble::text(const Node& object, std::string_view key, std::string_view what) {
  const Node value = object[key];
  return has_type(value, value.as_string().has_value(), key, what, "a string") ? value.text() : std::string_view();
}

Node Trouble::list(const Node& object, std::string_view key, std::string_view what) {
  const Node value = object[key];
  return has_type(value, value.is_sequence(), key, what, "an array") ? value : Node();
}

Node Trouble::mapping(const Node& object, std::string_view key, std::string_view what) {
  const Node value = object[key];
  return has_type(value, value.is_mapping(), key, what, "an object") ? value : Node();
}

}  // namespace postern::ingest::sbom
