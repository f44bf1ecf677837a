// SPDX-License-Identifier: Apache-2.0
// What changed between two states of an architecture.
#pragma once
#include <postern/model/graph.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace postern::model {

enum class ChangeKind : std::uint8_t { added, removed, modified };
[[nodiscard]] const char* to_string(ChangeKind kind);

/// One attribute that differs. Absent before or after: not declared on that side.
struct AttributeChange {
  const AttributeDefinition* definition = nullptr;
  Symbol scope;
  Symbol key;
  std::optional<AttributeValue> before;
  std::optional<AttributeValue> after;
  Location before_location;
  Location after_location;
};
[[nodiscard]] std::string path_of(const AttributeChange& change);

/// An entity that was added, removed or modified. Indexes point into the graph of that side.
struct EntityChange {
  ChangeKind kind = ChangeKind::modified;
  EntityId id;
  std::optional<EntityIndex> before;
  std::optional<EntityIndex> after;
  std::vector<AttributeChange> attributes;  ///< for `modified`
};

/// A relation that was added, removed or modified.
struct RelationChange {
  ChangeKind kind = ChangeKind::modified;
  RelationId id;
  std::optional<RelationIndex> before;
  std::optional<RelationIndex> after;
  std::vector<AttributeChange> attributes;
};

/// A removed and an added entity that are probably one. Both changes stay in the delta; what differs between the two is compared as
/// if the entity had stayed, so that a new name hides no control that was lost.
struct Rename {
  EntityId removed;
  EntityId added;
  std::int32_t similarity_percent = 0;
  EntityChange content;                   ///< `modified`, under the new id
  std::vector<RelationChange> relations;  ///< `modified`, under the new ids: relations that both have and that differ
};

/// The typed difference of two graphs; every list is sorted by id.
struct Delta {
  std::vector<EntityChange> entities;
  std::vector<RelationChange> relations;
  std::vector<Rename> renames;
  [[nodiscard]] bool empty() const noexcept { return entities.empty() && relations.empty(); }
  /// Number of single changes: each added or removed subject, and each changed attribute of a modified one.
  [[nodiscard]] std::size_t change_count() const noexcept;
};

}  // namespace postern::model
