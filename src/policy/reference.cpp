// SPDX-License-Identifier: Apache-2.0
// Prints the language of rules and the rules themselves.
#include "policy/reference.h"

#include <postern/base/text.h>

#include <algorithm>

#include "policy/attribute_value.h"
#include "policy/functions.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

constexpr std::string_view k_introduction = R"(# The language of policy rules

Conditions and messages of rules are expressions in CEL, the Common Expression Language, with its standard functions and the
extensions for strings, lists, sets, mathematics, networks and optional values. This page lists what Postern adds. It is printed from
the tables that the evaluator uses.

## Variables
| subject of the rule | variables |
|---|---|
| `entity` | `entity` (Entity), `env` (Environment) |
| `relation` | `relation` (Relation), `source` and `target` (Entity), `env` |
| `change` | `change` (Change), `env`; in everything but `when` also `changes`: all changes of the subject that fired (list of Change) |
| `finding` | `finding` (Weakness), `entity` (the Entity that has it), `env` |

## What is not known and what is not there
- **Unknown**: a value that exists but cannot be told from the files (a region, an authentication). An expression that depends on it
  is unknown, and the rule's `on_unknown` says what follows. `true || unknown` is true and `false && unknown` is false all the same.
- **Not declared** text is `''`, a list is `[]`, a map is empty. A boolean reads as what the platform does when nobody says anything:
  `allow_privilege_escalation` and `automount_service_account_token` are true then, all others false.
  An integer is not there: ask `has(entity.replicas)` before reading it; reading it all the same is an error of the rule.
- Settings of a container that its pod may set (`run_as_user`, `run_as_group`, `run_as_non_root`, `seccomp_profile`) read as the
  container's own value, else as the pod's.
- `change.before` and `change.after` are null where the attribute was not declared.
)";

constexpr std::string_view k_example_note = R"(
The examples are executed by the tests. They hold where `source` is a service `web` of `team-web`, tier high, open to the internet,
that mounts the secret `web-token` and uses `target`, the datastore `customers-db` with PII in Germany, which a network policy of the
same name protects.

)";

/// `|` would end a cell.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

template <class Record>
void add_type(std::string& text, std::string_view name, std::string_view description) {
  text += "\n## " + std::string(name) + "\n" + std::string(description) +
          "\n\n| field | type | meaning | not declared |\n|---|---|---|---|\n";
  for (const auto& row : Record::fields()) {
    const bool plain = row.attribute != nullptr && row.get == nullptr;
    text += "| `" + std::string(row.name) + "` | " + row.type + " | " + cell(row.description) + " | " +
            (plain ? "`" + std::string(undeclared_text(*row.attribute)) + "`" : std::string()) + " |\n";
  }
}

void add_list(std::string& text, std::string_view title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  text += "- " + std::string(title) + ": " + base::join(items, "; ") + "\n";
}

void add_rule(std::string& text, const Rule& rule) {
  const std::string severity =
      rule.severity_program ? "`" + rule.severity_program->source() + "`" : std::to_string(rule.severity).substr(0, 3);
  text += "\n### " + rule.id + ": " + rule.title + "\n";
  if (!rule.why.text.empty()) text += rule.why.text + "\n";
  text += "\n- subject: " + std::string(to_string(rule.subject)) + "; severity " + severity + "; " + to_string(rule.enforcement) +
          ", blocks from band " + std::string(model::to_string(rule.block_at)) + "; unknown: " + to_string(rule.on_unknown) + "\n";
  text += "- remedy: " + rule.remediation + "\n";
  add_list(text, "asked for by", rule.references);
  add_list(text, "asked for by (mapping not verified)", rule.references_unverified);
  text += "\n```\n" + rule.when_text + "\n```\n";
}

constexpr std::string_view k_queries = R"(
## In queries
`postern query` asks a condition of each entity of one state. It has the variables `entity`, `service` (the same; a query that says
`service` is only about what runs code or holds data, and about applications of which nothing but a bill of materials is known) and
`env`. Everything that rules about entities know holds there, with these differences:

| field | type | meaning |
|---|---|---|
)";

void add_queries(std::string& text) {
  text += k_queries;
  for (const auto& row : EntityRecord::query_fields()) {
    const auto same = [&](const auto& other) { return other.name == row.name && other.type == row.type; };
    if (std::any_of(EntityRecord::fields().begin(), EntityRecord::fields().end(), same)) continue;
    text += "| `entity." + std::string(row.name) + "` | " + row.type + " | " + cell(row.description) + " |\n";
  }
  text += "\n### Library\nA library of an entity, in queries.\n\n| field | type | meaning |\n|---|---|---|\n";
  for (const auto& row : LibraryRecord::fields())
    text += "| `" + std::string(row.name) + "` | " + row.type + " | " + cell(row.description) + " |\n";
}

}  // namespace

std::string reference_markdown() {
  std::string text(k_introduction);
  add_type<EntityRecord>(text, "Entity", "A service, job, datastore, endpoint, gateway, third party, secret, network policy...");
  add_type<ContainerRecord>(text, "Container", "A container of a workload.");
  add_type<DataRecord>(text, "Data", "A class of data that an entity holds or handles.");
  add_type<RelationRecord>(text, "Relation", "How one entity depends on another.");
  add_type<ChangeRecord>(text, "Change",
                         "One difference between the two states: a subject that came or went, or one changed attribute.");
  add_type<WeaknessRecord>(
      text, "Weakness",
      "What an advisory, a bill of materials or a tool says is weak about an entity, joined over all who say so.");
  add_type<EnvironmentRecord>(text, "Environment", "Where the build goes.");
  add_queries(text);
  text += "\n## Functions\n" + std::string(k_example_note) + "| function | meaning | example |\n|---|---|---|\n";
  for (const cel::FunctionRow& row : functions()) {
    text += "| `" + std::string(row.signature) + "` | " + cell(row.description) + " | `" + cell(row.example) + "` |\n";
  }
  return text;
}

std::string rules_markdown(const PackSet& packs) {
  std::string text = "# Rules\n\nWhat the policy packs look for. Printed from the packs.\n";
  for (const Pack& pack : packs.packs) {
    text += "\n## " + pack.name + " " + pack.version + "\n" + pack.title + "\n";
    for (const Rule& rule : pack.rules) add_rule(text, rule);
  }
  return text;
}

}  // namespace postern::policy
