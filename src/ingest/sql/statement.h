// SPDX-License-Identifier: Apache-2.0
// Applies the statements of a script to a schema. Tolerant: what defines no table, column or right is passed over.
#pragma once
#include <ingest/sql/schema.h>
#include <ingest/sql/statement_reader.h>
#include <postern/base/symbol.h>

#include <vector>

namespace postern::ingest::sql {

/// What became of the statements of a script.
struct Applied {
  std::size_t definitions = 0;    ///< statements that defined something
  std::size_t creations = 0;      ///< of those: tables that came
  std::vector<Tokens> postponed;  ///< alterations of tables that are not there (yet)
};

/// Applies one statement, or several that stand without end marks between them. `file` is for locations.
void apply(const Tokens& tokens, base::Symbol file, Schema& schema, Applied& applied);

}  // namespace postern::ingest::sql
