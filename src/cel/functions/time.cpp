// SPDX-License-Identifier: Apache-2.0
// The fields of timestamps and durations.
#include "cel/time.h"

#include "cel/functions/families.h"
#include "cel/timezone.h"

namespace postern::cel {
namespace {

/// The field of a timestamp, in UTC or in the zone that the second argument names.
template <class Field>
Value calendar(const CallContext& context, Arguments arguments, const Field& field) {
  const TimeParts time = arguments[0].as_time();
  std::int64_t offset = 0;
  if (arguments.size() > 1) {
    const auto found = zone_offset(context.time_zones(), arguments[1].as_text(), time.seconds);
    if (!found)
      return Value::error(ErrorCode::invalid_argument,
                          "unknown time zone '" + std::string(arguments[1].as_text().substr(0, 64)) + "'");
    offset = *found;
  }
  return Value::integer(field(civil_time(time.seconds + offset)));
}

Value full_year(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.year; });
}
Value month(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.month; });
}
Value date(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.day; });
}
Value day_of_month(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.day - 1; });
}
Value day_of_week(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.day_of_week; });
}
Value day_of_year(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.day_of_year; });
}
Value hours(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.hour; });
}
Value minutes(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.minute; });
}
Value seconds(CallContext& c, Arguments a) {
  return calendar(c, a, [](const CivilTime& t) { return t.second; });
}
/// The zone is checked although the answer does not depend on it.
Value milliseconds(CallContext& c, Arguments a) {
  const std::int32_t nanoseconds = a[0].as_time().nanoseconds;
  return calendar(c, a, [nanoseconds](const CivilTime&) { return nanoseconds / 1'000'000; });
}

Value duration_hours(CallContext&, Arguments a) { return Value::integer(a[0].as_time().seconds / 3600); }
Value duration_minutes(CallContext&, Arguments a) { return Value::integer(a[0].as_time().seconds / 60); }
Value duration_seconds(CallContext&, Arguments a) { return Value::integer(a[0].as_time().seconds); }
Value duration_milliseconds(CallContext&, Arguments a) { return Value::integer(a[0].as_time().nanoseconds / 1'000'000); }

constexpr FunctionRow k_rows[] = {
    {"timestamp.getFullYear() -> int", full_year, "The year, in UTC.", "timestamp(0).getFullYear() == 1970"},
    {"timestamp.getFullYear(string) -> int", full_year, "The year in a time zone.", "timestamp(0).getFullYear('-01:00') == 1969"},
    {"timestamp.getMonth() -> int", month, "The month, counted from 0, in UTC.", "timestamp(0).getMonth() == 0"},
    {"timestamp.getMonth(string) -> int", month, "The month, counted from 0, in a time zone.",
     "timestamp(0).getMonth('-01:00') == 11"},
    {"timestamp.getDate() -> int", date, "The day of the month, counted from 1, in UTC.", "timestamp(0).getDate() == 1"},
    {"timestamp.getDate(string) -> int", date, "The day of the month, counted from 1, in a time zone.",
     "timestamp(0).getDate('-01:00') == 31"},
    {"timestamp.getDayOfMonth() -> int", day_of_month, "The day of the month, counted from 0, in UTC.",
     "timestamp(0).getDayOfMonth() == 0"},
    {"timestamp.getDayOfMonth(string) -> int", day_of_month, "The day of the month, counted from 0, in a time zone.",
     "timestamp(0).getDayOfMonth('-01:00') == 30"},
    {"timestamp.getDayOfWeek() -> int", day_of_week, "The day of the week, Sunday is 0, in UTC.",
     "timestamp(0).getDayOfWeek() == 4"},
    {"timestamp.getDayOfWeek(string) -> int", day_of_week, "The day of the week, Sunday is 0, in a time zone.",
     "timestamp(0).getDayOfWeek('-01:00') == 3"},
    {"timestamp.getDayOfYear() -> int", day_of_year, "The day of the year, counted from 0, in UTC.",
     "timestamp(0).getDayOfYear() == 0"},
    {"timestamp.getDayOfYear(string) -> int", day_of_year, "The day of the year, counted from 0, in a time zone.",
     "timestamp(0).getDayOfYear('-01:00') == 364"},
    {"timestamp.getHours() -> int", hours, "The hour, in UTC.", "timestamp(3600).getHours() == 1"},
    {"timestamp.getHours(string) -> int", hours, "The hour in a time zone.", "timestamp(0).getHours('+02:00') == 2"},
    {"timestamp.getMinutes() -> int", minutes, "The minute, in UTC.", "timestamp(60).getMinutes() == 1"},
    {"timestamp.getMinutes(string) -> int", minutes, "The minute in a time zone.", "timestamp(0).getMinutes('+02:30') == 30"},
    {"timestamp.getSeconds() -> int", seconds, "The second, in UTC.", "timestamp(61).getSeconds() == 1"},
    {"timestamp.getSeconds(string) -> int", seconds, "The second in a time zone.", "timestamp(61).getSeconds('UTC') == 1"},
    {"timestamp.getMilliseconds() -> int", milliseconds, "The milliseconds within the second.",
     "timestamp('1970-01-01T00:00:00.5Z').getMilliseconds() == 500"},
    {"timestamp.getMilliseconds(string) -> int", milliseconds, "The milliseconds within the second.",
     "timestamp('1970-01-01T00:00:00.5Z').getMilliseconds('UTC') == 500"},
    {"duration.getHours() -> int", duration_hours, "Whole hours.", "duration('90m').getHours() == 1"},
    {"duration.getMinutes() -> int", duration_minutes, "Whole minutes.", "duration('90s').getMinutes() == 1"},
    {"duration.getSeconds() -> int", duration_seconds, "Whole seconds.", "duration('1.5s').getSeconds() == 1"},
    {"duration.getMilliseconds() -> int", duration_milliseconds, "The milliseconds within the second.",
     "duration('1.5s').getMilliseconds() == 500"},
};

}  // namespace

std::span<const FunctionRow> time_functions() { return k_rows; }

}  // namespace postern::cel
