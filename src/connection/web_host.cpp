// SPDX-License-Identifier: Apache-2.0
// Hosts of URLs as programs understand them: percent-encoded letters and numbers that stand for IPv4 addresses.
#include "connection/web_host.h"

#include <postern/base/text.h>

#include <array>
#include <charconv>
#include <cstdint>

#include "connection/host_name.h"

namespace postern::connection {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// `%2E` -> `.`; nothing when a '%' is not followed by two digits.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[at + 1]);
    const int low = hex_digit(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return decoded;
}

/// A number in decimal, octal (`0..`) or hexadecimal (`0x..`) digits.
std::optional<std::uint64_t> number_of(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text.front() == '0') {
    base = 8;
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// One to four numbers; the last one fills all bytes that are left.
std::optional<std::string> dotted_quad(std::string_view host) {
  const auto parts = base::split(host, '.');
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = number_of(parts[i]);
    const bool is_last = i + 1 == parts.size();
    const std::uint64_t limit = is_last ? std::uint64_t{1} << 8U * (5 - parts.size()) : 256;
    if (!number || *number >= limit) return std::nullopt;
    address |= is_last ? *number : *number << 8U * (3 - i);
  }
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += std::to_string(address >> static_cast<unsigned>(shift) & 0xFFU);
    if (shift > 0) text += '.';
  }
  return text;
}

/// Whether the last label is a number: such a host is an address, never a name.
bool ends_in_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && last.front() >= '0' && last.front() <= '9' && number_of(last).has_value();
}

}  // namespace

std::optional<std::string> undisguised_host(std::string_view host) {
  constexpr std::size_t k_longest = 1024;
  if (host.empty() || host.size() > k_longest || host.front() == '[') return std::nullopt;
  std::string plain(host);
  if (host.find('%') != std::string_view::npos) {
    auto decoded = percent_decoded(host);
    if (!decoded) return std::nullopt;
    plain = std::move(*decoded);
  }
  if (ends_in_number(plain) && !parse_ipv4(plain)) {
    if (auto address = dotted_quad(plain)) plain = std::move(*address);
  }
  return plain == host || !is_host(plain) ? std::nullopt : std::optional(std::move(plain));
}

}  // namespace postern::connection
