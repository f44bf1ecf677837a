// SPDX-License-Identifier: Apache-2.0
// Appends attributes to rows.
#include "ingest/attribute_rows.h"

#include <algorithm>
#include <utility>

namespace postern::ingest {

void add_row(Rows& rows, const model::AttributeDefinition& definition, model::AttributeValue&& value,
             const base::Location& location, base::Symbol scope, base::Symbol key) {
  rows.push_back(model::Attribute{&definition, scope, key, std::move(value), location});
}

void add_set(Rows& rows, const model::AttributeDefinition& definition, std::vector<base::Symbol> values,
             const base::Location& location, base::Symbol scope) {
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  add_row(rows, definition, std::move(values), location, scope);
}

}  // namespace postern::ingest
