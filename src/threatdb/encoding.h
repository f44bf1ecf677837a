// SPDX-License-Identifier: Apache-2.0
// How records are written as bytes: numbers of variable length, texts with their length, nothing else. Reading trusts nothing.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::threatdb {

/// What reading a damaged or forged file throws within this folder; Index turns it into an Error that names the file.
struct Damage {
  const char* what;
};

/// Appends values to a text.
class Encoder {
 public:
  explicit Encoder(std::string& into) : m_into(into) {}
  void number(std::uint64_t value) {
    while (value >= 0x80U) {
      m_into.push_back(static_cast<char>(value | 0x80U));
      value >>= 7U;
    }
    m_into.push_back(static_cast<char>(value));
  }
  /// Small for values near zero on either side.
  void signed_number(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(std::string_view value) {
    number(value.size());
    m_into.append(value);
  }
  template <typename List>
  void texts(const List& list) {
    number(list.size());
    for (const auto& each : list) text(each);
  }

 private:
  std::string& m_into;
};

/// Reads values one after the other; throws Damage where the bytes do not hold what is asked for.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : m_left(bytes) {}
  [[nodiscard]] std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (m_left.empty()) throw Damage{"a number is cut off"};
      const auto byte = static_cast<unsigned char>(m_left.front());
      m_left.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80U) return value;
    }
    throw Damage{"a number is too long"};
  }
  [[nodiscard]] std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
  }
  [[nodiscard]] std::string_view text() { return bytes(number()); }
  /// How many items follow. Each takes a byte at least, so a count beyond what is left is a lie that nobody reserves memory for.
  [[nodiscard]] std::size_t count() {
    const std::uint64_t value = number();
    if (value > m_left.size()) throw Damage{"a list is longer than its record"};
    return static_cast<std::size_t>(value);
  }
  [[nodiscard]] std::string_view bytes(std::uint64_t size) {
    if (size > m_left.size()) throw Damage{"a text is longer than its record"};
    const std::string_view found = m_left.substr(0, static_cast<std::size_t>(size));
    m_left.remove_prefix(static_cast<std::size_t>(size));
    return found;
  }
  template <typename List>
  void texts(List& into) {
    const std::size_t size = count();
    into.clear();
    for (std::size_t i = 0; i < size; ++i) into.emplace_back(text());
  }
  void skip_texts() {
    for (std::size_t i = count(); i > 0; --i) (void)text();
  }
  [[nodiscard]] bool at_end() const noexcept { return m_left.empty(); }

 private:
  std::string_view m_left;
};

}  // namespace postern::threatdb
