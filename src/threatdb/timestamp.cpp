// SPDX-License-Identifier: Apache-2.0
// RFC 3339 by hand: the calendar of the standard library, digits one by one.
#include "threatdb/timestamp.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace postern::threatdb {
namespace {

/// The beginning of the year 1 and the end of the year 9999.
constexpr Moment k_first_moment = Moment{-62'135'596'800} * k_second;
constexpr Moment k_last_moment = Moment{253'402'300'799} * k_second;

/// Takes exactly `digits` digits off the front.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return {};
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& text, char sign) {
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Moment> moment_of(int year, unsigned month, unsigned day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  const bool in_range = date.ok() && year >= 1 && hour < 24 && minute < 60 && second <= 60;
  if (!in_range) return {};
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return ((days * 24 + hour) * 3600 + minute * 60 + second) * k_second;
}

/// Digits of a fraction, read to microseconds.
Moment take_fraction(std::string_view& text) {
  Moment value = 0;
  Moment unit = k_second / 10;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return value;
}

/// What stands behind the seconds: Z, or hours and minutes east of Greenwich. Nothing when it is neither.
std::optional<Moment> take_offset(std::string_view& text) {
  if (skip(text, 'Z') || skip(text, 'z')) return 0;
  const bool east = skip(text, '+');
  if (!east && !skip(text, '-')) return {};
  const auto hours = take(text, 2);
  (void)skip(text, ':');
  const auto minutes = take(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
  const Moment offset = (*hours * 60 + *minutes) * 60 * k_second;
  return east ? offset : -offset;
}

std::string padded(std::int64_t value, std::size_t digits) {
  std::string text = std::to_string(value);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

constexpr std::array<std::string_view, 12> k_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  const auto year = take(text, 4);
  if (!year || !skip(text, '-')) return {};
  const auto month = take(text, 2);
  if (!month || !skip(text, '-')) return {};
  const auto day = take(text, 2);
  if (!day) return {};
  const auto date = [&](int hour, int minute, int second) {
    return moment_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day), hour, minute, second);
  };
  if (text.empty()) return date(0, 0, 0);
  if (!skip(text, 'T') && !skip(text, 't') && !skip(text, ' ')) return {};
  const auto hour = take(text, 2);
  if (!hour || !skip(text, ':')) return {};
  const auto minute = take(text, 2);
  if (!minute || !skip(text, ':')) return {};
  const auto second = take(text, 2);
  if (!second) return {};
  const Moment fraction = skip(text, '.') ? take_fraction(text) : 0;
  const auto offset = take_offset(text);
  const auto whole = date(*hour, *minute, *second);
  if (!offset || !whole || !text.empty()) return {};
  return *whole + fraction - *offset;
}

std::optional<Moment> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) return {};
  text.remove_prefix(comma + 2);
  const auto day = take(text, 2);
  if (!day || !skip(text, ' ')) return {};
  const auto* const month = std::find(k_months.begin(), k_months.end(), text.substr(0, 3));
  if (month == k_months.end()) return {};
  text.remove_prefix(3);
  if (!skip(text, ' ')) return {};
  const auto year = take(text, 4);
  if (!year || !skip(text, ' ')) return {};
  const auto hour = take(text, 2);
  if (!hour || !skip(text, ':')) return {};
  const auto minute = take(text, 2);
  if (!minute || !skip(text, ':')) return {};
  const auto second = take(text, 2);
  if (!second || text != " GMT") return {};
  return moment_of(*year, static_cast<unsigned>(month - k_months.begin()) + 1, static_cast<unsigned>(*day), *hour, *minute,
                   *second);
}

std::string to_day(Moment moment) {
  if (moment == k_never) return {};
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::microseconds>(
      std::chrono::microseconds(std::clamp(moment, k_first_moment, k_last_moment))));
  const std::chrono::year_month_day date(days);
  return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" + padded(unsigned{date.day()}, 2);
}

std::string to_text(Moment moment) {
  if (moment == k_never) return {};
  moment = std::clamp(moment, k_first_moment, k_last_moment);
  constexpr std::int64_t k_day_seconds = 86'400;
  const std::int64_t seconds = ((moment / k_second) % k_day_seconds + k_day_seconds) % k_day_seconds;
  return to_day(moment) + "T" + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2) +
         "Z";
}

}  // namespace postern::threatdb
