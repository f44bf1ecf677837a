// SPDX-License-Identifier: Apache-2.0
// Decodes base64: the values of Secret objects, at the door.
#include <ingest/base64.h>

#include <array>
#include <cstdint>

namespace postern::ingest {
namespace {

constexpr std::string_view k_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t k_none = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = k_none;
  for (std::size_t at = 0; at < k_alphabet.size(); ++at) {
    values[static_cast<unsigned char>(k_alphabet[at])] = static_cast<std::uint8_t>(at);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> k_values = make_values();

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == ' ' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::uint8_t value = k_values[static_cast<unsigned char>(c)];
    if (value == k_none || padding != 0) return std::nullopt;
    group = (group << 6U) | value;
    if (++digits % 4 != 0) continue;
    for (const unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>((group >> shift) & 0xffU);
    group = 0;
  }
  const std::size_t rest = digits % 4;
  if (rest == 1 || (rest == 0 ? 0 : 4 - rest) != padding) return std::nullopt;
  if (rest >= 2) bytes += static_cast<char>((group >> (rest == 2 ? 4U : 10U)) & 0xffU);
  if (rest == 3) bytes += static_cast<char>((group >> 2U) & 0xffU);
  return bytes;
}

}  // namespace postern::ingest
