// SPDX-License-Identifier: Apache-2.0
// Finds the type that a path ends in, and the words of its field.
#include "policy/value_sets.h"

#include <postern/base/text.h>
#include <postern/model/environment.h>
#include <postern/model/graph.h>

#include <algorithm>
#include <array>
#include <string>

#include "policy/reference.h"

namespace postern::policy {
namespace {

using Words = std::vector<std::string_view>;

/// All values of an enumeration by their names, up to and including `last`.
template <typename Enum>
Words names_up_to(Enum last) {
  Words words;
  for (int i = 0; i <= static_cast<int>(last); ++i) words.emplace_back(to_string(static_cast<Enum>(i)));
  return words;
}

Words entity_kinds() { return names_up_to(model::EntityKind::application); }
Words entity_kinds_or_none() {
  Words words = entity_kinds();
  words.emplace_back("");
  return words;
}
Words relation_kinds() { return names_up_to(model::RelationKind::contains); }
Words relation_families() { return names_up_to(model::RelationFamily::containment); }
Words exposures() { return {"", "none", "cluster", "internal", "internet"}; }
Words changes() { return {"added", "removed", "modified"}; }
Words change_subjects() { return {"entity", "relation"}; }
Words environment_classes() { return {"production", "staging", "development"}; }
Words attributes() {
  Words words = {""};
  for (const model::AttributeDefinition* row : model::all_attributes()) words.push_back(row->name);
  return words;
}

struct WordsRow {
  std::string_view type;
  std::string_view field;
  Words (*words)();
};
constexpr std::array k_rows = {
    WordsRow{"Change", "attribute", attributes},
    WordsRow{"Change", "entity_kind", entity_kinds_or_none},
    WordsRow{"Change", "kind", changes},
    WordsRow{"Change", "subject", change_subjects},
    WordsRow{"Entity", "exposure", exposures},
    WordsRow{"Entity", "kind", entity_kinds},
    WordsRow{"Environment", "class", environment_classes},
    WordsRow{"Relation", "family", relation_families},
    WordsRow{"Relation", "kind", relation_kinds},
};

/// The object type that owns the last name of `names`; empty when the way leads through something else.
std::string owner_type(const std::vector<std::string_view>& names, const cel::Environment& environment) {
  const auto variable = environment.slot_of(names.front());
  if (!variable) return {};
  cel::Type type = environment.variables()[*variable].type;
  for (std::size_t i = 1; i + 1 < names.size(); ++i) {
    const cel::ObjectType* object = type.is(cel::TypeKind::object) ? environment.object_type(type.name()) : nullptr;
    const auto slot = object == nullptr ? std::nullopt : object->slot_of(base::Symbol(names[i]));
    if (!slot) return {};
    type = object->fields()[*slot].type;
  }
  return type.is(cel::TypeKind::object) ? type.name().str() : std::string();
}

}  // namespace

std::vector<std::string_view> possible_words(std::string_view path, model::SubjectKind subject) {
  const std::vector<std::string_view> names = base::split(path, '.');
  if (names.size() < 2) return {};
  const std::string type = owner_type(names, cel_environment(subject));
  const auto* row = std::find_if(k_rows.begin(), k_rows.end(),
                                 [&](const WordsRow& each) { return each.type == type && each.field == names.back(); });
  return row == k_rows.end() ? Words() : row->words();
}

}  // namespace postern::policy
