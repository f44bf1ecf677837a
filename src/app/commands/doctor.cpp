// SPDX-License-Identifier: Apache-2.0
// `postern doctor`: whether everything is in place for a verdict, and what weakens it.
#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <functional>

#include "app/baseline_choice.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/threat_data/settings.h"
#include "render/escape.h"
#include "render/words.h"

namespace postern::app {
namespace {

enum class Health : std::uint8_t { good, weak, broken };

/// What was found, line by line, and the worst of it.
class Findings {
 public:
  void add(Health health, const std::string& subject, const std::string& text, const std::string& help = {}) {
    constexpr std::array<const char*, 3> k_words = {"ok      ", "weak    ", "broken  "};
    m_text += k_words.at(static_cast<std::size_t>(health)) + render::terminal(subject) + ": " + render::terminal(text) + "\n";
    if (!help.empty()) m_text += "        help: " + render::terminal(help) + "\n";
    m_worst = std::max(m_worst, health);
  }
  /// Runs a check; what it throws is broken.
  void check(const std::string& subject, const std::function<void()>& run) {
    try {
      run();
    } catch (const Error& error) {
      add(Health::broken, subject, error.what(), error.hint());
    }
  }
  [[nodiscard]] const std::string& text() const { return m_text; }
  [[nodiscard]] Health worst() const { return m_worst; }

