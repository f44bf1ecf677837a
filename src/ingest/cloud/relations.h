// SPDX-License-Identifier: Apache-2.0
// Which relation an argument that names another resource makes.
#pragma once
#include <ingest/cloud/resource_types.h>
#include <postern/model/relation.h>

#include <optional>
#include <string_view>

namespace postern::ingest::cloud {

/// One end of an argument.
struct LinkEnd {
  model::EntityKind kind = model::EntityKind::resource;
  const ResourceType* type = nullptr;  ///< null: a type that the table does not know
  std::string_view type_name;
};

/// A relation and its direction.
struct ArgumentRelation {
  model::RelationKind kind = model::RelationKind::configures;
  bool incoming = false;  ///< from what is named to the resource that names it
};

/// The relation that `argument` (a path) of `source` makes to `target`; nothing where it is none: codes of regions, names made of
/// other names, and what only makes values.
[[nodiscard]] std::optional<ArgumentRelation> relation_of(const LinkEnd& source, const LinkEnd& target, std::string_view argument);

/// A resource that connects two others and is nothing by itself: the relation between those.
struct Join {
  std::string_view type;    ///< as Terraform calls it
  std::string_view source;  ///< argument that names where the relation begins
  std::string_view target;
  model::RelationKind kind;
};
[[nodiscard]] const Join* find_join(const ResourceType* type);

}  // namespace postern::ingest::cloud
