// SPDX-License-Identifier: Apache-2.0
// Versions of RPM packages (rpm-version(7), rpmvercmp) and of Arch Linux, whose pacman took the same function its own way.
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }

/// `EPOCH:VERSION-RELEASE`; the release keeps its hyphen, so that an empty one differs from none.
struct PackageVersion {
  std::string_view epoch;
  std::string_view version;
  std::string_view release;
};

PackageVersion split_epoch(std::string_view text) {
  PackageVersion parts;
  const std::size_t colon = text.find(':');
  const bool has_epoch = colon != std::string_view::npos && text.find_first_not_of("0123456789") == colon;
  if (has_epoch) parts.epoch = text.substr(0, colon);
  parts.version = has_epoch ? text.substr(colon + 1) : text;
  return parts;
}

PackageVersion split_at_hyphen(PackageVersion parts, std::size_t hyphen) {
  if (hyphen == std::string_view::npos) return parts;
  parts.release = parts.version.substr(hyphen);
  parts.version = parts.version.substr(0, hyphen);
  return parts;
}

/// The marks that come before the next letter or digit: `~` is before everything, `^` after the end and before everything else.
/// Nothing where both texts go on with a letter or a digit, or one of them has ended.
Order compare_marks(std::string_view& a, std::string_view& b) {
  const auto skipped = [](char c) { return !is_alphanumeric(c) && c != '~' && c != '^'; };
  for (;;) {
    take_while(a, skipped);
    take_while(b, skipped);
    const bool left_tilde = a.starts_with('~');
    const bool right_tilde = b.starts_with('~');
    if (left_tilde != right_tilde) return left_tilde ? std::strong_ordering::less : std::strong_ordering::greater;
    const bool left_caret = a.starts_with('^');
    const bool right_caret = b.starts_with('^');
    if (left_caret != right_caret) {
      if (left_caret) return b.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
      return a.empty() ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (!left_tilde && !left_caret) return std::nullopt;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
}

/// The next run of digits or of letters of both, neither of which is at its end.
std::strong_ordering compare_runs(std::string_view& a, std::string_view& b) {
  const bool digits = is_digit(a.front());
  const std::string_view left = digits ? take_digits(a) : take_while(a, is_letter);
  const std::string_view right = digits ? take_digits(b) : take_while(b, is_letter);
  if (right.empty()) return digits ? std::strong_ordering::greater : std::strong_ordering::less;
  return digits ? compare_numbers(left, right) : compare_text(left, right);
}

std::strong_ordering compare_rpm_parts(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return b.empty() <=> a.empty();
  for (;;) {
    if (const Order marks = compare_marks(a, b)) return *marks;
    if (a.empty() || b.empty()) return b.empty() <=> a.empty();
    const std::strong_ordering order = compare_runs(a, b);
    if (order != 0) return order;
  }
}

/// pacman: separators of different length differ, and letters that are left over make a version older.
std::strong_ordering compare_alpm_parts(std::string_view a, std::string_view b) {
  const auto is_separator = [](char c) { return !is_alphanumeric(c); };
  while (!a.empty() && !b.empty()) {
    const std::size_t left = take_while(a, is_separator).size();
    const std::size_t right = take_while(b, is_separator).size();
    if (a.empty() || b.empty()) break;
    if (left != right) return left <=> right;
    const std::strong_ordering order = compare_runs(a, b);
    if (order != 0) return order;
  }
  if (a.empty() && b.empty()) return std::strong_ordering::equal;
  const bool left_is_older = (a.empty() && !is_letter(b.front())) || (!a.empty() && is_letter(a.front()));
  return left_is_older ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace

Order compare_rpm(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  PackageVersion left = split_epoch(a);
  left = split_at_hyphen(left, left.version.find('-'));
  PackageVersion right = split_epoch(b);
  right = split_at_hyphen(right, right.version.find('-'));
  std::strong_ordering order = compare_numbers(left.epoch, right.epoch);
  if (order == 0) order = compare_rpm_parts(left.version, right.version);
  return order == 0 ? compare_rpm_parts(left.release, right.release) : order;
}

Order compare_alpm(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  PackageVersion left = split_epoch(a);
  left = split_at_hyphen(left, left.version.rfind('-'));
  PackageVersion right = split_epoch(b);
  right = split_at_hyphen(right, right.version.rfind('-'));
  std::strong_ordering order = compare_numbers(left.epoch, right.epoch);
  if (order == 0) order = compare_alpm_parts(left.version, right.version);
  if (order != 0 || left.release.empty() || right.release.empty()) return order;
  return compare_alpm_parts(left.release.substr(1), right.release.substr(1));
}

}  // namespace postern::package
