// SPDX-License-Identifier: Apache-2.0
// `postern policy list|explain|test|lint`: the rules in use, what each says, whether the cases of packs hold, what is doubtful.
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "app/case_report.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/threats.h"
#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
#include "diff/diff.h"
#include "enrich/enrich.h"
#include "ingest/project.h"
#include "ingest/read_input.h"
#include "policy/lint.h"
#include "policy/pack_tests.h"
#include "policy/reference.h"
#include "render/escape.h"
#include "resolve/libraries/settle.h"

namespace postern::app {
namespace {

policy::PackSet packs_of(const Options& options) {
  DecisionInputs inputs;
  return packs_in_use(options, settled_configuration(options, inputs), options.environment.value_or("review"), inputs);
}

/// A file of a case: its name, and its text.
using CaseFile = std::pair<std::string, std::string>;

/// The files of a state: a line `#@ PATH` begins one; what stands before the first is manifests.
std::vector<CaseFile> files_of(const std::string& text, const char* file) {
  constexpr std::string_view k_mark = "#@ ";
  std::vector<CaseFile> files{{file, {}}};
  for (const std::string_view line : base::split(text, '\n')) {
    if (line.starts_with(k_mark)) {
      files.emplace_back(base::trim(line.substr(k_mark.size())), std::string());
    } else {
      files.back().second.append(line).append("\n");
    }
  }
  std::erase_if(files, [](const CaseFile& each) { return base::trim(each.second).empty(); });
  return files;
}

/// What all files say: first those of which several make one thing, then each other one by itself.
std::vector<std::shared_ptr<const model::Input>> inputs_of(const std::vector<CaseFile>& files, base::DiagnosticSink& sink) {
  std::vector<ingest::SourceFile> sources;
  for (const CaseFile& file : files) sources.push_back({file.first, file.second});
  const ingest::SourceFiles all({}, std::move(sources));
  std::map<std::string, std::vector<model::Fact>, std::less<>> taken;
  for (const ingest::ProjectRow& row : ingest::project_formats()) {
    for (ingest::ProjectFile& read : row.read(all, {}, sink))
      taken.try_emplace(std::string(all[read.file].path), std::move(read.facts));
  }
  std::vector<std::shared_ptr<const model::Input>> inputs;
  for (const CaseFile& file : files) {
    const auto facts = taken.find(file.first);
    model::Input input{base::Symbol(file.first), {}, {}};
    if (facts != taken.end()) {
      input.facts = std::move(facts->second);
    } else {
      input = std::move(ingest::read_input(file.first, file.second, {}, {}, sink).input);
    }
    inputs.push_back(std::make_shared<const model::Input>(std::move(input)));
  }
  return inputs;
}

/// The snapshot that the files in a case describe.
model::Snapshot snapshot_of(const std::string& text, const char* file) {
  model::Snapshot snapshot;
  base::DiagnosticSink sink;
  if (!text.empty()) {
    auto inputs = inputs_of(files_of(text, file), sink);
    if (sink.has_errors()) throw Error(base::to_string(sink.all().front().location) + ": " + sink.all().front().message);
    snapshot.units.push_back(
        {{base::Symbol("case"), {}, base::Symbol("default"), model::InputKind::manifests}, {}, std::move(inputs)});
  }
  return snapshot;
}

policy::StatePair states_of(const policy::PackCase& pack_case) {
  const model::Snapshot old_snapshot = snapshot_of(pack_case.baseline, "baseline");
  const model::Snapshot new_snapshot = snapshot_of(pack_case.candidate, "candidate");
  const model::StateView old_view = compose::view_of(old_snapshot);
  const model::StateView new_view = compose::view_of(new_snapshot);
  LinkedState before = link_and_derive(old_view);
  LinkedState after = link_and_derive(new_view);
  const auto contents = resolve::libraries::add_libraries(
      {old_view, before.graph, before.diagnostics}, {new_view, after.graph, after.diagnostics},
      [](std::string_view) { return std::optional<std::string>(); }, resolve::libraries::LibraryDetail::differences);
  policy::StatePair pair{std::move(before.graph), std::move(after.graph), {}, {}, {}};
  pair.delta = diff::diff(pair.baseline, pair.candidate);
  enrich::Enrichment enrichment =
      enrich::enrich({old_view, pair.baseline, contents.before}, {new_view, pair.candidate, contents.after},
                     intelligence_of(pack_case.threats), {}, after.diagnostics);
  pair.weaknesses_before = std::move(enrichment.before);
  pair.weaknesses_after = std::move(enrichment.after);
  return pair;
}

std::string cases_as(const std::string& format, const CaseRun& run, const Options& options) {
  if (format == "junit") return cases_as_junit(run);
  if (format == "json") return cases_as_json(run);
  if (format != "text") unknown_format(format, {"json", "junit", "text"});
  return cases_as_text(run, options.verbose, options.coverage);
}

/// Packs as they are written, those of the positional arguments included: what the configuration decides about rules is no part of
/// what their cases prove.
policy::PackSet packs_to_check(const Options& options) {
  Options with_folders = options;
  with_folders.policies.insert(with_folders.policies.end(), options.paths.begin(), options.paths.end());
  DecisionInputs inputs;
  return packs_as_written(with_folders, settled_configuration(options, inputs), inputs);
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
    for (const policy::DisabledRule& rule : pack.disabled) {
      text += "  " + rule.id + "  disabled  " + rule.reason + " (" + rule.origin + ")\n";
    }
  }
  for (const model::Weakening& weakening : packs.weakenings) {
    if (weakening.code == "rule-weakened") text += weakening.message + " (" + weakening.origin + ")\n";
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
  const std::string format = options.format.empty() ? "text" : options.format;
  const auto reports = reports_of(options.reports);
  for (const auto& [name, file] : reports) (void)cases_as(name, {}, options);  // what was asked for is checked first
  const policy::PackSet packs = packs_to_check(options);
  const CaseRun run{policy::run_pack_tests(packs, states_of), policy::cover_rules(packs, states_of)};
  for (const auto& [name, file] : reports) write_file(file, cases_as(name, run, options));
  write_output(cases_as(format, run, options));
  const bool held =
      std::all_of(run.results.begin(), run.results.end(), [](const policy::CaseResult& result) { return result.passed; });
  return held && !run.results.empty() ? 0 : 1;
}

int policy_lint(const Options& options) {
  const policy::PackSet packs = packs_to_check(options);
  base::DiagnosticSink sink;
  policy::lint(packs, sink);
  std::string text;
  std::size_t warnings = 0;
  for (const base::Diagnostic& diagnostic : sink.all()) {
    const bool is_warning = diagnostic.severity != base::Severity::note;
    warnings += std::size_t{is_warning};
    if (!is_warning && !options.verbose) continue;
    text += render::terminal(base::to_string(diagnostic.location) + ": " + base::to_string(diagnostic.severity) + " " +
                             diagnostic.code + ": " + base::join(diagnostic.context, " > ") + ": " + diagnostic.message) +
            "\n";
    if (!diagnostic.hint.empty()) text += "  " + render::terminal(diagnostic.hint) + "\n";
  }
  const std::size_t notes = sink.all().size() - warnings;
  text += std::to_string(packs.rule_count()) + " rules, " + std::to_string(warnings) + (warnings == 1 ? " warning" : " warnings") +
          ", " + std::to_string(notes) + (notes == 1 ? " note" : " notes") +
          (notes != 0 && !options.verbose ? " (--verbose shows them)" : "") + "\n";
  write_output(text);
  return warnings == 0 ? 0 : 1;
}

}  // namespace postern::app