 private:
  std::string m_text;
  Health m_worst = Health::good;
};

void check_configuration(Findings& findings, const GateRequest& request) {
  const Configuration& configuration = request.configuration;
  if (configuration.path.empty()) {
    findings.add(Health::weak, "configuration", "there is none: every environment counts as production but `review`",
                 "`postern init` writes a first one");
    return;
  }
  findings.add(Health::good, "configuration",
               configuration.path + ", " + render::counted(configuration.environments.size(), "environment") + ", application " +
                   (configuration.application.value.empty() ? "called like the repository" : configuration.application.value));
  if (configuration.warn_exit_code.value != 0) {
    findings.add(Health::good, "warn_exit_code", "warnings end with " + std::to_string(configuration.warn_exit_code.value));
  }
  if (configuration.scope.value == model::Scope::full && configuration.scope.origin.text == "default")
    findings.add(Health::good, "scope",
                 "full: a candidate is the whole application; a pipeline of one service wants --scope units");
}

void check_policies(Findings& findings, const Options& options, GateRequest& request) {
  const policy::PackSet packs = packs_in_use(options, request.configuration, request.environment.name, request.inputs);
  DecisionInputs shipped;
  const std::size_t all = packs_in_use({}, {}, {}, shipped).packs.size();
  findings.add(Health::good, "policies",
               render::counted(packs.packs.size(), "pack") + ", " + render::counted(packs.rule_count(), "rule"));
  if (packs.rule_count() == 0) findings.add(Health::broken, "policies", "there is no rule to judge by");
  const auto left_out = [](const EnvironmentSetting& setting) { return !setting.packs.empty(); };
  const auto& environments = request.configuration.environments;
  const bool chosen = !request.configuration.packs.value.empty() ||
                      std::any_of(environments.begin(), environments.end(), [&](const auto& row) { return left_out(row.second); });
  if (chosen) findings.add(Health::weak, "policies", "`packs` leaves out some of the " + std::to_string(all) + " shipped packs");
}

/// What is known about weaknesses, and since when.
void check_threats(Findings& findings, const Options& options, const GateRequest& request) {
  const ThreatChoice choice = threat_choice(options, request.configuration);
  const Threats threats(choice, threatdb::to_text(present()));
  const std::string help = "`postern threatdb update` or `postern threatdb import FILE...`";
  if (!threats.is_there()) {
    findings.add(Health::weak, "threat database", "there is none: weaknesses of components are not known", help);
    return;
  }
  switch (threats.freshness()) {
    case threatdb::Freshness::fresh:
      return findings.add(Health::good, "threat database", choice.folder + ": " + threats.age_text());
    case threatdb::Freshness::aging:
      return findings.add(Health::weak, "threat database", "getting old: " + threats.age_text(), help);
    case threatdb::Freshness::stale:
      return findings.add(Health::broken, "threat database", "too old: " + threats.age_text(), help);
    case threatdb::Freshness::missing:
      return findings.add(Health::broken, "threat database", choice.folder + " holds no advisories", help);
  }
}

void check_repository(Findings& findings, const DecisionInputs& inputs) {
  if (inputs.side()) {
    findings.add(Health::good, "merge request",
                 "what decides is read from " + inputs.side()->reference + " (" + inputs.side()->commit.substr(0, 12) + ")");
  } else if (!inputs.trouble().empty()) {
    findings.add(Health::weak, "merge request", inputs.trouble());
  } else {
    findings.add(Health::good, "merge request", "none: no CI system says that this is one");
  }
}

/// Reads the sources and the baseline of one environment as the gate would.
void check_environment(Findings& findings, const Options& options, const std::string& name) {
  Options asked = options;
  asked.environment = name;
  const GateRequest request = gate_request(asked);
  const std::string subject = "environment " + name;
  SourceReader reader = reader_for(request);
  SourcePlace place = place_of(request, reader);
  const ReadSource candidate = reader.read(request.candidate, place);
  const std::string what = candidate.judged.description + ": " + render::counted(candidate.judged.inputs.size(), "input");
  if (candidate.diagnostics.has_errors()) {
    findings.add(Health::broken, subject, what + ", " + render::counted(candidate.diagnostics.error_count(), "error"),
                 "`postern map` prints them");
  } else if (candidate.snapshot.units.empty()) {
    findings.add(Health::broken, subject, what + ", none of which can be read",
                 "name the right folder in `sources` of the environment");
  } else {
    findings.add(Health::good, subject,
                 std::string(model::environment_class_name(request.environment.environment_class)) + ", " + what);
  }
  const ChosenBaseline chosen = choose_baseline(request, reader);
  const ReadSource baseline = read_baseline(chosen, reader, place);
  if (is_known(chosen, baseline)) {
    findings.add(Health::good, subject, "baseline " + chosen.text());
  } else if (chosen.sources.empty()) {
    if (request.environment.environment_class != model::EnvironmentClass::production) {
      findings.add(Health::good, subject,
                   "merge requests are compared with the commit that they go into; other runs need --baseline");
      return;
    }
    findings.add(Health::weak, subject, "no baseline is configured: each run needs --baseline",
                 "`baseline: snapshot:FILE` in the environment, written by `postern map --format snapshot` after each deploy");
  } else {
    findings.add(Health::broken, subject, "the baseline " + chosen.text() + " cannot be read in full");
  }
  if (request.block_at)
    findings.add(Health::weak, subject,
                 "soft rules block from the band " + std::string(model::to_string(*request.block_at)) + " on");
}

}  // namespace

int doctor(const Options& options) {
  Findings findings;
  Options quiet = options;
  quiet.quiet = true;
  GateRequest request;
  findings.check("merge request", [&] {
    request.inputs = DecisionInputs::for_merge_request(quiet);
    check_repository(findings, request.inputs);
  });
  findings.check("configuration", [&] {
    request.configuration = settled_configuration(quiet, request.inputs);
    request.environment = environment_called(request.configuration, quiet.environment);
    check_configuration(findings, request);
  });
  findings.check("threat database", [&] { check_threats(findings, quiet, request); });
  findings.check("policies", [&] { check_policies(findings, quiet, request); });
  if (!request.configuration.risk_model.value.empty())
    findings.add(Health::weak, "risk model", "numbers are overridden by " + request.configuration.risk_model.value);
  for (const auto& [name, setting] : request.configuration.environments) {
    findings.check("environment " + name, [&] { check_environment(findings, quiet, name); });
  }
  write_output(findings.text());
  return findings.worst() == Health::broken ? 2 : 0;
}

}  // namespace postern::app
