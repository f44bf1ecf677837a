// SPDX-License-Identifier: Apache-2.0
// The first line of a snapshot: what it is, in which version, and the digest of all that follows it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::baseline {

inline constexpr std::string_view k_format = "postern-snapshot";

/// What the first line says of the rest.
enum class Seal : std::uint8_t {
  intact,         ///< the digest is that of the rest
  broken,         ///< it is not: something was edited, merged, cut or damaged
  line_endings,   ///< as `broken`, and lines end in CR LF: a tool converted them
  other_version,  ///< a snapshot, but of another schema version
  none            ///< the text does not begin as snapshots do
};

/// Puts the header line before `body`, which is the rest of the snapshot's object (it follows `"digest":"...",`).
[[nodiscard]] std::string seal(std::string_view body);

/// The room that a header line takes, for writers that fill it in afterwards by `seal_in_place`.
[[nodiscard]] std::size_t header_size();
/// Fills the first header_size() bytes of `text` with the header line for the rest of it.
void seal_in_place(std::string& text);

/// Compares the first line of `text` with the rest. Linear.
[[nodiscard]] Seal check_seal(std::string_view text);

}  // namespace postern::baseline
