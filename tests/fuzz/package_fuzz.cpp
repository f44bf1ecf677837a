// SPDX-License-Identifier: Apache-2.0
// Fuzzes package URLs, the order of versions under every scheme, ranges and events: lines of the input are the texts.
#include <package/purl.h>
#include <package/range.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace {

using namespace postern;
using package::Scheme;

/// What is canonical stays as it is.
void check_purl(std::string_view text) {
  const auto reading = package::read_purl(text);
  POSTERN_ASSERT(reading.purl.has_value() == reading.refusal.empty());
  if (const auto purl = package::parse_purl(text)) {
    const std::string canonical = package::to_string(*purl);
    const auto again = package::parse_purl(canonical);
    POSTERN_ASSERT(again.has_value() && package::to_string(*again) == canonical);
  }
}

/// Both directions must agree, a version equals itself, and two texts are ordered exactly if both are versions.
void check_order(Scheme scheme, std::string_view a, std::string_view b) {
  const auto order = package::compare(scheme, a, b);
  const auto back = package::compare(scheme, b, a);
  POSTERN_ASSERT(order.has_value() == (package::is_version(scheme, a) && package::is_version(scheme, b)));
  POSTERN_ASSERT(order.has_value() == back.has_value() && (!order || *order == (0 <=> *back)));
  if (package::is_version(scheme, a)) POSTERN_ASSERT(*package::compare(scheme, a, a) == 0);
}

void check_events(Scheme scheme, std::string_view a, std::string_view b) {
  const std::array events = {package::Event{package::EventKind::introduced, a}, package::Event{package::EventKind::fixed, b}};
  const std::array turned = {events[1], events[0]};
  POSTERN_ASSERT(package::is_affected(scheme, events, b) == package::is_affected(scheme, turned, b));
  POSTERN_ASSERT(package::is_version(scheme, a) || package::is_affected(scheme, events, a) == package::Affected::unknown);
}

void check_range(const package::RangeReading& reading, std::string_view version) {
  POSTERN_ASSERT(reading.range.has_value() == reading.refusal.empty());
  if (!reading.range) return;
  static_cast<void>(package::contains(*reading.range, version));
  POSTERN_ASSERT(package::to_vers(*reading.range).starts_with("vers:"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes are chars here
  std::string_view previous;
  std::size_t turn = 0;
  constexpr auto k_schemes = static_cast<std::size_t>(Scheme::semver) + 1;
  for (const std::string_view line : base::split(text, '\n')) {
    check_purl(line);
    check_range(package::parse_vers(line), previous);
    for (std::size_t scheme = 0; scheme < k_schemes; ++scheme) {
      check_order(static_cast<Scheme>(scheme), previous, line);
      check_events(static_cast<Scheme>(scheme), previous, line);
    }
    check_range(package::parse_native_range(static_cast<Scheme>(turn % k_schemes), line), previous);
    previous = line;
    if (++turn == 64) break;
  }
  return 0;
}
