// SPDX-License-Identifier: Apache-2.0
// Label selectors and names of enumerations of facts and units.
#include <postern/base/text.h>
#include <postern/model/fact.h>
#include <postern/model/snapshot.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

constexpr std::array k_channels = {"environment", "argument", "command", "data", "annotation"};
constexpr std::array k_sources = {"literal", "configuration_key", "secret_key", "all_configuration", "all_secret", "runtime"};
constexpr std::array k_input_kinds = {"manifests", "infrastructure", "api_specifications", "sbom", "findings", "catalogue"};

constexpr std::array k_component_types = {"library",          "framework", "application", "container",
                                          "operating-system", "platform",  "other"};
constexpr std::array k_component_scopes = {"unknown", "required", "optional", "excluded"};
constexpr std::array k_finding_categories = {"vulnerability", "misconfiguration", "secret", "code",
                                             "dynamic",       "licence",          "malware"};
constexpr std::array k_reachabilities = {"unknown", "called", "imported", "required"};
constexpr std::array k_tool_statuses = {"open", "suppressed", "fixed", "false-positive"};
constexpr std::array k_directness = {"unknown", "direct", "transitive"};

const Symbol* value_of(const Labels& labels, Symbol key) {
  const auto at = std::find_if(labels.begin(), labels.end(), [&](const Label& label) { return label.first == key; });
  return at == labels.end() ? nullptr : &at->second;
}

bool holds(const LabelRequirement& term, const Labels& labels) {
  const Symbol* value = value_of(labels, term.key);
  const auto listed = [&] { return std::find(term.values.begin(), term.values.end(), *value) != term.values.end(); };
  switch (term.operation) {
    case LabelRequirement::Operator::in:
      return value != nullptr && listed();
    case LabelRequirement::Operator::not_in:
      return value == nullptr || !listed();
    case LabelRequirement::Operator::exists:
      return value != nullptr;
    case LabelRequirement::Operator::does_not_exist:
      return value == nullptr;
  }
  return false;
}

std::string term_text(const LabelRequirement& term) {
  const std::string key = term.key.str();
  if (term.operation == LabelRequirement::Operator::exists) return key;
  if (term.operation == LabelRequirement::Operator::does_not_exist) return "!" + key;
  const bool in = term.operation == LabelRequirement::Operator::in;
  if (in && term.values.size() == 1) return key + "=" + term.values.front().str();
  std::string values;
  for (const Symbol value : term.values) values += (values.empty() ? "" : ", ") + value.str();
  return key + (in ? " in (" : " not in (") + values + ")";
}

/// `a, b` as sorted values; empty pieces are kept, since a label may be empty.
std::vector<Symbol> values_from(std::string_view text) {
  std::vector<Symbol> values;
  for (const std::string_view value : base::split(text, ',')) values.emplace_back(base::trim(value));
  std::sort(values.begin(), values.end());
  return values;
}

LabelRequirement term_from(std::string_view text) {
  using Operator = LabelRequirement::Operator;
  if (text.starts_with('!')) return {Symbol(text.substr(1)), Operator::does_not_exist, {}};
  for (const auto& [word, operation] : {std::pair(std::string_view(" not in ("), Operator::not_in), {" in (", Operator::in}}) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos || !text.ends_with(')')) continue;
    const std::size_t begin = at + word.size();
    return {Symbol(text.substr(0, at)), operation, values_from(text.substr(begin, text.size() - begin - 1))};
  }
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {Symbol(text), Operator::exists, {}};
  return {Symbol(text.substr(0, equals)), Operator::in, {Symbol(text.substr(equals + 1))}};
}

struct FactSubject {
  Symbol operator()(const EntityFact& fact) const { return fact.address; }
  Symbol operator()(const SettingFact& fact) const { return fact.owner; }
  Symbol operator()(const MentionFact& fact) const { return fact.owner; }
  Symbol operator()(const ReferenceFact& fact) const { return fact.source; }
  Symbol operator()(const SelectorFact& fact) const { return fact.subject; }
  Symbol operator()(const NetworkPolicyFact& fact) const { return fact.address; }
  Symbol operator()(const UnreadFact& fact) const { return fact.kind; }
  Symbol operator()(const SbomFact& fact) const { return fact.name; }
  Symbol operator()(const ReportFact& fact) const { return fact.subject; }
};

}  // namespace

Symbol subject_of(const Fact& fact) { return std::visit(FactSubject{}, fact); }

const char* to_string(SettingChannel channel) { return k_channels.at(static_cast<std::size_t>(channel)); }
const char* to_string(SettingSource source) { return k_sources.at(static_cast<std::size_t>(source)); }

bool LabelSelector::matches(const Labels& labels) const {
  return std::all_of(requirements.begin(), requirements.end(), [&](const LabelRequirement& term) { return holds(term, labels); });
}

const char* to_string(ComponentType type) { return k_component_types.at(static_cast<std::size_t>(type)); }
const char* to_string(ComponentScope scope) { return k_component_scopes.at(static_cast<std::size_t>(scope)); }
const char* to_string(SbomSource source) { return source == SbomSource::lock_file ? "lock-file" : "statement"; }
const char* to_string(Directness directness) { return k_directness.at(static_cast<std::size_t>(directness)); }
const char* to_string(FindingCategory category) { return k_finding_categories.at(static_cast<std::size_t>(category)); }
const char* to_string(Reachability reachability) { return k_reachabilities.at(static_cast<std::size_t>(reachability)); }
const char* to_string(ToolStatus status) { return k_tool_statuses.at(static_cast<std::size_t>(status)); }

std::string to_string(const LabelSelector& selector) {
  if (selector.requirements.empty()) return "*";
  std::vector<std::string> terms;
  for (const LabelRequirement& term : selector.requirements) terms.push_back(term_text(term));
  std::sort(terms.begin(), terms.end());
  std::string text;
  for (const std::string& term : terms) text += (text.empty() ? "" : ", ") + term;
  return text;
}

std::optional<LabelSelector> selector_from(std::string_view text) {
  LabelSelector selector;
  if (text == "*") return selector;
  while (!text.empty()) {
    // A comma inside of parentheses separates values, not terms.
    const std::size_t open = text.find('(');
    std::size_t end = text.find(", ");
    if (open < end) end = text.find(", ", std::min(text.find(')', open), text.size()));
    const std::string_view term = text.substr(0, end);
    if (term.empty()) return std::nullopt;
    selector.requirements.push_back(term_from(term));
    if (end == std::string_view::npos) return selector;
    text.remove_prefix(end + 2);
  }
  return std::nullopt;
}

const char* to_string(InputKind kind) { return k_input_kinds.at(static_cast<std::size_t>(kind)); }

std::optional<InputKind> input_kind_from(std::string_view text) {
  const auto at = std::find(k_input_kinds.begin(), k_input_kinds.end(), text);
  if (at == k_input_kinds.end()) return std::nullopt;
  return static_cast<InputKind>(at - k_input_kinds.begin());
}

const char* to_string(Completeness completeness) { return completeness == Completeness::complete ? "complete" : "partial"; }

}  // namespace postern::model
