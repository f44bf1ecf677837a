// SPDX-License-Identifier: Apache-2.0
// The encoders extension: base64 (RFC 4648, section 4).
#include "cel/functions/families.h"

namespace postern::cel {
namespace {

constexpr std::string_view k_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t k_bytes_a_step = 16;

Value encode(CallContext& context, Arguments arguments) {
  const std::string_view bytes = arguments[0].as_text();
  if (!context.charge(bytes.size() / k_bytes_a_step)) return Value::error(ErrorCode::budget_exceeded);
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = (group << 8U) | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) text += at + i <= bytes.size() ? k_alphabet[(group >> (18 - 6 * i)) & 0x3FU] : '=';
  }
  return Value::own_string(std::move(text));
}

/// Padding may be left out, as the specification's examples do.
Value decode(CallContext& context, Arguments arguments) {
  std::string_view text = arguments[0].as_text();
  if (!context.charge(text.size() / k_bytes_a_step)) return Value::error(ErrorCode::budget_exceeded);
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  const bool well_padded = padding == 0 || (text.size() + padding) % 4 == 0;
  std::string bytes;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t digit = k_alphabet.find(c);
    if (digit == std::string_view::npos) return Value::error(ErrorCode::invalid_conversion, "the text is not base64");
    group = (group << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(static_cast<unsigned char>((group >> bits) & 0xFFU));
  }
  if (!well_padded || text.size() % 4 == 1) return Value::error(ErrorCode::invalid_conversion, "the text is not base64");
  return Value::own_bytes(std::move(bytes));
}

constexpr FunctionRow k_rows[] = {
    {"::base64.encode(bytes) -> string", encode, "The bytes as base64.", "base64.encode(b'hello') == 'aGVsbG8='"},
    {"::base64.decode(string) -> bytes", decode, "The bytes that base64 stands for.", "base64.decode('aGVsbG8=') == b'hello'"},
};

}  // namespace

std::span<const FunctionRow> encoder_functions() { return k_rows; }

}  // namespace postern::cel
