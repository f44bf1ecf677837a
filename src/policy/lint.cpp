// SPDX-License-Identifier: Apache-2.0
// The checks, one function each, in a table.
#include "policy/lint.h"

#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <string>

#include "policy/codes.h"
#include "policy/guard_index.h"
#include "policy/reading.h"
#include "policy/reference.h"
#include "policy/value_sets.h"

namespace postern::policy {
namespace {

using base::Severity;

struct Lint {
  const Rule& rule;
  Reading& reading;

  void warn(std::string_view code, std::string message, std::string hint = {}) const {
    reading.report(code, Severity::warning, rule.location, std::move(message), std::move(hint));
  }
  void note(std::string_view code, std::string message, std::string hint = {}) const {
    reading.report(code, Severity::note, rule.location, std::move(message), std::move(hint));
  }
};

const char* word(bool value) { return value ? "true" : "false"; }

/// The whole condition, or a part of it, is always the same.
void check_constants(const Lint& lint) {
  for (const cel::Term& term : lint.rule.when->terms()) {
    if (!term.constant) continue;
    if (term.role == cel::TermRole::whole) {
      lint.warn(k_constant_condition, std::string("the condition is always ") + word(*term.constant),
                *term.constant ? "the rule fires on every subject" : "the rule never fires");
      return;
    }
    lint.warn(k_constant_part, "the part '" + term.expression + "' of the condition is always " + word(*term.constant),
              "leave it out, or compare what was meant");
  }
}

/// Constants that a field never has: a misspelt word is no error of the language, it merely never matches.
void check_words(const Lint& lint) {
  for (const cel::Guard& comparison : lint.rule.when->uses().comparisons) {
    const std::vector<std::string_view> words = possible_words(comparison.path, lint.rule.subject);
    if (words.empty()) continue;
    for (const cel::Value& constant : comparison.allowed) {
      if (!constant.is(cel::Kind::string)) continue;
      if (std::find(words.begin(), words.end(), constant.as_text()) != words.end()) continue;
      const auto near = base::did_you_mean(constant.as_text(), words);
      lint.warn(k_impossible_value, comparison.path + " is never '" + std::string(constant.as_text()) + "'",
                near ? "did you mean '" + *near + "'?" : "`postern list attributes` and the reference list what there is");
    }
  }
}

bool allows(const std::vector<cel::Value>& allowed, const cel::Value& wanted) {
  return std::any_of(allowed.begin(), allowed.end(), [&](const cel::Value& each) { return to_text(each) == to_text(wanted); });
}

/// Two demands on the same path that cannot both hold.
void check_contradictions(const Lint& lint) {
  std::map<std::string, std::vector<cel::Value>> possible;
  if (lint.rule.subject == model::SubjectKind::change) {
    for (const model::ChangeKind kind : lint.rule.on) possible["change.kind"].push_back(cel::Value::string(to_string(kind)));
  }
  for (const cel::Guard& guard : lint.rule.when->guards()) {
    const auto [at, first] = possible.emplace(guard.path, guard.allowed);
    if (first) continue;
    std::erase_if(at->second, [&](const cel::Value& value) { return !allows(guard.allowed, value); });
    if (!at->second.empty()) continue;
    lint.warn(k_unreachable_rule, "the rule can never fire: what it demands of " + guard.path + " contradicts itself",
              guard.path == "change.kind" ? "compare it with the kinds of change that 'on' lists" : "two demands are joined by &&");
    return;
  }
}

/// A condition that has to be evaluated on every subject.
void check_index(const Lint& lint) {
  const cel::Environment& environment = cel_environment(lint.rule.subject);
  const auto usable = [&](const cel::Guard& guard) {
    const auto indexed = [](const cel::Value& value) { return value.is(cel::Kind::string) || value.is(cel::Kind::boolean); };
    return resolve_path(guard.path, environment).has_value() && std::all_of(guard.allowed.begin(), guard.allowed.end(), indexed);
  };
  const std::vector<cel::Guard>& guards = lint.rule.when->guards();
  const bool constant = lint.rule.when->terms().front().constant.has_value();
  if (constant || std::any_of(guards.begin(), guards.end(), usable)) return;
  lint.note(k_not_indexable, "the condition has no constant guard, so it is evaluated on every subject",
            "begin with what most subjects are not, for instance entity.kind == 'service' && ...");
}

void check_unknown(const Lint& lint) {
  if (lint.rule.enforcement != model::Enforcement::hard || lint.rule.on_unknown != model::OnUnknown::report) return;
  lint.warn(k_silent_hard_rule, "the rule cannot be overridden, yet it says nothing where its condition is unknown",
            "write on_unknown: indeterminate, or fire");
}

void check_texts(const Lint& lint) {
  if (!lint.rule.why.program && lint.rule.why.text.empty())
    lint.note(k_no_reason, "the rule does not say why it matters", "add 'why'");
  if (lint.rule.message.program && lint.rule.message.program->uses().variables.empty())
    lint.warn(k_empty_message, "the message names nothing of the subject that the rule fired for",
              "name the facts: entity.name + ' ...'");
  if (lint.rule.references.empty() && lint.rule.references_unverified.empty())
    lint.note(k_no_reference, "the rule names nothing that asks for it", "add 'references', where there are any");
}

void check_levels(const Lint& lint) {
  if (lint.rule.enforcement == model::Enforcement::advisory || lint.rule.severity_program || lint.rule.severity > 0) return;
  lint.warn(k_no_severity, "the rule may block, but its severity of 0 leaves nothing to score");
}

using Check = void (*)(const Lint&);
constexpr Check k_checks[] = {check_constants, check_words, check_contradictions, check_index,
                              check_unknown,   check_texts, check_levels};

/// Rules that say the same.
void check_twins(const PackSet& packs, Reading& reading) {
  std::map<std::pair<model::SubjectKind, std::string>, const Rule*> first;
  for (const Pack& pack : packs.packs) {
    for (const Rule& rule : pack.rules) {
      const auto [at, fresh] = first.emplace(std::pair(rule.subject, rule.when_text), &rule);
      if (fresh || at->second->on != rule.on) continue;
      const Reading::Scope scope(reading, "rule " + rule.id);
      reading.report(k_twin_rule, Severity::warning, rule.location, "the rule has the same condition as " + at->second->id,
                     "keep one of them");
    }
  }
}

}  // namespace

void lint(const PackSet& packs, base::DiagnosticSink& sink) {
  Reading reading(sink);
  for (const Pack& pack : packs.packs) {
    const Reading::Scope in_pack(reading, "pack " + pack.name);
    for (const Rule& rule : pack.rules) {
      const Reading::Scope in_rule(reading, "rule " + rule.id);
      for (const Check check : k_checks) check({rule, reading});
    }
  }
  check_twins(packs, reading);
}

}  // namespace postern::policy
