// SPDX-License-Identifier: Apache-2.0
// Whether an advisory of OSV concerns a version.
#include "package/events.h"

#include <postern/base/text.h>

#include <algorithm>
#include <vector>

namespace postern::package {
namespace {

constexpr std::string_view k_every_version = "0";
constexpr std::string_view k_no_limit = "*";

/// The order of a version to the one of an event, with "0" before everything under every scheme.
std::optional<std::strong_ordering> compare_with(Scheme scheme, std::string_view version, const Event& event) {
  const std::string_view text = base::trim(event.version);
  if (event.kind == EventKind::introduced && text == k_every_version) {
    return is_version(scheme, version) ? std::optional(std::strong_ordering::greater) : std::nullopt;
  }
  return compare(scheme, version, text);
}

/// What is known of where a version lies: the nearest event at or before it decides.
struct Position {
  bool readable = true;
  bool has_beginning = false;
  const Event* nearest = nullptr;
};

/// Where an event stands among those of the same version: a last affected version ends behind itself.
int rank_of(EventKind kind) { return kind == EventKind::fixed ? 0 : (kind == EventKind::introduced ? 1 : 2); }

bool is_beginning(const Event& event) {
  return event.kind == EventKind::introduced && base::trim(event.version) == k_every_version;
}

/// Of two events at or before the version, whether `event` comes after `nearest`.
bool is_later(Scheme scheme, const Event& event, const Event& nearest) {
  if (is_beginning(event) || is_beginning(nearest)) return !is_beginning(event);
  const auto order = compare(scheme, event.version, nearest.version);
  if (!order || *order != 0) return order && *order > 0;
  return rank_of(event.kind) > rank_of(nearest.kind);
}

/// A fix holds from its version on, a last affected version ends behind itself.
bool has_begun(EventKind kind, std::strong_ordering order) { return kind == EventKind::last_affected ? order > 0 : order >= 0; }

Position locate(Scheme scheme, std::span<const Event> events, std::string_view version) {
  Position position;
  for (const Event& event : events) {
    if (event.kind == EventKind::limit) continue;
    const auto order = compare_with(scheme, version, event);
    position.has_beginning |= event.kind == EventKind::introduced;
    if (!order) {
      position.readable = false;
    } else if (has_begun(event.kind, *order) && (position.nearest == nullptr || is_later(scheme, event, *position.nearest))) {
      position.nearest = &event;
    }
  }
  return position;
}

/// The version must lie before at least one of the limits, where there are any.
Affected is_before_limits(Scheme scheme, std::span<const Event> events, std::string_view version) {
  bool any = false;
  bool readable = true;
  for (const Event& event : events) {
    if (event.kind != EventKind::limit) continue;
    any = true;
    if (base::trim(event.version) == k_no_limit) return Affected::yes;
    const auto order = compare(scheme, version, event.version);
    if (order && *order < 0) return Affected::yes;
    readable = readable && order.has_value();
  }
  if (!any) return Affected::yes;
  return readable ? Affected::no : Affected::unknown;
}

}  // namespace

Affected is_affected(Scheme scheme, std::span<const Event> events, std::string_view version) {
  version = base::trim(version);
  if (!is_version(scheme, version)) return Affected::unknown;
  const Affected limited = is_before_limits(scheme, events, version);
  if (limited == Affected::no) return Affected::no;
  const Position position = locate(scheme, events, version);
  if (!position.readable || !position.has_beginning) return Affected::unknown;
  const bool affected = position.nearest != nullptr && position.nearest->kind == EventKind::introduced;
  return affected ? limited : Affected::no;
}

bool is_listed(Scheme scheme, std::span<const std::string_view> versions, std::string_view version) {
  return std::any_of(versions.begin(), versions.end(), [&](std::string_view each) {
    return each == version || compare(scheme, each, version) == std::strong_ordering::equal;
  });
}

}  // namespace postern::package
