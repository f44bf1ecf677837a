// SPDX-License-Identifier: Apache-2.0
// Timestamps and durations. Calendar arithmetic after Howard Hinnant's chrono-compatible low-level date algorithms.
#include "cel/time.h"

#include <array>
#include <charconv>
#include <limits>

namespace postern::cel {
namespace {

constexpr std::int64_t k_nanos = 1'000'000'000;
constexpr std::int64_t k_first_second = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t k_last_second = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr std::int64_t k_day = 86'400;

Value out_of_range(const char* what) { return Value::error(ErrorCode::out_of_range, std::string(what) + " out of range"); }
Value malformed(const char* what, std::string_view text) {
  return Value::error(ErrorCode::invalid_conversion,
                      "malformed " + std::string(what) + " '" + std::string(text.substr(0, 64)) + "'");
}

/// Reads digits of a fixed width.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : m_text(text) {}
  [[nodiscard]] bool done() const { return m_at == m_text.size(); }
  [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
  bool accept(char c) {
    if (peek() != c) return false;
    ++m_at;
    return true;
  }
  std::optional<int> digits(std::size_t width) {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (peek() < '0' || peek() > '9') return std::nullopt;
      value = value * 10 + (m_text[m_at++] - '0');
    }
    return value;
  }
  /// The digits behind a point as nanoseconds; more than nine are refused.
  std::optional<std::int64_t> fraction() {
    std::int64_t value = 0;
    std::int64_t unit = k_nanos / 10;
    std::size_t count = 0;
    for (; peek() >= '0' && peek() <= '9'; ++m_at, ++count) {
      value += (m_text[m_at] - '0') * unit;
      unit /= 10;
    }
    if (count == 0 || count > 9) return std::nullopt;
    return value;
  }

 private:
  std::string_view m_text;
  std::size_t m_at = 0;
};

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> k_days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : k_days[static_cast<std::size_t>(month - 1)];
}

