// SPDX-License-Identifier: Apache-2.0
// What the settings of several states say as addresses, read once for all of them.
#pragma once
#include <postern/model/snapshot.h>

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "connection/endpoint.h"

namespace postern::resolve {

/// Addresses by name and text of a setting. Most files of two states are the same, and one key of a configuration becomes a
/// variable here and a file of a volume there: each pair of name and text is read once. Immutable, so any number of threads may
/// look in it.
class AddressBook {
 public:
  AddressBook() = default;
  /// Reads the literal settings of all inputs of `states`, on up to `threads` threads.
  AddressBook(std::span<const model::StateView* const> states, unsigned threads);

  /// What `connection::parse_endpoints` gives for the pair as a setting; null when it is not in the book.
  [[nodiscard]] const std::vector<connection::Endpoint>* find(base::Symbol name, base::Symbol text) const;

 private:
  struct Pair {
    base::Symbol name;
    base::Symbol text;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  struct PairHash {
    std::size_t operator()(const Pair& pair) const noexcept {
      return std::hash<base::Symbol>{}(pair.name) * 0x9E3779B97F4A7C15ULL ^ std::hash<base::Symbol>{}(pair.text);
    }
  };

  std::unordered_map<Pair, std::uint32_t, PairHash> m_places;  ///< in `m_addresses`
  std::vector<std::vector<connection::Endpoint>> m_addresses;  ///< the first is the empty one, which most pairs share
};

}  // namespace postern::resolve
