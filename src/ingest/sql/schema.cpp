// SPDX-License-Identifier: Apache-2.0
// What statements do to tables and columns.
#include <ingest/sql/schema.h>
#include <postern/base/text.h>

#include <algorithm>
#include <utility>

namespace postern::ingest::sql {
namespace {

auto find_column(std::vector<Column>& columns, std::string_view name) {
  return std::find_if(columns.begin(), columns.end(),
                      [&](const Column& column) { return base::equals_ignoring_case(column.name, name); });
}

void add(std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += ' ';
  text += part;
}

bool is_about(const Grant& grant, std::string_view table, std::string_view role) {
  return base::equals_ignoring_case(grant.table, table) && grant.role == role;
}

}  // namespace

std::string to_string(const Column& column) {
  std::string text = column.type;
  if (column.not_null) add(text, "NOT NULL");
  if (column.primary_key) add(text, "PRIMARY KEY");
  if (column.unique) add(text, "UNIQUE");
  add(text, column.generated);
  if (!column.default_value.empty()) add(text, "DEFAULT " + column.default_value);
  if (!column.references.empty()) add(text, "REFERENCES " + column.references);
  return text;
}

Column* Table::find(std::string_view column) {
  const auto at = find_column(columns, column);
  return at == columns.end() ? nullptr : &*at;
}

void Table::put(Column column) {
  if (Column* present = find(column.name)) {
    *present = std::move(column);
  } else {
    columns.push_back(std::move(column));
  }
}

void Table::remove(std::string_view column) {
  if (const auto at = find_column(columns, column); at != columns.end()) columns.erase(at);
}

Table* Schema::find(std::string_view name) {
  const auto at = m_tables.find(base::to_lower(name));
  return at == m_tables.end() ? nullptr : &at->second;
}

Table& Schema::put(Table table) { return m_tables.insert_or_assign(base::to_lower(table.name), std::move(table)).first->second; }

void Schema::remove(std::string_view name) {
  m_tables.erase(base::to_lower(name));
  std::erase_if(m_grants, [&](const Grant& grant) { return base::equals_ignoring_case(grant.table, name); });
}

void Schema::remove_all_of(std::string_view schema) {
  const std::string prefix = base::to_lower(schema) + '.';
  std::erase_if(m_tables, [&](const auto& entry) { return entry.first.starts_with(prefix); });
}

void Schema::rename(std::string_view from, std::string_view to) {
  const auto node = m_tables.extract(base::to_lower(from));
  if (node.empty()) return;
  Table table = std::move(node.mapped());
  // A new name without a schema stays where the table was.
  const std::size_t dot = table.name.rfind('.');
  const bool moves = to.find('.') == std::string_view::npos && dot != std::string::npos;
  table.name = (moves ? table.name.substr(0, dot + 1) : std::string()) + std::string(to);
  for (Grant& grant : m_grants) {
    if (base::equals_ignoring_case(grant.table, from)) grant.table = table.name;
  }
  put(std::move(table));
}

void Schema::grant(Grant grant) {
  const auto at =
      std::find_if(m_grants.begin(), m_grants.end(), [&](const Grant& each) { return is_about(each, grant.table, grant.role); });
  if (at != m_grants.end()) {
    at->rights.insert(grant.rights.begin(), grant.rights.end());
  } else {
    m_grants.push_back(std::move(grant));
  }
}

void Schema::revoke(std::string_view table, std::string_view role, const std::set<std::string>& rights) {
  for (Grant& grant : m_grants) {
    if (!is_about(grant, table, role)) continue;
    if (rights.contains("ALL")) grant.rights.clear();
    for (const std::string& right : rights) grant.rights.erase(right);
  }
  std::erase_if(m_grants, [](const Grant& grant) { return grant.rights.empty(); });
}

}  // namespace postern::ingest::sql
