// SPDX-License-Identifier: Apache-2.0
// One canonical text a statement.
#include <ingest/cloud/arguments.h>
#include <ingest/cloud/policy_document.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::cloud {
namespace {

constexpr std::size_t k_longest = 400;

void add_texts(const Value& value, std::set<std::string>& texts) {
  if (value.is_scalar()) texts.emplace(value.as_text());
  for (const Value& item : value.items()) add_texts(item, texts);
  for (const Member& member : value.members()) {
    std::set<std::string> inner;
    add_texts(member.second, inner);
    for (const std::string& text : inner) texts.insert(text == "*" ? text : base::to_lower(member.first) + ":" + text);
  }
  if (!value.is_unknown()) return;
  const auto references = value.all_references();
  if (references.empty()) texts.insert("unknown");
  for (const Reference& reference : references) texts.insert(reference.address);
}

std::string joined(const Value& value) {
  std::set<std::string> texts;
  add_texts(value, texts);
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ",") + text;
  if (result.size() > k_longest) result = result.substr(0, k_longest) + "...";
  return result;
}

/// Operators with the keys that they ask about, not what they compare with.
std::string conditions_of(const Value& condition) {
  std::string result;
  for (const Member& test : condition.members()) {
    for (const Member& key : test.second.members()) result += (result.empty() ? "" : ",") + test.first + ":" + key.first;
  }
  return result;
}

const Value& either(const Value& statement, std::string_view first, std::string_view second) {
  return statement[first].is_null() ? statement[second] : statement[first];
}

void add_statement(const Value& statement, PolicyDocument& into) {
  if (!statement.is_map()) return;
  const Value& effect = either(statement, "Effect", "effect");
  if (!effect.is_text() && !effect.is_null()) return;
  const Value& actions = either(statement, "Action", "action");
  const Value& principals = either(statement, "Principal", "principal");
  const bool any_action = !actions.is_null() || statement.find("NotAction") != nullptr || statement.find("not_action") != nullptr;
  if (!any_action) return;
  into.found = true;
  std::string text(effect.is_text() ? effect.as_text() : "Allow");
  const auto add = [&](std::string_view label, const Value& value) {
    if (const std::string content = joined(value); !content.empty()) text += " " + std::string(label) + "=" + content;
  };
  add("principals", principals);
  add("not_principals", either(statement, "NotPrincipal", "not_principal"));
  add("actions", actions);
  add("not_actions", either(statement, "NotAction", "not_action"));
  add("resources", either(statement, "Resource", "resource"));
  add("not_resources", either(statement, "NotResource", "not_resource"));
  const Value& condition = either(statement, "Condition", "condition");
  const std::string conditions = conditions_of(condition);
  if (!conditions.empty()) text += " conditions=" + conditions;
  std::set<std::string> who;
  add_texts(principals, who);
  const bool conditional = !conditions.empty() || condition.is_unknown();
  if (text.starts_with("Allow") && who.contains("*") && !conditional) into.open_to_everybody = true;
  into.statements.insert(std::move(text));
}

}  // namespace

void add_policy(const Value& document, PolicyDocument& into) {
  if (document.is_text()) {
    if (const auto parsed = parse_json(document.as_text())) add_policy(*parsed, into);
    return;
  }
  if (document.draft() != nullptr) {
    if (const auto parsed = parse_json(*document.draft())) add_policy(*parsed, into);
    return;
  }
  for (const Value& item : document.items()) add_policy(item, into);
  const Value& statements = either(document, "Statement", "statement");
  if (statements.is_map()) add_statement(statements, into);
  for (const Value& statement : statements.items()) add_statement(statement, into);
}

}  // namespace postern::ingest::cloud
