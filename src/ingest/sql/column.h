// SPDX-License-Identifier: Apache-2.0
// Definitions of columns and tables, in CREATE TABLE and ALTER TABLE.
#pragma once
#include <ingest/sql/cursor.h>
#include <ingest/sql/schema.h>
#include <postern/base/symbol.h>

#include <optional>
#include <span>
#include <string>

namespace postern::ingest::sql {

/// The column that `tokens` define: NAME TYPE CONSTRAINTS; nothing where they are something else.
[[nodiscard]] std::optional<Column> read_column(std::span<const Token> tokens, base::Symbol file);
/// The type that stands here: words and brackets up to what is no part of a type.
[[nodiscard]] std::string take_type(Cursor& cursor);
/// The value of a default, without its texts.
[[nodiscard]] std::string take_value(Cursor& cursor);
/// Whether a constraint or an index of the table begins here, and no column.
[[nodiscard]] bool is_table_constraint(const Cursor& cursor);
/// Notes at its columns what a constraint of the table says: keys, references.
void apply_table_constraint(std::span<const Token> tokens, Table& table);
/// Applies one item between the brackets of CREATE TABLE.
void apply_item(std::span<const Token> tokens, base::Symbol file, const Schema& schema, Table& table);

}  // namespace postern::ingest::sql
