// SPDX-License-Identifier: Apache-2.0
// The names of enumerations as snapshots write them, and back.
#pragma once
#include <postern/model/snapshot.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace postern::baseline {

/// For each enumeration: what a value is called in messages, its last value, and the name of each.
template <class Enumeration>
struct EnumNames;

template <class Enumeration, Enumeration k_last>
struct ModelEnumNames {
  static constexpr std::size_t k_count = static_cast<std::size_t>(k_last) + 1;
  static std::string_view name(Enumeration value) { return model::to_string(value); }
};

template <>
struct EnumNames<model::EntityKind> : ModelEnumNames<model::EntityKind, model::EntityKind::resource> {
  static constexpr std::string_view k_title = "kind of entity";
};
template <>
struct EnumNames<model::RelationKind> : ModelEnumNames<model::RelationKind, model::RelationKind::contains> {
  static constexpr std::string_view k_title = "kind of relation";
};
template <>
struct EnumNames<model::AliasKind> : ModelEnumNames<model::AliasKind, model::AliasKind::resource_name> {
  static constexpr std::string_view k_title = "kind of alias";
};
template <>
struct EnumNames<model::SettingChannel> : ModelEnumNames<model::SettingChannel, model::SettingChannel::annotation> {
  static constexpr std::string_view k_title = "channel of a setting";
};
template <>
struct EnumNames<model::SettingSource> : ModelEnumNames<model::SettingSource, model::SettingSource::runtime> {
  static constexpr std::string_view k_title = "source of a setting";
};
template <>
struct EnumNames<model::InputKind> : ModelEnumNames<model::InputKind, model::InputKind::catalogue> {
  static constexpr std::string_view k_title = "kind of input";
};
template <>
struct EnumNames<model::Completeness> : ModelEnumNames<model::Completeness, model::Completeness::partial> {
  static constexpr std::string_view k_title = "completeness";
};
template <>
struct EnumNames<model::ComponentType> : ModelEnumNames<model::ComponentType, model::ComponentType::other> {
  static constexpr std::string_view k_title = "type of a component";
};
template <>
struct EnumNames<model::ComponentScope> : ModelEnumNames<model::ComponentScope, model::ComponentScope::excluded> {
  static constexpr std::string_view k_title = "scope of a component";
};
template <>
struct EnumNames<model::Directness> : ModelEnumNames<model::Directness, model::Directness::transitive> {
  static constexpr std::string_view k_title = "directness of a component";
};
template <>
struct EnumNames<model::SbomSource> : ModelEnumNames<model::SbomSource, model::SbomSource::lock_file> {
  static constexpr std::string_view k_title = "source of a bill of materials";
};
template <>
struct EnumNames<model::FindingCategory> : ModelEnumNames<model::FindingCategory, model::FindingCategory::malware> {
  static constexpr std::string_view k_title = "category of a finding";
};
template <>
struct EnumNames<model::Reachability> : ModelEnumNames<model::Reachability, model::Reachability::required> {
  static constexpr std::string_view k_title = "reachability";
};
template <>
struct EnumNames<model::ToolStatus> : ModelEnumNames<model::ToolStatus, model::ToolStatus::false_positive> {
  static constexpr std::string_view k_title = "status of a finding";
};
template <>
struct EnumNames<model::LabelRequirement::Operator> {
  using Operator = model::LabelRequirement::Operator;
  static constexpr std::string_view k_title = "operator of a label selector";
  static constexpr std::array<std::string_view, 4> k_names = {"in", "not_in", "exists", "does_not_exist"};
  static constexpr std::size_t k_count = k_names.size();
  static std::string_view name(Operator value) { return k_names.at(static_cast<std::size_t>(value)); }
};

/// All names of an enumeration, in its order.
template <class Enumeration>
std::span<const std::string_view> names_of() {
  static const auto k_names = [] {
    std::array<std::string_view, EnumNames<Enumeration>::k_count> names;
    for (std::size_t at = 0; at < names.size(); ++at) names[at] = EnumNames<Enumeration>::name(static_cast<Enumeration>(at));
    return names;
  }();
  return k_names;
}

}  // namespace postern::baseline
