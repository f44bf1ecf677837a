// SPDX-License-Identifier: Apache-2.0
// Fixed offsets, and compiled time zones (RFC 8536; a POSIX rule goes on where the table ends).
#include "cel/timezone.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "cel/time.h"

namespace postern::cel {
namespace {

constexpr std::int64_t k_day = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// When summer time begins or ends: "M3.2.0/2", "J60", "59".
struct RuleDate {
  enum class Form : std::uint8_t { month_week_day, julian, zero_based };
  Form form = Form::zero_based;
  int month = 0;
  int week = 0;
  int day = 0;
  std::int64_t time = 7200;

  /// Seconds of local time from the start of `year`.
  [[nodiscard]] std::int64_t in_year(std::int64_t year) const {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (form == Form::zero_based) return day * k_day + time;
    if (form == Form::julian) return (day - 1 + (leap && day >= 60 ? 1 : 0)) * k_day + time;
    const std::int64_t january = days_from_civil(year, 1, 1);
    const std::int64_t first = days_from_civil(year, month, 1);
    const std::int64_t next = month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, month + 1, 1);
    const std::int64_t weekday = ((first + 4) % 7 + 7) % 7;
    std::int64_t found = first + (day - weekday + 7) % 7 + (week - 1) * 7;
    if (found >= next) found -= 7;
    return (found - january) * k_day + time;
  }
};

/// A POSIX TZ string: "CST6CDT,M3.2.0,M11.1.0".
struct PosixRule {
  std::int64_t standard = 0;
  std::int64_t summer = 0;
  bool has_summer = false;
  RuleDate begin;
  RuleDate end;

  [[nodiscard]] std::int64_t offset_at(std::int64_t instant) const {
    if (!has_summer) return standard;
    const std::int64_t year = civil_time(instant + standard).year;
    const std::int64_t start = days_from_civil(year, 1, 1) * k_day;
    const std::int64_t from = start + begin.in_year(year) - standard;
    const std::int64_t until = start + end.in_year(year) - summer;
    const bool is_summer = from < until ? instant >= from && instant < until : !(instant >= until && instant < from);
    return is_summer ? summer : standard;
  }
};

class PosixReader {
 public:
  explicit PosixReader(std::string_view text) : m_text(text) {}
  std::optional<PosixRule> read() {
    PosixRule rule;
    if (!name()) return std::nullopt;
    const auto standard = hours();
    if (!standard) return std::nullopt;
    rule.standard = -*standard;
    if (m_text.empty()) return rule;
    if (!name()) return std::nullopt;
    rule.has_summer = true;
    rule.summer = rule.standard + 3600;
    if (!m_text.empty() && m_text[0] != ',') {
      const auto summer = hours();
      if (!summer) return std::nullopt;
      rule.summer = -*summer;
    }
    if (!date(rule.begin) || !date(rule.end) || !m_text.empty()) return std::nullopt;
    return rule;
  }

 private:
  bool accept(char c) {
    if (m_text.empty() || m_text[0] != c) return false;
    m_text.remove_prefix(1);
    return true;
  }
  bool name() {
    if (accept('<')) {
      const std::size_t end = m_text.find('>');
      if (end == std::string_view::npos) return false;
      m_text.remove_prefix(end + 1);
      return true;
    }
    const std::size_t length = std::min(m_text.find_first_of("0123456789+-,"), m_text.size());
    m_text.remove_prefix(length);
    return length >= 3;
  }
  std::optional<int> number() {
    int value = 0;
    const auto result = std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
    if (result.ec != std::errc{} || value < 0 || value > 1000) return std::nullopt;
    m_text.remove_prefix(static_cast<std::size_t>(result.ptr - m_text.data()));
    return value;
  }
  /// "[+-]hh[:mm[:ss]]" in seconds.
  std::optional<std::int64_t> hours() {
    const bool negative = accept('-');
    if (!negative) accept('+');
    std::int64_t seconds = 0;
    std::int64_t unit = 3600;
    do {
      const auto part = number();
      if (!part) return std::nullopt;
      seconds += *part * unit;
      unit /= 60;
    } while (unit > 0 && accept(':'));
    return negative ? -seconds : seconds;
  }
  bool date(RuleDate& rule) {
    if (!accept(',')) return false;
    std::optional<int> day;
    if (accept('M')) {
      rule.form = RuleDate::Form::month_week_day;
      const auto month = number();
      const auto week = month && accept('.') ? number() : std::nullopt;
      day = week && accept('.') ? number() : std::nullopt;
      if (!day || *month < 1 || *month > 12 || *week < 1 || *week > 5 || *day > 6) return false;
      rule.month = *month;
      rule.week = *week;
    } else {
      rule.form = accept('J') ? RuleDate::Form::julian : RuleDate::Form::zero_based;
      day = number();
      if (!day || *day > 366) return false;
    }
    rule.day = *day;
    if (!accept('/')) return true;
    const auto time = hours();
    if (time) rule.time = *time;
    return time.has_value();
  }

  std::string_view m_text;
};

/// One zone: the moments at which its offset changes, and what holds afterwards.
struct Zone {
  std::vector<std::int64_t> moments;
  std::vector<std::int64_t> offsets;  ///< from each moment on
  std::int64_t first_offset = 0;      ///< before the first moment
  std::optional<PosixRule> rule;

