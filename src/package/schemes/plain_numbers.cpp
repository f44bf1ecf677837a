// SPDX-License-Identifier: Apache-2.0
// Schemes of plain numbers: CRAN and Bioconductor (R, package_version), Hackage (Haskell PVP).
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

std::string_view take_number(std::string_view& rest) {
  const std::string_view digits = take_digits(rest);
  if (!rest.empty()) rest.remove_prefix(1);
  return digits;
}

/// Numbers with one `.` or `-` between two of them.
bool is_plain(std::string_view text) {
  bool after_digit = false;
  for (const char c : text) {
    if (!is_digit(c) && (!after_digit || (c != '.' && c != '-'))) return false;
    after_digit = is_digit(c);
  }
  return after_digit;
}

}  // namespace

Order compare_cran(std::string_view a, std::string_view b) {
  if (!is_plain(a) || !is_plain(b)) return std::nullopt;
  while (!a.empty() && !b.empty()) {
    const std::strong_ordering order = compare_numbers(take_number(a), take_number(b));
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

// Hackage itself knows dots only; hyphens are how versions look in names of packages.
Order compare_hackage(std::string_view a, std::string_view b) { return compare_cran(a, b); }

}  // namespace postern::package
