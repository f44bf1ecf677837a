// SPDX-License-Identifier: Apache-2.0
// From interfaces to facts.
#include <ingest/openapi/interface.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::openapi {
namespace {

using base::Symbol;
namespace attribute = model::attribute;

/// Titles that generators write when nobody gives one.
constexpr std::array<std::string_view, 12> k_empty_titles = {
    "api",      "api-docs", "api-documentation", "api-reference", "openapi",  "openapi-definition",
    "rest-api", "swagger",  "swagger-api",       "title",         "untitled", "openapi-specification"};
/// Folders and names of files that say what a file is and not whose.
constexpr std::array<std::string_view, 20> k_plain_names = {
    "api",       "api-docs", "apis", "app",     "asyncapi", "contract",  "contracts", "definitions", "doc", "docs",
    "interface", "main",     "oas",  "openapi", "public",   "resources", "spec",      "specs",       "src", "swagger"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view without_ending(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool has_ending = dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash + 1);
  return has_ending ? path.substr(0, dot) : path;
}

/// The last `parts` parts of a path.
std::string tail_of(std::string_view path, std::size_t parts) {
  const auto pieces = base::split(path, '/');
  std::string result;
  for (std::size_t i = pieces.size() - std::min(parts, pieces.size()); i < pieces.size(); ++i) {
    result += (result.empty() ? "" : "/") + std::string(pieces[i]);
  }
  return result;
}

/// The innermost part of a path that says whose the file is; the name of the file where none does.
std::string telling_part(std::string_view path) {
  const auto pieces = base::split(without_ending(path), '/');
  for (std::size_t i = pieces.size(); i > 0; --i) {
    if (!contains(k_plain_names, base::to_lower(pieces[i - 1]))) return std::string(pieces[i - 1]);
  }
  return std::string(pieces.back());
}

/// The shortest end of the path that no other file of those ends in; with the file's ending where nothing else tells it apart.
std::string unique_tail(const std::vector<FoundInterface>& all, const std::vector<std::size_t>& same, std::size_t index) {
  for (const bool bare : {true, false}) {
    const auto shown = [&](std::size_t i) { return bare ? without_ending(all[i].path) : std::string_view(all[i].path); };
    const std::size_t longest = base::split(shown(index), '/').size();
    for (std::size_t parts = 1; parts <= longest; ++parts) {
      const std::string tail = tail_of(shown(index), parts);
      const bool unique = std::none_of(same.begin(), same.end(),
                                       [&](std::size_t other) { return other != index && tail_of(shown(other), parts) == tail; });
      if (unique) return tail;
    }
  }
  return all[index].path;
}

}  // namespace

std::string name_from_title(std::string_view title) {
  std::string name;
  for (const char c : base::to_lower(title)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (kept) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name;
}

std::vector<std::string> names_of(const std::vector<FoundInterface>& all) {
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string name = name_from_title(all[i].interface.title);
    if (name.empty() || contains(k_empty_titles, name)) name = telling_part(all[i].path);
    by_name[name].push_back(i);
    names.push_back(std::move(name));
  }
  for (const auto& [name, indexes] : by_name) {
    for (const std::size_t index : indexes) {
      if (indexes.size() > 1) names[index] = unique_tail(all, indexes, index);
    }
  }
  return names;
}

model::EntityFact entity_of(const Interface& interface, std::string_view name) {
  model::EntityFact entity;
  entity.address = Symbol("apis/" + std::string(name));
  entity.kind = model::EntityKind::api;
  const bool has_title = !interface.title.empty() && !contains(k_empty_titles, name_from_title(interface.title));
  entity.name = Symbol(has_title ? std::string_view(interface.title) : name);
  entity.location = interface.location;
  const auto add = [&](const model::AttributeDefinition& definition, model::AttributeValue value, base::Location location,
                       std::string_view key = {}) {
    entity.attributes.push_back({&definition, {}, Symbol(key), std::move(value), location});
  };
  add(attribute::resource_type, Symbol(interface.language), interface.location);
  if (!interface.version.empty()) add(attribute::api_version, Symbol(interface.version), interface.location);
  if (!interface.service.empty()) add(attribute::settings, Symbol(interface.service), interface.location, "service");
  if (!interface.owner.empty()) add(attribute::owner, Symbol(interface.owner), interface.location);
  if (!interface.hosts.empty()) {
    model::TextList hosts;
    for (const std::string& host : interface.hosts) hosts.emplace_back(host);
    add(attribute::hosts, std::move(hosts), interface.location);
  }
  for (const auto& [key, operation] : interface.operations) {
    const bool said = !operation.callers.empty();
    add(attribute::operation, said ? model::AttributeValue(Symbol(operation.callers)) : model::AttributeValue(model::Unknown{}),
        operation.location, key);
    if (operation.fields.empty()) continue;
    model::TextList fields;
    for (const std::string& field : operation.fields) fields.emplace_back(field);
    add(attribute::operation_data, std::move(fields), operation.location, key);
  }
  return entity;
}

}  // namespace postern::ingest::openapi
