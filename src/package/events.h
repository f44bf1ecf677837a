// SPDX-License-Identifier: Apache-2.0
// Whether an advisory of OSV concerns a version: the evaluation algorithm of the OSV schema, "affected[].ranges[].events".
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "package/version.h"

namespace postern::package {

enum class EventKind : std::uint8_t { introduced, fixed, last_affected, limit };

/// One event of a range of type SEMVER or ECOSYSTEM. `introduced` with "0" is before every version; `limit` with "*" is no limit.
struct Event {
  EventKind kind = EventKind::introduced;
  std::string_view version;
};

/// `unknown`: the version or one of the events is no version under the scheme, or no event says where the range begins.
enum class Affected : std::uint8_t { no, yes, unknown };

/// Whether the events of ONE range mark the version as affected. Events may come in any order; the last one at or before the
/// version decides, and one of several limits must lie behind it.
[[nodiscard]] Affected is_affected(Scheme scheme, std::span<const Event> events, std::string_view version);

/// Whether an explicit list (`affected[].versions`) holds the version: the same text, or an equal version under the scheme.
[[nodiscard]] bool is_listed(Scheme scheme, std::span<const std::string_view> versions, std::string_view version);

}  // namespace postern::package
