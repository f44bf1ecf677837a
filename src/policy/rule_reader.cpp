// SPDX-License-Identifier: Apache-2.0
// The keys of a rule, one row each.
#include "policy/rule_reader.h"

#include <algorithm>
#include <array>

#include "policy/codes.h"
#include "policy/expression.h"

namespace postern::policy {
namespace {

constexpr double k_highest_severity = 10;
constexpr std::array<std::string_view, 1> k_boolean = {"bool"};
constexpr std::array<std::string_view, 1> k_string = {"string"};
constexpr std::array<std::string_view, 2> k_number = {"double", "int"};
constexpr std::array<std::string_view, 2> k_strings = {"string", "list(string)"};

constexpr std::array<std::string_view, 4> k_subjects = {"entity", "relation", "change", "finding"};
constexpr std::array<std::string_view, 3> k_changes = {"added", "removed", "modified"};
constexpr std::array<std::string_view, 2> k_groups = {"subject", "attribute"};
constexpr std::array<std::string_view, 3> k_unknowns = {"fire", "report", "indeterminate"};
constexpr std::array<std::string_view, 4> k_enforcements = {"informative", "advisory", "soft", "hard"};
constexpr std::array<std::string_view, 4> k_bands = {"low", "medium", "high", "critical"};

template <typename Enum, std::size_t Size>
void read_enum(RuleDraft& draft, const Node& node, std::string_view key, const std::array<std::string_view, Size>& choices,
               Enum& value) {
  if (const auto choice = read_choice(draft.reading, node, key, choices)) value = static_cast<Enum>(*choice);
}

std::optional<cel::Program> compile_text(RuleDraft& draft, const Node& node, std::string_view key,
                                         std::span<const std::string_view> wanted) {
  return read_expression(draft.reading, node, {key, draft.rule.subject, Purpose::text, wanted});
}

void read_id(RuleDraft& draft, const Node& node) {
  draft.rule.id = read_text(draft.reading, node, "the id of a rule");
  const auto allowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!std::all_of(draft.rule.id.begin(), draft.rule.id.end(), allowed)) {
    draft.reading.error(k_wrong_value, node.location(), "the id '" + draft.rule.id + "' has other characters than A-Z, 0-9 and -",
                        "write it like DATA-CROSS-BORDER");
  }
}

void read_title(RuleDraft& draft, const Node& node) { draft.rule.title = read_text(draft.reading, node, "the title"); }

void read_subject(RuleDraft& draft, const Node& node) { read_enum(draft, node, "subject", k_subjects, draft.rule.subject); }

void read_on(RuleDraft& draft, const Node& node) {
  if (draft.rule.subject != model::SubjectKind::change) {
    draft.reading.error(k_wrong_value, node.location(), "'on' is for rules with subject: change",
                        "leave it out: entity and relation rules are judged on both states");
    return;
  }
  if (!node.is_sequence() || node.size() == 0) {
    draft.reading.error(k_wrong_type, node.location(), "'on' must be a list of added, removed, modified");
    return;
  }
  draft.rule.on.clear();
  for (const Node item : node.items()) {
    model::ChangeKind kind = model::ChangeKind::modified;
    read_enum(draft, item, "on", k_changes, kind);
    draft.rule.on.push_back(kind);
  }
}

void read_group_by(RuleDraft& draft, const Node& node) {
  if (draft.rule.subject != model::SubjectKind::change) {
    draft.reading.error(k_wrong_value, node.location(), "'group_by' is for rules with subject: change");
  }
  read_enum(draft, node, "group_by", k_groups, draft.rule.group_by);
}

void read_when(RuleDraft& draft, const Node& node) {
  draft.rule.when = read_expression(draft.reading, node, {"when", draft.rule.subject, Purpose::condition, k_boolean});
  if (draft.rule.when) draft.rule.when_text = draft.rule.when->source();
}

void read_on_unknown(RuleDraft& draft, const Node& node) {
  read_enum(draft, node, "on_unknown", k_unknowns, draft.rule.on_unknown);
}
void read_enforcement(RuleDraft& draft, const Node& node) {
  read_enum(draft, node, "enforcement", k_enforcements, draft.rule.enforcement);
}
void read_block_at(RuleDraft& draft, const Node& node) { read_enum(draft, node, "block_at", k_bands, draft.rule.block_at); }

/// A number, or an expression that comes to one.
void read_severity(RuleDraft& draft, const Node& node) {
  if (node.kind() == document::Kind::string) {
    draft.rule.severity_program = compile_text(draft, node, "severity", k_number);
    return;
  }
  const auto number = node.as_number();
  if (number && *number >= 0 && *number <= k_highest_severity) {
    draft.rule.severity = *number;
    return;
  }
  draft.reading.error(k_wrong_value, node.location(),
                      "the severity must be a number from 0 to 10 or an expression that comes to one");
}

void read_message(RuleDraft& draft, const Node& node) {
  draft.rule.message.program = compile_text(draft, node, "message", k_string);
}
void read_root_cause(RuleDraft& draft, const Node& node) {
  draft.rule.root_cause.program = compile_text(draft, node, "root_cause", k_string);
}

/// A text, or `{cel: EXPRESSION}`.
void read_why(RuleDraft& draft, const Node& node) {
  if (!node.is_mapping()) {
    draft.rule.why.text = read_text(draft.reading, node, "'why'");
    return;
  }
  constexpr std::array<std::string_view, 1> k_keys = {"cel"};
  check_keys(draft.reading, node, k_keys, k_keys);
  if (const Node expression = node["cel"]) draft.rule.why.program = compile_text(draft, expression, "why", k_string);
}

void read_remediation(RuleDraft& draft, const Node& node) {
  draft.rule.remediation = read_text(draft.reading, node, "the remediation");
}
void read_references(RuleDraft& draft, const Node& node) {
  draft.rule.references = read_texts(draft.reading, node, "'references'");
}
void read_unverified(RuleDraft& draft, const Node& node) {
  draft.rule.references_unverified = read_texts(draft.reading, node, "'references_unverified'");
}

void read_salient(RuleDraft& draft, const Node& node) {
  if (!node.is_sequence()) {
    draft.reading.error(k_wrong_type, node.location(), "'salient' must be a list of expressions");
    return;
  }
  for (const Node item : node.items()) {
    if (auto program = compile_text(draft, item, "salient", k_strings)) draft.rule.salient.push_back(std::move(*program));
  }
}

void read_evidence(RuleDraft& draft, const Node& node) {
  std::vector<std::string_view> choices = {"entry"};
  for (const model::AttributeDefinition* row : model::all_attributes()) {
    if (row->subject != model::AttributeSubject::relation) choices.push_back(row->name);
  }
  draft.rule.evidence = read_texts(draft.reading, node, "'evidence'");
  for (const Node item : node.items()) (void)read_choice(draft.reading, item, "evidence", choices);
}

void read_tests(RuleDraft& draft, const Node& node) {
  draft.test_files.emplace_back(read_text(draft.reading, node, "'tests'"), node.location());
}

using enum Presence;
constexpr KeyRow<RuleDraft> k_keys[] = {
    {"id", required, read_id},
    {"title", required, read_title},
    {"subject", required, read_subject},  // before everything that is compiled
    {"on", optional, read_on},
    {"group_by", optional, read_group_by},
    {"when", required, read_when},
    {"on_unknown", required, read_on_unknown},
    {"enforcement", required, read_enforcement},
    {"severity", required, read_severity},
    {"block_at", optional, read_block_at},
    {"message", required, read_message},
    {"why", optional, read_why},
    {"remediation", required, read_remediation},
    {"references", optional, read_references},
    {"references_unverified", optional, read_unverified},
    {"salient", optional, read_salient},
    {"root_cause", optional, read_root_cause},
    {"evidence", optional, read_evidence},
    {"tests", optional, read_tests},
};

}  // namespace

RuleDraft read_rule(Reading& reading, const Node& node) {
  RuleDraft draft(reading);
  draft.rule.location = node.location();
  if (!expect_mapping(reading, node, "a rule")) return draft;
  const Node id = node["id"];
  const Reading::Scope scope(reading, "rule " + (id.text().empty() ? std::string("without id") : std::string(id.text())));
  draft.rule.on = {model::ChangeKind::added, model::ChangeKind::removed, model::ChangeKind::modified};
  read_keys(reading, node, k_keys, draft);
  if (draft.rule.subject != model::SubjectKind::change) draft.rule.on.clear();
  return draft;
}

}  // namespace postern::policy
