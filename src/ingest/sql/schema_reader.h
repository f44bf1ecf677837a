// SPDX-License-Identifier: Apache-2.0
// Scripts, one after the other -> the entity of the schema that they leave behind.
#pragma once
#include <ingest/sql/schema.h>
#include <ingest/sql/statement_reader.h>
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::ingest::sql {

/// A script, wherever it stands.
struct Script {
  std::string_view text;
  base::Symbol file;             ///< for locations
  std::uint32_t first_line = 1;  ///< of the text in the file
  bool versioned = false;        ///< its name says at which step of a series it stands
};

/// Applies scripts in the order in which they are given. Trouble goes to the sink; never throws on account of the texts.
class SchemaReader {
 public:
  /// `name`: of the series, as people know it.
  SchemaReader(std::string name, base::DiagnosticSink& sink) : m_name(std::move(name)), m_sink(sink) {}

  /// False where the end of the script is not known.
  bool add(const Script& script);
  /// What was postponed is tried again; nothing may be added afterwards.
  void finish();

  [[nodiscard]] const Schema& schema() const noexcept { return m_schema; }
  /// A datastore at `schemas/NAME` with an attribute `column` for each column; linking joins it with the store that serves it.
  [[nodiscard]] model::EntityFact entity(const std::string& name, base::Location location) const;

 private:
  void note_dialect(std::string_view text);
  void add_columns(model::EntityFact& entity) const;
  void add_rights(model::EntityFact& entity) const;

  std::string m_name;
  base::DiagnosticSink& m_sink;
  Schema m_schema;
  std::string_view m_engine;
  std::vector<std::pair<base::Symbol, Tokens>> m_postponed;
};

}  // namespace postern::ingest::sql
