// SPDX-License-Identifier: Apache-2.0
// A fast hash of bytes for tables and for finding damage in a file. It keeps no forger out: the SHA-256 of the file is for that.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace postern::threatdb {

namespace hashing {

inline constexpr std::uint64_t k_factor = 0x9E3779B97F4A7C15U;
inline constexpr std::uint64_t k_other_factor = 0xD6E8FEB86659FD93U;

[[nodiscard]] inline std::uint64_t word_at(const char* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

[[nodiscard]] inline std::uint64_t mixed(std::uint64_t value) noexcept {
  value ^= value >> 32U;
  value *= k_other_factor;
  value ^= value >> 29U;
  value *= k_factor;
  return value ^ (value >> 32U);
}

}  // namespace hashing

/// 64 bits that depend on every bit of `bytes`; the same on every little-endian machine. Four lanes, so that large sections are
/// read at the speed of the memory.
[[nodiscard]] inline std::uint64_t content_hash(std::string_view bytes) noexcept {
  using namespace hashing;
  std::uint64_t lanes[4] = {k_factor ^ bytes.size(), k_other_factor, ~k_factor, ~k_other_factor};
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  const auto step = [](std::uint64_t lane, std::uint64_t word) {
    lane = (lane ^ word) * k_factor;
    return lane ^ (lane >> 31U);
  };
  for (; left >= 32; left -= 32, at += 32) {
    for (unsigned i = 0; i < 4; ++i) lanes[i] = step(lanes[i], word_at(at + i * 8));
  }
  for (; left >= 8; left -= 8, at += 8) lanes[0] = step(lanes[0], word_at(at));
  std::uint64_t rest = 0;
  if (left != 0) std::memcpy(&rest, at, left);
  lanes[1] = step(lanes[1], rest);
  return mixed(mixed(mixed(mixed(lanes[0]) + lanes[1]) + lanes[2]) + lanes[3]);
}

}  // namespace postern::threatdb
