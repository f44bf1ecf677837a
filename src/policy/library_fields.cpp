// SPDX-License-Identifier: Apache-2.0
// What queries see beyond rules: the fields of Library, and entities that list their libraries and weaknesses.
#include <algorithm>

#include "package/purl.h"
#include "policy/attribute_value.h"
#include "policy/query.h"
#include "policy/record_list.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using L = const LibraryRecord&;
using E = const EntityRecord&;

Value shown(model::Symbol symbol) { return Value::string(symbol); }

/// The texts of a list that is kept as lines.
Value lines_of(model::Symbol text) {
  std::vector<Value> values;
  std::string_view rest = text.view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    values.push_back(Value::own_string(std::string(rest.substr(0, end))));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return Value::own_list(std::move(values));
}

Value weaknesses_of_library(L record) {
  std::vector<Value> values;
  for (const WeaknessRecord& each : record.state().weaknesses(record.owner())) {
    const model::Weakness& weakness = each.weakness();
    if (weakness.package != record.library().purl) continue;
    const auto& versions = weakness.versions;
    if (versions.empty() || std::find(versions.begin(), versions.end(), record.library().version) != versions.end())
      values.push_back(Value::record(each));
  }
  return Value::own_list(std::move(values));
}

base::Symbol path_in(E record, std::string_view field) {
  return base::Symbol(std::string(field) + " of " + record.entity().id.address.str());
}

Value libraries_of(E record) {
  const auto known = record.state().libraries(record.index());
  return has_unknown_libraries(record.entity()) ? open_list_of(known, path_in(record, "libraries")) : list_of(known);
}

Value library_count_of(E record) {
  if (has_unknown_libraries(record.entity())) return Value::unknown(path_in(record, "libraries"));
  return Value::integer(static_cast<std::int64_t>(record.state().libraries(record.index()).size()));
}

Value weaknesses_of(E record) {
  const auto known = record.state().weaknesses(record.index());
  return has_unknown_libraries(record.entity()) ? open_list_of(known, path_in(record, "weaknesses")) : list_of(known);
}

FieldTable<EntityRecord> make_query_fields() {
  FieldTable<EntityRecord> rows = EntityRecord::fields();
  std::erase_if(rows, [](const FieldRow<EntityRecord>& row) { return row.name == "libraries"; });
  rows.push_back({"libraries", "list(Library)",
                  "Its libraries, by package URL and version; unknown where no bill of materials says, and open-ended where one is "
                  "damaged: `exists` is then true or unknown",
                  libraries_of});
  rows.push_back({"library_count", "int", "How many libraries with different versions it has", library_count_of});
  rows.push_back({"weaknesses", "list(Weakness)",
                  "What advisories and reports say about it; where its libraries are unknown there may be more", weaknesses_of});
  return rows;
}

}  // namespace

std::string bare_name(const model::Library& library) {
  const std::string_view purl = library.purl.view();
  if (!purl.starts_with("pkg:")) return library.name.str();
  const std::string_view last = purl.substr(purl.rfind('/') + 1);
  if (last.find('%') == std::string_view::npos) return std::string(last);
  const auto parsed = package::parse_purl(purl);
  return parsed ? parsed->name : std::string(last);
}

bool has_unknown_libraries(const model::Entity& entity) {
  const model::Attribute* row = entity.attributes.find(model::attribute::libraries);
  if (row != nullptr) return std::holds_alternative<model::Unknown>(row->value);
  using enum model::EntityKind;
  const bool runs_code = entity.kind == service || entity.kind == job || entity.kind == function;
  return runs_code || (is_workload(entity.kind) && !entity.attributes.of(model::attribute::image).empty());
}

const FieldTable<LibraryRecord>& LibraryRecord::fields() {
  static const FieldTable<LibraryRecord> k_fields = {
      {"name", "string", "Name without its group or namespace: log4j-core",
       [](L r) { return Value::own_string(bare_name(r.library())); }},
      {"full_name", "string", "Name as people write it: org.apache.logging.log4j:log4j-core, @scope/name",
       [](L r) { return shown(r.library().name); }},
      {"version", "string", "Version; empty where none is said", [](L r) { return shown(r.library().version); }},
      {"purl", "string", "Package URL without version, in canonical form; TYPE:NAME where there is none",
       [](L r) { return shown(r.library().purl); }},
      {"type", "string", "library, framework, application, operating-system...",
       [](L r) { return Value::string(std::string_view(to_string(r.library().type))); }},
      {"scope", "string", "required, optional, development... as the bill of materials says, or unknown",
       [](L r) { return Value::string(std::string_view(to_string(r.library().scope))); }},
      {"directness", "string", "direct, transitive or unknown",
       [](L r) { return Value::string(std::string_view(to_string(r.library().directness))); }},
      {"introduced_by", "string", "Direct dependency through which it comes; empty where none is known",
       [](L r) { return shown(r.library().introduced_by); }},
      {"licences", "list(string)", "Identifiers, expressions or names of its licences",
       [](L r) { return lines_of(r.library().licences); }},
      {"file", "string", "Bill of materials that lists it", [](L r) { return shown(r.component().file); }},
      {"weaknesses", "list(Weakness)", "What advisories and reports say about this version", weaknesses_of_library},
  };
  return k_fields;
}

const cel::ObjectType& LibraryRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Library", fields());
  return k_type;
}

cel::Value LibraryRecord::get(std::size_t slot) const { return fields()[slot].get(*this); }

std::optional<std::string> LibraryRecord::text() const { return library().name.str() + " " + library().version.str(); }

const FieldTable<EntityRecord>& EntityRecord::query_fields() {
  static const FieldTable<EntityRecord> k_fields = make_query_fields();
  return k_fields;
}

const cel::ObjectType& EntityRecord::query_type() {
  static const cel::ObjectType k_type = object_type_of("Entity", query_fields());
  return k_type;
}

}  // namespace postern::policy
