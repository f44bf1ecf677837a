// SPDX-License-Identifier: Apache-2.0
// An advisory as bytes: what belongs to the whole of it, and one piece for each affected package.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "threatdb/advisory.h"
#include "threatdb/encoding.h"

namespace postern::threatdb {

/// One advisory, ready to be stored: its pieces one after the other.
struct EncodedAdvisory {
  struct Piece {
    std::uint64_t key_hash = 0;  ///< of ecosystem and name
    std::uint32_t end = 0;       ///< in `bytes`
  };
  std::string bytes;
  std::uint32_t head_size = 0;  ///< the first piece: everything but affected packages
  std::vector<Piece> affected;
};
[[nodiscard]] EncodedAdvisory encode(const Advisory& advisory);

/// What the head holds; `affected` stays as it is. `packages` gets ecosystem and name of each affected package.
struct Head {
  Advisory advisory;
  std::vector<std::pair<std::string_view, std::string_view>> packages;
};
/// Reads a head. Views point into `bytes`. Throws Damage.
void decode_head(std::string_view bytes, Head& head);
/// Only the id and the moment of change.
struct HeadKey {
  std::string_view id;
  Moment modified = k_never;
  Moment withdrawn = k_never;
};
[[nodiscard]] HeadKey decode_head_key(std::string_view bytes);

/// Ecosystem and name, which come first, so that the rest need not be read.
struct PackageName {
  std::string_view ecosystem, name;
};
[[nodiscard]] PackageName decode_package_name(std::string_view bytes);
/// Reads a piece about a package; vectors of `affected` are used again. Throws Damage.
void decode_affected(std::string_view bytes, AffectedPackage& affected);

}  // namespace postern::threatdb
