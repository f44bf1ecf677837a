// SPDX-License-Identifier: Apache-2.0
// Points in time as versions (RFC 3339), and texts that are ordered by their bytes.
#include <cstdint>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct Moment {
  std::int64_t minutes = 0;   ///< since 0000-03-01, UTC
  int seconds = 0;            ///< 60 in a leap second
  std::string_view fraction;  ///< digits after the point, without zeros at the end
};

/// Cuts exactly `count` digits off; -1 where there are not as many.
int take_field(std::string_view& rest, std::size_t count) {
  if (rest.size() < count || !is_number(rest.substr(0, count))) return -1;
  int value = 0;
  for (const char c : rest.substr(0, count)) value = value * 10 + (c - '0');
  rest.remove_prefix(count);
  return value;
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Years are taken to begin in March, so that a leap day is the last of its year.
std::int64_t days_since_start(int year, int month, int day) {
  const int shifted = month <= 2 ? year - 1 : year;
  const std::int64_t cycle = shifted < 0 ? -1 : shifted / 400;
  const std::int64_t in_cycle = shifted - cycle * 400;
  const int in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  return cycle * 146097 + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + in_year;
}

/// The distance to UTC in minutes; nothing where it is not readable to the end.
std::optional<int> take_offset(std::string_view rest) {
  if (rest == "Z" || rest == "z") return 0;
  if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) return std::nullopt;
  const int sign = rest.front() == '-' ? -1 : 1;
  rest.remove_prefix(1);
  const int hours = take_field(rest, 2);
  const bool colon = take(rest, ':');
  const int minutes = take_field(rest, 2);
  if (!colon || !rest.empty() || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return sign * (hours * 60 + minutes);
}

std::optional<Moment> parse(std::string_view rest) {
  const int year = take_field(rest, 4);
  const bool first = take(rest, '-');
  const int month = take_field(rest, 2);
  const bool second = take(rest, '-');
  const int day = take_field(rest, 2);
  const bool letter = take(rest, 'T') || take(rest, 't') || take(rest, ' ');
  const int hour = take_field(rest, 2);
  const bool third = take(rest, ':');
  const int minute = take_field(rest, 2);
  const bool fourth = take(rest, ':');
  const int seconds = take_field(rest, 2);
  const bool marks = first && second && letter && third && fourth;
  if (!marks || year < 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || seconds < 0 || seconds > 60) return std::nullopt;
  Moment moment;
  if (take(rest, '.')) {
    moment.fraction = take_digits(rest);
    if (moment.fraction.empty()) return std::nullopt;
    moment.fraction = moment.fraction.substr(0, moment.fraction.find_last_not_of('0') + 1);
  }
  const std::optional<int> offset = take_offset(rest);
  if (!offset) return std::nullopt;
  moment.minutes = (days_since_start(year, month, day) * 24 + hour) * 60 + minute - *offset;
  moment.seconds = seconds;
  return moment;
}

}  // namespace

Order compare_datetime(std::string_view a, std::string_view b) {
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right) return std::nullopt;
  std::strong_ordering order = left->minutes <=> right->minutes;
  if (order == 0) order = left->seconds <=> right->seconds;
  return order == 0 ? compare_text(left->fraction, right->fraction) : order;
}

Order compare_lexicographic(std::string_view a, std::string_view b) { return compare_text(a, b); }

}  // namespace postern::package
