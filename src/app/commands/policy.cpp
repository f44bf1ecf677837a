// SPDX-License-Identifier: Apache-2.0
// `postern policy list|explain|test`: the rules in use, what each says, and whether the cases of packs hold.
#include <postern/base/error.h>
#include <postern/base/text.h>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
#include "diff/diff.h"
#include "ingest/read_input.h"
#include "policy/pack_tests.h"
#include "policy/reference.h"
#include "render/escape.h"

namespace postern::app {
namespace {

policy::PackSet packs_of(const Options& options) {
  DecisionInputs inputs;
  return packs_in_use(options, settled_configuration(options, inputs), {}, inputs);
}

/// The state that manifests in a case describe.
LinkedState state_of(const std::string& text, const char* file) {
  model::Snapshot snapshot;
  base::DiagnosticSink sink;
  if (!text.empty()) {
    ingest::ReadFile read = ingest::read_input(file, text, {}, {}, sink);
    if (sink.has_errors()) throw Error(base::to_string(sink.all().front().location) + ": " + sink.all().front().message);
    auto input = std::make_shared<const model::Input>(std::move(read.input));
    snapshot.units.push_back(
        {{base::Symbol("case"), {}, base::Symbol("default"), model::InputKind::manifests}, {}, {std::move(input)}});
  }
  return link_and_derive(compose::view_of(snapshot));
}

policy::StatePair states_of(const policy::PackCase& pack_case) {
  LinkedState before = state_of(pack_case.baseline, "baseline");
  LinkedState after = state_of(pack_case.candidate, "candidate");
  policy::StatePair pair{std::move(before.graph), std::move(after.graph), {}};
  pair.delta = diff::diff(pair.baseline, pair.candidate);
  return pair;
}

std::string shown(const std::vector<std::string>& subjects) { return subjects.empty() ? "nothing" : base::join(subjects, ", "); }

std::string line_of(const policy::CaseResult& result) {
  std::string line = std::string(result.passed ? "ok   " : "FAIL ") + result.pack + " / " + result.rule + ": " + result.name + "\n";
  if (result.passed) return line;
  if (!result.trouble.empty()) line += "     " + result.trouble + "\n";
  line += "     " + base::to_string(result.location) + ": expected to fire on " + shown(result.expected) + ", fired on " +
          shown(result.actual) + "\n";
  return line;
}

}  // namespace

int policy_list(const Options& options) {
  std::string text;
  const policy::PackSet packs = packs_of(options);
  for (const policy::Pack& pack : packs.packs) {
    text += pack.name + " " + pack.version + "\n";
    for (const policy::Rule& rule : pack.rules) {
      text += "  " + rule.id + "  " + model::to_string(rule.enforcement) + "  " + rule.title + "\n";
    }
  }
  write_output(text);
  return 0;
}

int policy_explain(const Options& options) {
  policy::PackSet packs = packs_of(options);
  const std::string& id = options.paths.front();
  const policy::Rule* rule = packs.find_rule(id);
  if (rule == nullptr) {
    std::vector<std::string> known;
    for (const policy::Pack& pack : packs.packs) {
      for (const policy::Rule& each : pack.rules) known.push_back(each.id);
    }
    const std::vector<std::string_view> names(known.begin(), known.end());
    const auto close = base::did_you_mean(id, names);
    throw UsageError("there is no rule '" + id + "'",
                     close ? "did you mean '" + *close + "'?" : "`postern policy list` shows all of them");
  }
  policy::PackSet one;
  for (policy::Pack& pack : packs.packs) {
    std::erase_if(pack.rules, [&](const policy::Rule& each) { return each.id != id; });
    if (!pack.rules.empty()) one.packs.push_back(std::move(pack));
  }
  write_output(policy::rules_markdown(one));
  return 0;
}

int policy_test(const Options& options) {
  Options with_folders = options;
  with_folders.policies.insert(with_folders.policies.end(), options.paths.begin(), options.paths.end());
  const std::vector<policy::CaseResult> results = policy::run_pack_tests(packs_of(with_folders), states_of);
  std::string text;
  std::size_t failed = 0;
  for (const policy::CaseResult& result : results) {
    if (!result.passed || options.verbose) text += line_of(result);
    if (!result.passed) ++failed;
  }
  text += std::to_string(results.size() - failed) + " of " + std::to_string(results.size()) + " cases hold\n";
  write_output(text);
  return failed == 0 && !results.empty() ? 0 : 1;
}

}  // namespace postern::app
