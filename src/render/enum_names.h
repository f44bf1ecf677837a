// SPDX-License-Identifier: Apache-2.0
// Reading back the names of enumerations that documents hold.
#pragma once
#include <postern/model/decision.h>

#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace postern::render {

/// The last value of an enumeration whose values count from 0 and have a to_string.
template <typename E>
inline constexpr E k_last{};
template <>
inline constexpr auto k_last<model::Verdict> = model::Verdict::indeterminate;
template <>
inline constexpr auto k_last<model::Completeness> = model::Completeness::partial;
template <>
inline constexpr auto k_last<model::InputKind> = model::InputKind::catalogue;
template <>
inline constexpr auto k_last<model::EntityKind> = model::EntityKind::resource;
template <>
inline constexpr auto k_last<model::ChangeKind> = model::ChangeKind::modified;
template <>
inline constexpr auto k_last<model::RelationKind> = model::RelationKind::contains;
template <>
inline constexpr auto k_last<model::RelationFamily> = model::RelationFamily::containment;
template <>
inline constexpr auto k_last<model::BaselineState> = model::BaselineState::absent;
template <>
inline constexpr auto k_last<model::WayOrigin> = model::WayOrigin::restored;
template <>
inline constexpr auto k_last<model::Enforcement> = model::Enforcement::hard;
template <>
inline constexpr auto k_last<model::OnUnknown> = model::OnUnknown::indeterminate;
template <>
inline constexpr auto k_last<model::SubjectKind> = model::SubjectKind::finding;
template <>
inline constexpr auto k_last<model::FindingCategory> = model::FindingCategory::malware;
template <>
inline constexpr auto k_last<model::ToolStatus> = model::ToolStatus::false_positive;
template <>
inline constexpr auto k_last<model::Reachability> = model::Reachability::required;
template <>
inline constexpr auto k_last<base::Severity> = base::Severity::error;

/// All names of an enumeration, in the order of its values.
template <typename E>
std::vector<std::string_view> names_of() {
  std::vector<std::string_view> names;
  if constexpr (model::RiskEnum<E>) {
    for (const std::string_view name : model::risk_names<E>()) names.push_back(name);
  } else {
    static_assert(k_last<E> != E{}, "the last value of this enumeration is not known here");
    using Number = std::underlying_type_t<E>;
    for (Number value = 0; value <= static_cast<Number>(k_last<E>); ++value) names.emplace_back(to_string(static_cast<E>(value)));
  }
  return names;
}

/// The value called `name`, if any.
template <typename E>
std::optional<E> value_called(std::string_view name) {
  const std::vector<std::string_view> names = names_of<E>();
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (names[at] == name) return static_cast<E>(at);
  }
  return std::nullopt;
}

}  // namespace postern::render
