// SPDX-License-Identifier: Apache-2.0
// Attributes of an entity while a reader puts them together: rows in any order.
#pragma once
#include <postern/model/attribute.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace postern::ingest {

using Rows = std::vector<model::Attribute>;

/// Appends one attribute.
inline void add_row(Rows& rows, const model::AttributeDefinition& definition, model::AttributeValue&& value,
                    const base::Location& location, base::Symbol scope = {}, base::Symbol key = {}) {
  rows.push_back(model::Attribute{&definition, scope, key, std::move(value), location});
}

/// Appends a set of texts, sorted, each once; nothing when there are none.
inline void add_set(Rows& rows, const model::AttributeDefinition& definition, std::vector<base::Symbol> values,
                    const base::Location& location, base::Symbol scope = {}) {
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  add_row(rows, definition, std::move(values), location, scope);
}

}  // namespace postern::ingest
