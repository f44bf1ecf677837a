// SPDX-License-Identifier: Apache-2.0
// The tables and columns that a series of scripts leaves behind.
#pragma once
#include <postern/base/diagnostic.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::sql {

struct Column {
  std::string name;
  std::string type;  ///< canonical: upper case, one space between words
  bool not_null = false;
  bool primary_key = false;
  bool unique = false;
  std::string default_value;  ///< texts are withheld: '...'
  std::string generated;      ///< GENERATED ALWAYS AS IDENTITY, AUTO_INCREMENT...
  std::string references;     ///< TABLE(COLUMN)
  std::string comment;
  base::Location location;
};
/// `VARCHAR(64) NOT NULL UNIQUE REFERENCES users(username)`.
[[nodiscard]] std::string to_string(const Column& column);

struct Table {
  std::string name;  ///< as it was first written; `SCHEMA.NAME` outside of the usual schema
  std::vector<Column> columns;

  [[nodiscard]] Column* find(std::string_view column);
  /// Adds, or replaces the column of that name.
  void put(Column column);
  void remove(std::string_view column);
};

/// "These roles have these rights on that table."
struct Grant {
  std::string table;
  std::string role;
  std::set<std::string> rights;  ///< SELECT, INSERT... upper case
  base::Location location;       ///< of the first statement that grants one
};

/// A schema while scripts are applied to it. Names are compared without regard to case.
class Schema {
 public:
  [[nodiscard]] Table* find(std::string_view name);
  Table& put(Table table);
  void remove(std::string_view name);
  /// All tables of a schema of the database.
  void remove_all_of(std::string_view schema);
  void rename(std::string_view from, std::string_view to);
  void grant(Grant grant);
  void revoke(std::string_view table, std::string_view role, const std::set<std::string>& rights);

  /// By lower-case name.
  [[nodiscard]] const std::map<std::string, Table>& tables() const noexcept { return m_tables; }
  [[nodiscard]] const std::vector<Grant>& grants() const noexcept { return m_grants; }

  std::set<std::string> databases;  ///< that scripts create or use, as written

 private:
  std::map<std::string, Table> m_tables;
  std::vector<Grant> m_grants;
};

}  // namespace postern::ingest::sql
