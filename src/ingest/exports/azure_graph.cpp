// SPDX-License-Identifier: Apache-2.0
// Rows of Azure Resource Graph -> resources in the words of templates.
#include <ingest/exports/azure_graph.h>
#include <ingest/exports/export_file.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace postern::ingest::exports {
namespace {

using cloud::Member;
using cloud::Value;
using document::Node;

constexpr std::string_view k_root = "/subscriptions/";

bool is_id(std::string_view text) {
  return text.size() > k_root.size() && base::equals_ignoring_case(text.substr(0, k_root.size()), k_root);
}

/// What an id says.
struct Id {
  std::string type;  ///< Microsoft.Sql/servers/databases
  std::string name;  ///< server/database
  std::string group;
  std::string whole;  ///< lower case
};

/// `/subscriptions/S/resourceGroups/G/providers/Microsoft.Sql/servers/a/databases/b`
Id parse_id(std::string_view text) {
  Id id;
  id.whole = base::to_lower(text);
  const std::vector<std::string_view> parts = base::split(text, '/');
  std::size_t at = 0;
  for (; at + 1 < parts.size(); ++at) {
    if (base::equals_ignoring_case(parts[at], "resourceGroups")) id.group = std::string(parts[at + 1]);
  }
  // The last provider: extensions of a resource begin with another one.
  for (at = parts.size(); at-- > 0;) {
    if (base::equals_ignoring_case(parts[at], "providers")) break;
  }
  if (at >= parts.size() || at + 3 >= parts.size()) return id;
  id.type = std::string(parts[at + 1]);
  for (std::size_t i = at + 2; i + 1 < parts.size(); i += 2) {
    id.type += "/" + std::string(parts[i]);
    id.name += (id.name.empty() ? "" : "/") + std::string(parts[i + 1]);
  }
  return id;
}

/// The type as templates write it: answers have it in lower case.
std::string type_as_written(const std::string& type) {
  const cloud::ResourceType* row = cloud::find_resource_type(type);
  return row == nullptr || row->arm.empty() ? type : std::string(row->arm);
}

void read_row(const Node& row, std::vector<Exported>& found, base::DiagnosticSink& sink) {
  const Id id = parse_id(row["id"].text());
  if (id.name.empty()) return;
  Exported made;
  made.id = id.whole;
  cloud::Resource& resource = made.resource;
  const std::string declared(row["type"].text());
  resource.type = type_as_written(declared.find('/') == std::string::npos ? id.type : declared);
  resource.label = id.name.substr(id.name.rfind('/') + 1);
  resource.location = row.location();
  resource.authorship = cloud::Authorship::recorded;
  resource.is_live = true;
  constexpr std::array<std::string_view, 12> k_own = {
      "id",   "type",        "tenantId",    "resourceGroup", "subscriptionId",    "managedBy",
      "etag", "createdTime", "changedTime", "systemData",    "provisioningState", "apiVersion"};
  std::vector<Member> members;
  for (const document::Entry entry : row.entries()) {
    const std::string_view key = entry.key.text();
    if (std::find(k_own.begin(), k_own.end(), key) != k_own.end() || entry.value.is_null()) continue;
    Value value = cloud::value_of(entry.value);
    // Columns of structure come as texts from some tools.
    if (value.as_text().starts_with('{')) {
      if (const auto parsed = cloud::parse_json(value.as_text())) value = placed(*parsed, value.location());
    }
    const bool empty = value.is_text() && value.as_text().empty();
    if (!empty && key != "name") members.emplace_back(std::string(key), std::move(value));
  }
  members.emplace_back("name", Value::text(resource.label).at(row.location()));
  const bool is_part = resource.type.find('/') != resource.type.rfind('/');
  resource.has_defaults = row["properties"].size() != 0 || row["properties"].as_string();
  if (!row["properties"].is_mapping() && !row["properties"].as_string())
    note_partial(row.location(), "'" + resource.label + "' has no properties in this export", sink);
  if (is_part) {
    const std::string_view whole = row["id"].text();
    const std::size_t last = whole.rfind('/');
    const std::size_t parent = last == std::string_view::npos ? last : whole.rfind('/', last - 1);
    if (parent != std::string_view::npos)
      members.emplace_back("parent", Value::text(std::string(whole.substr(0, parent))).at(row.location()));
  }
  resource.arguments = Value::map(std::move(members)).at(row.location());
  resource.aliases.push_back({model::AliasKind::resource_name, base::Symbol(id.whole)});
  resource.address = resource.type + "/" + id.name + "\n" + id.group;
  found.push_back(std::move(made));
}

bool is_row(const Node& row) { return is_id(row["id"].text()) && row["type"].text().find('/') != std::string_view::npos; }

std::vector<Node> rows_of(const Node& root) {
  std::vector<Node> rows;
  for (const Node& list : {root, root["data"], root["value"], root["Data"]}) {
    if (!list.is_sequence() || !is_row(list.at(0))) continue;
    for (const Node row : list.items()) {
      if (is_row(row)) rows.push_back(row);
    }
  }
  return rows;
}

/// The resource that an id means, or the one of which it means a part (a subnet is a part of its network).
const Exported* find(const std::map<std::string, const Exported*>& by_id, std::string id) {
  for (int step = 0; step < 3; ++step) {
    const auto at = by_id.find(id);
    if (at != by_id.end()) return at->second;
    const std::size_t last = id.rfind('/');
    const std::size_t parent = last == std::string::npos || last == 0 ? std::string::npos : id.rfind('/', last - 1);
    if (parent == std::string::npos || parent == 0) return nullptr;
    id.resize(parent);
  }
  return nullptr;
}

void settle(std::vector<Exported>& all) {
  std::map<std::string, std::set<std::string>> ids;  // by address in lower case
  for (const Exported& each : all) {
    const std::string& address = each.resource.address;
    ids[base::to_lower(address.substr(0, address.find('\n')))].insert(each.id);
  }
  std::map<std::string, const Exported*> by_id;
  for (Exported& each : all) {
    std::string& address = each.resource.address;
    const std::size_t end = address.find('\n');
    const std::string group = address.substr(end + 1);
    address.resize(end);
    if (ids[base::to_lower(address)].size() > 1) address += "@" + group;
    by_id.emplace(each.id, &each);
  }
  for (Exported& each : all) {
    each.resource.arguments = with_texts(each.resource.arguments, [&](const Value& text) {
      if (!is_id(text.as_text())) return text;
      const Exported* other = find(by_id, base::to_lower(text.as_text()));
      if (other == nullptr || other == &each) return text;
      return text.with_reference({other->resource.address, {}, true});
    });
  }
}

}  // namespace

bool wants_azure_graph(std::string_view) { return false; }

std::vector<ProjectFile> read_azure_graph(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  const Format format{[](Hints hints) { return hints.hold(Hint::azure_id, Hint::id_member, Hint::type_member); }, rows_of, read_row,
                      settle};
  return read_exports(files, settings, sink, format);
}

}  // namespace postern::ingest::exports