  [[nodiscard]] std::int64_t offset_at(std::int64_t instant) const {
    const auto next = std::upper_bound(moments.begin(), moments.end(), instant);
    if (next == moments.end() && rule) return rule->offset_at(instant);
    return next == moments.begin() ? first_offset : offsets[static_cast<std::size_t>(next - moments.begin()) - 1];
  }
};

/// Reads the second (64-bit) block of a TZif file.
class ZoneReader {
 public:
  explicit ZoneReader(std::string_view data) : m_data(data) {}
  std::optional<Zone> read() {
    constexpr std::size_t k_header = 44;
    if (m_data.size() < k_header || m_data.substr(0, 4) != "TZif" || m_data[4] < '2') return std::nullopt;
    const Counts first = counts(0);
    const std::size_t second = k_header + block_size(first, 4);
    if (second + k_header > m_data.size()) return std::nullopt;
    const Counts now = counts(second);
    const std::size_t body = second + k_header;
    const std::size_t end = body + block_size(now, 8);
    if (end > m_data.size() || now.types == 0) return std::nullopt;
    return zone(now, body, end);
  }

 private:
  struct Counts {
    std::size_t utc_marks, standard_marks, leaps, times, types, characters;
  };
  [[nodiscard]] std::uint64_t big_endian(std::size_t at, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = (value << 8U) | static_cast<unsigned char>(m_data[at + i]);
    return value;
  }
  [[nodiscard]] Counts counts(std::size_t header) const {
    const auto number = [&](std::size_t index) { return static_cast<std::size_t>(big_endian(header + 20 + index * 4, 4)); };
    return {number(0), number(1), number(2), number(3), number(4), number(5)};
  }
  static std::size_t block_size(const Counts& counts, std::size_t time_width) {
    return counts.times * (time_width + 1) + counts.types * 6 + counts.characters + counts.leaps * (time_width + 4) +
           counts.standard_marks + counts.utc_marks;
  }
  [[nodiscard]] std::optional<Zone> zone(const Counts& now, std::size_t body, std::size_t end) const {
    Zone zone;
    const std::size_t kinds = body + now.times * 8;
    const std::size_t types = kinds + now.times;
    const auto offset = [&](std::size_t type) { return std::int64_t{static_cast<std::int32_t>(big_endian(types + type * 6, 4))}; };
    zone.first_offset = offset(0);
    for (std::size_t i = 0; i < now.times; ++i) {
      const auto type = static_cast<unsigned char>(m_data[kinds + i]);
      if (type >= now.types) return std::nullopt;
      zone.moments.push_back(static_cast<std::int64_t>(big_endian(body + i * 8, 8)));
      zone.offsets.push_back(offset(type));
    }
    std::string_view footer = m_data.substr(end);
    if (footer.size() >= 2 && footer.front() == '\n') {
      footer = footer.substr(1, footer.find('\n', 1) - 1);
      zone.rule = PosixReader(footer).read();
    }
    return zone;
  }

  std::string_view m_data;
};

bool is_zone_name(std::string_view name) {
  constexpr std::size_t k_longest = 64;
  if (name.empty() || name.size() > k_longest || name.front() == '/' || name.find("..") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

class LoadedZones final : public TimeZones {
 public:
  explicit LoadedZones(ZoneLoader loader) : m_loader(std::move(loader)) {}
  [[nodiscard]] std::optional<std::int64_t> offset(std::string_view zone, std::int64_t instant) const override {
    const Zone* found = find(zone);
    return found == nullptr ? std::nullopt : std::optional(found->offset_at(instant));
  }

 private:
  /// The entries of a map stay where they are, so the pointer outlives the lock.
  [[nodiscard]] const Zone* find(std::string_view name) const {
    if (!is_zone_name(name)) return nullptr;
    const std::scoped_lock guard(m_lock);
    auto found = m_zones.find(name);
    if (found == m_zones.end()) {
      constexpr std::size_t k_most = 1'000;  // names come from expressions: the cache must not grow without end
      if (m_zones.size() >= k_most) return nullptr;
      const std::optional<std::string> data = m_loader(name);
      found = m_zones.emplace(name, data ? ZoneReader(*data).read() : std::nullopt).first;
    }
    return found->second ? &*found->second : nullptr;
  }

  ZoneLoader m_loader;
  mutable std::mutex m_lock;
  mutable std::map<std::string, std::optional<Zone>, std::less<>> m_zones;
};

/// "[+-]hh:mm".
std::optional<std::int64_t> fixed_offset(std::string_view zone) {
  const bool west = zone.starts_with('-');
  if (west || zone.starts_with('+')) zone.remove_prefix(1);
  if (zone.size() != 5 || zone[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U})
    if (!is_digit(zone[at])) return std::nullopt;
  const int hours = (zone[0] - '0') * 10 + (zone[1] - '0');
  const int minutes = (zone[3] - '0') * 10 + (zone[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t seconds = (hours * 60 + minutes) * std::int64_t{60};
  return west ? -seconds : seconds;
}

}  // namespace

std::unique_ptr<const TimeZones> make_time_zones(ZoneLoader loader) { return std::make_unique<LoadedZones>(std::move(loader)); }

std::optional<std::int64_t> zone_offset(const TimeZones* zones, std::string_view zone, std::int64_t instant) {
  if (zone == "UTC" || zone == "Z" || zone == "Etc/UTC" || zone == "GMT") return 0;
  if (const auto fixed = fixed_offset(zone)) return fixed;
  return zones == nullptr ? std::nullopt : zones->offset(zone, instant);
}

}  // namespace postern::cel
