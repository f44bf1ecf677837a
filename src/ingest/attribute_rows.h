// SPDX-License-Identifier: Apache-2.0
// Attributes of an entity while a reader puts them together: rows in any order.
#pragma once
#include <postern/model/attribute.h>

#include <vector>

namespace postern::ingest {

using Rows = std::vector<model::Attribute>;

/// Appends one attribute.
void add_row(Rows& rows, const model::AttributeDefinition& definition, model::AttributeValue&& value,
             const base::Location& location, base::Symbol scope = {}, base::Symbol key = {});

/// Appends a set of texts, sorted, each once; nothing when there are none.
void add_set(Rows& rows, const model::AttributeDefinition& definition, std::vector<base::Symbol> values,
             const base::Location& location, base::Symbol scope = {});

}  // namespace postern::ingest
