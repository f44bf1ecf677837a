// SPDX-License-Identifier: Apache-2.0
// From interfaces to facts.
#include <ingest/openapi/interface.h>
#include <postern/base/text.h>

#include <algorithm>
#include <utility>

namespace postern::ingest::openapi {
namespace {

using base::Symbol;
namespace attribute = model::attribute;

/// The last `parts` parts of a path, without the ending of the file.
std::string tail_of(std::string_view path, std::size_t parts) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool has_ending = dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash);
  const std::string_view bare = has_ending ? path.substr(0, dot) : path;
  const auto pieces = base::split(bare, '/');
  std::string result;
  for (std::size_t i = pieces.size() - std::min(parts, pieces.size()); i < pieces.size(); ++i) {
    result += (result.empty() ? "" : "/") + std::string(pieces[i]);
  }
  return result;
}

/// The paths of those that share a name, as far as it takes to tell them apart; with endings where nothing else does.
void tell_apart(const std::vector<FoundInterface>& all, const std::vector<std::size_t>& same, std::vector<std::string>& names) {
  std::size_t longest = 0;
  for (const std::size_t index : same) longest = std::max(longest, base::split(all[index].path, '/').size());
  for (std::size_t parts = 1; parts <= longest; ++parts) {
    std::set<std::string> tails;
    for (const std::size_t index : same) tails.insert(tail_of(all[index].path, parts));
    if (tails.size() != same.size()) continue;
    for (const std::size_t index : same) names[index] = tail_of(all[index].path, parts);
    return;
  }
  for (const std::size_t index : same) names[index] = all[index].path + (all[index].interface.title.empty() ? "" : ":" + names[index]);
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
    if (name.empty()) name = tail_of(all[i].path, 1);
    by_name[name].push_back(i);
    names.push_back(std::move(name));
  }
  for (const auto& [name, indexes] : by_name) {
    if (indexes.size() > 1) tell_apart(all, indexes, names);
  }
  return names;
}

model::EntityFact entity_of(const Interface& interface, std::string_view name) {
  model::EntityFact entity;
  entity.address = Symbol("apis/" + std::string(name));
  entity.kind = model::EntityKind::api;
  entity.name = Symbol(interface.title.empty() ? name : std::string_view(interface.title));
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
