// SPDX-License-Identifier: Apache-2.0
// Reads quantities exactly, in integers: k8s.io/apimachinery/pkg/api/resource describes the format.
#include <ingest/kubernetes/quantity.h>

#include <array>
#include <charconv>
#include <limits>

namespace postern::ingest::kubernetes {
namespace {

__extension__ using Wide = unsigned __int128;

struct SuffixRow {
  std::string_view text;
  int decimal_exponent;
  unsigned binary_exponent;
};

constexpr std::array k_suffixes = {
    SuffixRow{"", 0, 0},    SuffixRow{"n", -9, 0},  SuffixRow{"u", -6, 0},  SuffixRow{"m", -3, 0},
    SuffixRow{"k", 3, 0},   SuffixRow{"M", 6, 0},   SuffixRow{"G", 9, 0},   SuffixRow{"T", 12, 0},
    SuffixRow{"P", 15, 0},  SuffixRow{"E", 18, 0},  SuffixRow{"Ki", 0, 10}, SuffixRow{"Mi", 0, 20},
    SuffixRow{"Gi", 0, 30}, SuffixRow{"Ti", 0, 40}, SuffixRow{"Pi", 0, 50}, SuffixRow{"Ei", 0, 60},
};

/// mantissa x 10^decimal x 2^binary.
struct Quantity {
  std::uint64_t mantissa = 0;
  int decimal = 0;
  unsigned binary = 0;
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits with at most one point, from the front of `text`; more than 18 significant digits are refused.
bool read_number(std::string_view& text, Quantity& quantity) {
  constexpr std::uint64_t k_limit = 1'000'000'000'000'000'000U;
  std::size_t at = 0;
  std::size_t digits = 0;
  bool fraction = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !fraction) {
      fraction = true;
    } else if (is_digit(text[at])) {
      if (quantity.mantissa >= k_limit / 10) return false;
      quantity.mantissa = quantity.mantissa * 10 + static_cast<std::uint64_t>(text[at] - '0');
      quantity.decimal -= fraction ? 1 : 0;
      ++digits;
    } else {
      break;
    }
  }
  text.remove_prefix(at);
  return digits != 0;
}

bool read_suffix(std::string_view text, Quantity& quantity) {
  for (const SuffixRow& row : k_suffixes) {
    if (row.text != text) continue;
    quantity.decimal += row.decimal_exponent;
    quantity.binary = row.binary_exponent;
    return true;
  }
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(text[1] == '+' ? 2 : 1);
  int exponent = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  constexpr int k_largest_exponent = 60;
  if (status != std::errc() || end != text.data() + text.size()) return false;
  if (exponent > k_largest_exponent || exponent < -k_largest_exponent) return false;
  quantity.decimal += exponent;
  return true;
}

std::optional<std::int64_t> scale(Quantity quantity) {
  constexpr Wide k_largest = static_cast<Wide>(std::numeric_limits<std::int64_t>::max());
  if (quantity.mantissa == 0) return 0;
  Wide value = static_cast<Wide>(quantity.mantissa) << quantity.binary;  // below 2^60 x 2^60
  for (; quantity.decimal > 0; --quantity.decimal) {
    value *= 10;
    if (value > k_largest) return std::nullopt;
  }
  bool rest = false;
  for (; quantity.decimal < 0 && value != 0; ++quantity.decimal) {
    rest = rest || value % 10 != 0;
    value /= 10;
  }
  value += rest ? 1 : 0;
  return value > k_largest ? std::nullopt : std::optional(static_cast<std::int64_t>(value));
}

std::optional<std::int64_t> parse(std::string_view text, int shift) {
  Quantity quantity;
  if (text.starts_with('+')) text.remove_prefix(1);
  if (!read_number(text, quantity) || !read_suffix(text, quantity)) return std::nullopt;
  quantity.decimal += shift;
  return scale(quantity);
}

}  // namespace

std::optional<std::int64_t> parse_thousandths(std::string_view text) { return parse(text, 3); }
std::optional<std::int64_t> parse_whole(std::string_view text) { return parse(text, 0); }

}  // namespace postern::ingest::kubernetes
