// SPDX-License-Identifier: Apache-2.0
// Arguments of resources: one spelling for all languages, one leaf after the other, and which of them become which attribute.
#pragma once
#include <ingest/cloud/resource_types.h>
#include <ingest/cloud/value.h>
#include <postern/model/attribute.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::cloud {

/// `DBInstanceClass`, `dbInstanceClass` and `db_instance_class` are one name: the last.
[[nodiscard]] std::string snake_case(std::string_view name);

/// The same arguments with names in one spelling, as deep as `levels`; what stands below `properties` stands above it as well.
[[nodiscard]] Value normalised(const Value& arguments);

/// One scalar, unknown value or list of scalars somewhere in the arguments.
struct Leaf {
  std::string path;  ///< names from the outside, with dots, without positions: `ingress.cidr_blocks`
  std::string key;   ///< the path with positions where a block repeats: `ingress[1].cidr_blocks`
  const Value* value = nullptr;
  int depth = 1;  ///< names in the path
  bool consumed = false;
  bool told = false;  ///< what it refers to is told by whoever consumed it

  /// The last name.
  [[nodiscard]] std::string_view name() const;
};

/// All leaves, in the order of their keys. Points into `arguments`. At most a few thousand; deeper than eight levels nothing is
/// read.
[[nodiscard]] std::vector<Leaf> leaves_of(const Value& arguments);

/// Reads the leaves that the table of arguments knows into attributes, and marks them as consumed. Unknown values become Unknown.
void read_attributes(std::vector<Leaf>& leaves, model::EntityKind kind, std::vector<model::Attribute>& rows);

/// The defaults of a type as members, where the arguments lack them.
[[nodiscard]] Value with_defaults(const Value& arguments, const ResourceType& type);

}  // namespace postern::ingest::cloud