/// "Z" or "+hh:mm" as seconds east of Greenwich.
std::optional<int> read_zone(Cursor& cursor) {
  if (cursor.accept('Z') || cursor.accept('z')) return 0;
  const bool west = cursor.peek() == '-';
  if (!cursor.accept('+') && !cursor.accept('-')) return std::nullopt;
  const auto hours = cursor.digits(2);
  if (!hours || !cursor.accept(':')) return std::nullopt;
  const auto minutes = cursor.digits(2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int seconds = (*hours * 60 + *minutes) * 60;
  return west ? -seconds : seconds;
}

struct DurationUnit {
  std::string_view name;
  std::int64_t nanoseconds;
};
/// Longer names before their beginnings.
constexpr std::array k_units = {
    DurationUnit{"ns", 1},         DurationUnit{"us", 1'000},  DurationUnit{"\u00b5s", 1'000},  DurationUnit{"\u03bcs", 1'000},
    DurationUnit{"ms", 1'000'000}, DurationUnit{"s", k_nanos}, DurationUnit{"m", 60 * k_nanos}, DurationUnit{"h", 3600 * k_nanos},
};

__extension__ typedef __int128 WideInteger;

/// One "1.5h" at the front of `text`, removed from it; nothing when malformed or absurdly large.
std::optional<WideInteger> read_duration_part(std::string_view& text) {
  const auto digits_end = [&](std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
  };
  const std::size_t whole_end = digits_end(0);
  std::size_t end = whole_end;
  if (end < text.size() && text[end] == '.') end = digits_end(end + 1);
  if (end == 0 || (whole_end == 0 && end == 1)) return std::nullopt;
  std::int64_t whole = 0;
  if (whole_end != 0 && std::from_chars(text.data(), text.data() + whole_end, whole).ec != std::errc{}) return std::nullopt;
  const std::string_view fraction = end > whole_end ? text.substr(whole_end + 1, end - whole_end - 1) : std::string_view();
  const std::string_view rest = text.substr(end);
  for (const DurationUnit& unit : k_units) {
    if (!rest.starts_with(unit.name)) continue;
    WideInteger nanoseconds = WideInteger{whole} * unit.nanoseconds;
    std::int64_t scale = unit.nanoseconds;
    for (const char digit : fraction) {
      scale /= 10;
      nanoseconds += WideInteger{digit - '0'} * scale;
    }
    text = rest.substr(unit.name.size());
    return nanoseconds;
  }
  return std::nullopt;
}

std::string two_digits(int value) { return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; }

/// ".5" for 500000000 nanoseconds, nothing for 0.
std::string fraction_text(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return {};
  std::string digits = std::to_string(k_nanos + nanoseconds).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

}  // namespace

Value make_timestamp(std::int64_t seconds, std::int64_t nanoseconds) {
  std::int64_t carry = nanoseconds / k_nanos;
  nanoseconds %= k_nanos;
  if (nanoseconds < 0) {
    nanoseconds += k_nanos;
    --carry;
  }
  if (__builtin_add_overflow(seconds, carry, &seconds) || seconds < k_first_second || seconds > k_last_second)
    return out_of_range("timestamp");
  return Value::timestamp({seconds, static_cast<std::int32_t>(nanoseconds)});
}

Value make_duration(std::int64_t seconds, std::int64_t nanoseconds) {
  const WideInteger total = WideInteger{seconds} * k_nanos + nanoseconds;
  if (total > std::numeric_limits<std::int64_t>::max() || total < std::numeric_limits<std::int64_t>::min())
    return out_of_range("duration");
  const auto whole = static_cast<std::int64_t>(total);
  return Value::duration({whole / k_nanos, static_cast<std::int32_t>(whole % k_nanos)});
}

TimeParts opposite(TimeParts duration) noexcept { return {-duration.seconds, -duration.nanoseconds}; }

Value timestamp_plus(TimeParts timestamp, TimeParts duration) {
  std::int64_t seconds = 0;
  if (__builtin_add_overflow(timestamp.seconds, duration.seconds, &seconds)) return out_of_range("timestamp");
  return make_timestamp(seconds, std::int64_t{timestamp.nanoseconds} + duration.nanoseconds);
}

Value duration_sum(TimeParts a, TimeParts b) {
  std::int64_t seconds = 0;
  if (__builtin_add_overflow(a.seconds, b.seconds, &seconds)) return out_of_range("duration");
  return make_duration(seconds, std::int64_t{a.nanoseconds} + b.nanoseconds);
}

Value timestamp_difference(TimeParts a, TimeParts b) {
  return make_duration(a.seconds - b.seconds, std::int64_t{a.nanoseconds} - b.nanoseconds);
}

Value parse_timestamp(std::string_view text) {
  Cursor cursor(text);
  const auto year = cursor.digits(4);
  const bool date_marks = year && cursor.accept('-');
  const auto month = date_marks ? cursor.digits(2) : std::nullopt;
  const auto day = month && cursor.accept('-') ? cursor.digits(2) : std::nullopt;
  if (!day || !(cursor.accept('T') || cursor.accept('t'))) return malformed("timestamp", text);
  const auto hour = cursor.digits(2);
  const auto minute = hour && cursor.accept(':') ? cursor.digits(2) : std::nullopt;
  const auto second = minute && cursor.accept(':') ? cursor.digits(2) : std::nullopt;
  if (!second) return malformed("timestamp", text);
  std::optional<std::int64_t> fraction = 0;
  if (cursor.accept('.')) fraction = cursor.fraction();
  const auto zone = read_zone(cursor);
  if (!fraction || !zone || !cursor.done()) return malformed("timestamp", text);
  const bool valid = *month >= 1 && *month <= 12 && *day >= 1 && *day <= days_in_month(*year, *month) && *hour <= 23 &&
                     *minute <= 59 && *second <= 59;
  if (!valid) return malformed("timestamp", text);
  const std::int64_t seconds = days_from_civil(*year, *month, *day) * k_day + *hour * 3600 + *minute * 60 + *second - *zone;
  return make_timestamp(seconds, *fraction);
}

Value parse_duration(std::string_view text) {
  const std::string_view whole = text;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Value::duration({0, 0});
  if (text.empty()) return malformed("duration", whole);
  WideInteger total = 0;
  constexpr WideInteger k_beyond = WideInteger{std::numeric_limits<std::int64_t>::max()} + 1;
  while (!text.empty()) {
    const auto part = read_duration_part(text);
    if (!part) return malformed("duration", whole);
    total += *part;
    if (total > k_beyond) return out_of_range("duration");
  }
  if (negative) total = -total;
  if (total >= k_beyond) return out_of_range("duration");
  return make_duration(static_cast<std::int64_t>(total / k_nanos), static_cast<std::int64_t>(total % k_nanos));
}

std::string timestamp_text(TimeParts timestamp) {
  const CivilTime civil = civil_time(timestamp.seconds);
  std::string year = std::to_string(10'000 + civil.year).substr(1);
  return year + "-" + two_digits(civil.month + 1) + "-" + two_digits(civil.day) + "T" + two_digits(civil.hour) + ":" +
         two_digits(civil.minute) + ":" + two_digits(civil.second) + fraction_text(timestamp.nanoseconds) + "Z";
}

std::string duration_text(TimeParts duration) {
  const bool negative = duration.seconds < 0 || duration.nanoseconds < 0;
  const std::uint64_t seconds =
      duration.seconds < 0 ? 0 - static_cast<std::uint64_t>(duration.seconds) : static_cast<std::uint64_t>(duration.seconds);
  return (negative ? "-" : "") + std::to_string(seconds) +
         fraction_text(negative ? -std::int64_t{duration.nanoseconds} : duration.nanoseconds) + "s";
}

std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

CivilTime civil_time(std::int64_t seconds) noexcept {
  std::int64_t days = seconds / k_day;
  std::int64_t in_day = seconds % k_day;
  if (in_day < 0) {
    in_day += k_day;
    --days;
  }
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_shifted_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_shifted_year + 2) / 153;
  CivilTime civil;
  civil.day = static_cast<int>(day_of_shifted_year - (153 * shifted_month + 2) / 5 + 1);
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  civil.month = month - 1;
  civil.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  civil.day_of_year = static_cast<int>(days - days_from_civil(civil.year, 1, 1));
  civil.day_of_week = static_cast<int>(((days + 4) % 7 + 7) % 7);
  civil.hour = static_cast<int>(in_day / 3600);
  civil.minute = static_cast<int>(in_day / 60 % 60);
  civil.second = static_cast<int>(in_day % 60);
  return civil;
}

}  // namespace postern::cel
