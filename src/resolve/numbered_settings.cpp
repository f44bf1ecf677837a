// SPDX-License-Identifier: Apache-2.0
// Numbered variables -> lists.
#include "resolve/numbered_settings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace postern::resolve {
namespace {

using base::Symbol;
using model::Attribute;

/// The name with each number between two double underscores, or behind the last one, as an asterisk; nothing where there is none.
std::optional<std::string> list_name(std::string_view name) {
  constexpr std::string_view k_separator = "__";
  std::string joined;
  bool numbered = false;
  bool first = true;
  while (true) {
    const std::size_t end = name.find(k_separator);
    const std::string_view part = name.substr(0, end);
    const bool number = !first && !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    numbered = numbered || number;
    if (!first) joined += k_separator;
    joined += number ? std::string_view("*") : part;
    if (end == std::string_view::npos) break;
    name.remove_prefix(end + k_separator.size());
    first = false;
  }
  return numbered ? std::optional(joined) : std::nullopt;
}

struct List {
  std::vector<std::string> values;
  Attribute row;  ///< the first of its items
};

void join(model::Entity& entity) {
  std::map<std::pair<Symbol, std::string>, List> lists;
  std::vector<Attribute> kept;
  for (const Attribute& row : entity.attributes.all()) {
    const bool variable = row.definition == &model::attribute::environment;
    const auto* text = std::get_if<Symbol>(&row.value);
    const auto name = variable && text != nullptr ? list_name(row.key.view()) : std::nullopt;
    if (!name) {
      kept.push_back(row);
      continue;
    }
    List& list = lists[{row.scope, *name}];
    if (list.values.empty()) list.row = row;
    list.values.push_back(text->str());
  }
  if (lists.empty()) return;
  for (auto& [name, list] : lists) {
    std::sort(list.values.begin(), list.values.end());
    std::string text;
    for (const std::string& value : list.values) text += (text.empty() ? "" : ", ") + value;
    list.row.key = Symbol(name.second);
    list.row.value = Symbol(text);
    kept.push_back(std::move(list.row));
  }
  entity.attributes = model::Attributes::from_rows(std::move(kept));
}

}  // namespace

void join_numbered_settings(std::vector<model::Entity>& entities) {
  for (model::Entity& entity : entities) {
    const auto rows = entity.attributes.of(model::attribute::environment);
    const bool any = std::any_of(rows.begin(), rows.end(),
                                 [](const Attribute& row) { return row.key.view().find("__") != std::string_view::npos; });
    if (any) join(entity);
  }
}

}  // namespace postern::resolve
