// SPDX-License-Identifier: Apache-2.0
// One row for each field of each record that expressions see: name, type, description, how it is read.
#pragma once
#include <postern/model/attribute.h>

#include <string>
#include <string_view>
#include <vector>

#include "cel/type.h"
#include "cel/value.h"

namespace postern::policy {

/// A field of the records `R`. A row with an attribute reads that; `get` is then not called unless it is set.
template <class R>
struct FieldRow {
  std::string_view name;
  std::string type;
  std::string description;
  cel::Value (*get)(const R&) = nullptr;
  const model::AttributeDefinition* attribute = nullptr;
};

template <class R>
using FieldTable = std::vector<FieldRow<R>>;

/// The object type that the rows make up; slots are the rows' positions.
template <class R>
[[nodiscard]] cel::ObjectType object_type_of(std::string_view name, const FieldTable<R>& rows) {
  std::vector<cel::ObjectType::Field> fields;
  for (const FieldRow<R>& row : rows) {
    fields.push_back({std::string(row.name), cel::Type::parse(row.type).value(), row.description});
  }
  return {name, std::move(fields)};
}

}  // namespace postern::policy
