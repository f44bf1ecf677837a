// SPDX-License-Identifier: Apache-2.0
// The table of resource types: what a type of one provider is, whichever language declares it.
#pragma once
#include <postern/model/entity.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace postern::ingest::cloud {

/// What is special about a type.
enum class TypeTrait : std::uint8_t {
  none,
  firewalled,            ///< a public address lets nobody in until a rule of its own does
  utility,               ///< makes values for other resources and is nothing by itself: no edge leads to it
  container_definition,  ///< says what others run; runs by itself only where nobody names it
  lookup,                ///< finds something that exists; never created or deleted
};

/// One row. All texts live as long as the process; empty where a language has no such type.
struct ResourceType {
  std::string_view terraform;
  std::string_view cloudformation;
  std::string_view arm;  ///< of Azure Resource Manager; compared without case
  model::EntityKind kind = model::EntityKind::resource;
  std::string_view engine = {};    ///< product that it runs, where the type says it
  std::string_view defaults = {};  ///< what holds where an argument is not set: `NAME=VALUE NAME=VALUE`
  TypeTrait trait = TypeTrait::none;
};

/// The row of a type as its language writes it, or null.
[[nodiscard]] const ResourceType* find_resource_type(std::string_view type);

/// The parts of the table, by provider.
[[nodiscard]] std::span<const ResourceType> aws_types();
[[nodiscard]] std::span<const ResourceType> azure_types();
[[nodiscard]] std::span<const ResourceType> google_types();
[[nodiscard]] std::span<const ResourceType> other_types();

}  // namespace postern::ingest::cloud
