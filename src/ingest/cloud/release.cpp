// SPDX-License-Identifier: Apache-2.0
// Reads `values` of a release: texts of YAML, drafts of them, or maps that would have become such texts.
#include <ingest/cloud/release.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::cloud {
namespace {

constexpr int k_deepest = 32;

Value merged(const Value& below, const Value& above, int depth) {
  if (!below.is_map() || !above.is_map() || depth > k_deepest) return above;
  std::vector<Member> members(below.members().begin(), below.members().end());
  for (const Member& member : above.members())
    members.emplace_back(member.first, merged(below[member.first], member.second, depth + 1));
  return Value::map(std::move(members)).at(above.location());
}

std::optional<Value> document_of(const Value& value, const base::Location& location) {
  if (value.is_map()) return value;
  std::optional<Value> parsed;
  if (value.draft() != nullptr) {
    parsed = parse_yaml(*value.draft());
  } else if (value.is_text()) {
    parsed = parse_yaml(Draft{std::string(value.as_text()), {}});
  }
  if (!parsed || !parsed->is_map()) return std::nullopt;
  return placed(*parsed, value.location().line == 0 ? location : value.location());
}

}  // namespace

bool is_release(std::string_view type) { return type == "helm_release"; }

bool is_chart_value(std::string_view path) { return path.starts_with("values."); }

std::vector<std::string> service_names_of(const Value& arguments) {
  const Value& name = arguments["name"];
  const Value& space = arguments["namespace"];
  if (!name.is_text() || name.as_text().empty() || space.is_unknown()) return {};
  const std::string within = space.is_text() && !space.as_text().empty() ? std::string(space.as_text()) : "default";
  const std::string full = base::to_lower(std::string(name.as_text()) + "." + within);
  return {full, full + ".svc", full + ".svc.cluster.local"};
}

Value with_chart_values(const Value& arguments) {
  const Value& values = arguments["values"];
  Value all = Value::map({});
  const auto add = [&](const Value& value) {
    if (const auto document = document_of(value, arguments.location())) all = merged(all, *document, 0);
  };
  add(values);
  for (const Value& item : values.items()) add(item);
  if (all.members().empty()) return arguments;
  std::vector<Member> members(arguments.members().begin(), arguments.members().end());
  members.emplace_back("values", std::move(all));
  return Value::map(std::move(members)).at(arguments.location()).with_references(arguments.references());
}

}  // namespace postern::ingest::cloud
