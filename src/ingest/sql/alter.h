// SPDX-License-Identifier: Apache-2.0
// ALTER TABLE of all dialects.
#pragma once
#include <ingest/sql/cursor.h>
#include <ingest/sql/schema.h>
#include <postern/base/symbol.h>

#include <span>

namespace postern::ingest::sql {

/// Applies what follows ALTER TABLE. False when the schema has no such table (and the statement demands it): it may come later.
bool alter_table(std::span<const Token> tokens, base::Symbol file, Schema& schema);

}  // namespace postern::ingest::sql
