// SPDX-License-Identifier: Apache-2.0
// `postern policy try EXPRESSION A B`: which subjects of a delta an expression matches, and why, step by step.
#include <postern/base/error.h>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/state_pair.h"
#include "app/talk.h"
#include "policy/trial.h"
#include "render/escape.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_few = 10;  ///< subjects that are shown without --verbose

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

/// An expression on one line.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const char shown = c == '\n' || c == '\t' ? ' ' : c;
    if (shown != ' ' || (!line.empty() && line.back() != ' ')) line += shown;
  }
  return render::terminal(line);
}

std::string steps_text(const policy::TrialSubject& subject) {
  std::size_t width = 0;
  for (const policy::TrialStep& step : subject.steps) width = std::max(width, 2 * step.depth + on_one_line(step.expression).size());
  constexpr std::size_t k_widest = 90;
  width = std::min(width, k_widest);
  std::string text;
  for (const policy::TrialStep& step : subject.steps) {
    text += "    " + padded(std::string(2 * step.depth, ' ') + on_one_line(step.expression), width) + "  = " +
            render::terminal(step.value) + "\n";
  }
  return text;
}

std::string list_text(const char* title, const std::vector<policy::TrialSubject>& list, bool all) {
  if (list.empty()) return {};
  std::string text = "\n" + std::string(title) + "\n";
  const std::size_t shown = all ? list.size() : std::min(list.size(), k_few);
  for (std::size_t i = 0; i < shown; ++i) {
    const policy::TrialSubject& subject = list[i];
    text += "  " + render::terminal(subject.name) + (subject.state.empty() ? "" : "  (" + subject.state + ")") + "\n" +
            steps_text(subject);
  }
  if (shown < list.size()) text += "  and " + std::to_string(list.size() - shown) + " more; --verbose shows all\n";
  return text;
}

std::string terms_text(const std::vector<policy::TrialTerm>& terms) {
  std::size_t width = 0;
  for (const policy::TrialTerm& term : terms) width = std::max(width, 2 * term.depth + on_one_line(term.expression).size());
  std::string text = "\nhow often each part was evaluated, and to what\n";
  for (const policy::TrialTerm& term : terms) {
    text += "  " + padded(std::string(2 * term.depth, ' ') + on_one_line(term.expression), width) + "  true " +
            std::to_string(term.tally.yes) + ", false " + std::to_string(term.tally.no);
    if (term.tally.unknown != 0) text += ", unknown " + std::to_string(term.tally.unknown);
    if (term.tally.failed != 0) text += ", failed " + std::to_string(term.tally.failed);
    text += "\n";
  }
  return text;
}

std::string as_text(const policy::Trial& trial, const char* kind, const Options& options) {
  std::string text = std::to_string(trial.subjects) + " subjects (" + kind + "): ";
  if (!trial.is_condition) {
    return text + "values\n" + list_text("values", trial.matches, options.verbose) +
           list_text("unknown", trial.undecided, options.verbose) + list_text("failed", trial.failed, options.verbose);
  }
  text += std::to_string(trial.matches.size()) + " match, " + std::to_string(trial.undecided.size()) + " unknown, " +
          std::to_string(trial.failed.size()) + " failed\n";
  return text + terms_text(trial.terms) + list_text("matches", trial.matches, options.verbose) +
         list_text("unknown", trial.undecided, options.verbose) + list_text("failed", trial.failed, options.verbose);
}

Json json_of(const std::vector<policy::TrialSubject>& list) {
  Json rows = Json::array();
  for (const policy::TrialSubject& subject : list) {
    Json steps = Json::array();
    for (const policy::TrialStep& step : subject.steps)
      steps.push_back({{"depth", step.depth}, {"expression", step.expression}, {"value", step.value}});
    rows.push_back({{"subject", subject.name}, {"state", subject.state}, {"value", subject.value}, {"steps", std::move(steps)}});
  }
  return rows;
}

std::string as_json(const policy::Trial& trial, const char* kind) {
  Json terms = Json::array();
  for (const policy::TrialTerm& term : trial.terms) {
    terms.push_back({{"depth", term.depth},
                     {"expression", term.expression},
                     {"true", term.tally.yes},
                     {"false", term.tally.no},
                     {"unknown", term.tally.unknown},
                     {"failed", term.tally.failed}});
  }
  const Json whole = {{"subject", kind},
                      {"subjects", trial.subjects},
                      {"terms", std::move(terms)},
                      {"matches", json_of(trial.matches)},
                      {"unknown", json_of(trial.undecided)},
                      {"failed", json_of(trial.failed)}};
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

int policy_try(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json") unknown_format(format, {"json", "text"});
  base::DiagnosticSink sink;
  const std::optional<policy::TrialExpression> expression = policy::compile_trial(options.paths.front(), sink);
  tell(sink.all(), Talk::normal);
  if (!expression)
    throw UsageError("the expression cannot be used", "docs/reference/policy-language.md lists variables, fields and functions");
  Options sources = options;
  sources.paths.erase(sources.paths.begin());
  const StatePair pair = read_state_pair(sources);
  const policy::Trial trial =
      policy::try_expression(*expression, pair.baseline.graph, pair.candidate.graph, pair.delta, pair.environment);
  const char* kind = model::to_string(expression->subject);
  write_output(format == "json" ? as_json(trial, kind) : as_text(trial, kind, options));
  return pair.whole ? 0 : 3;
}

}  // namespace postern::app
