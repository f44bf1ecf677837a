// SPDX-License-Identifier: Apache-2.0
// Fields that become an attribute as they are: a table of rows instead of a call for each.
#pragma once
#include <ingest/attribute_rows.h>
#include <ingest/kubernetes/object_reader.h>
#include <postern/model/attribute.h>

#include <span>
#include <string_view>
#include <vector>

namespace postern::ingest::kubernetes {

using ingest::add_row;
using ingest::add_set;
using ingest::Rows;

/// How a field's value becomes the attribute's value.
enum class Measure : std::uint8_t {
  plain,        ///< by the type of the attribute's definition; a text attribute also takes integers
  thousandths,  ///< a quantity in thousandths
  whole,        ///< a quantity in whole units
};

/// One field of a mapping.
struct FieldRow {
  std::string_view key;
  const model::AttributeDefinition* definition;
  Measure measure = Measure::plain;
};

/// Appends an attribute for every field of `table` that `mapping` holds, located at its value.
void read_fields(const ObjectReader& reader, const Node& mapping, std::span<const FieldRow> table, Rows& rows, Symbol scope = {});

}  // namespace postern::ingest::kubernetes
