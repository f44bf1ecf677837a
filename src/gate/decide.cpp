// SPDX-License-Identifier: Apache-2.0
// From findings and troubles to the verdict.
#include "gate/decide.h"

#include <algorithm>
#include <array>

namespace postern::gate {
namespace {

using model::EnvironmentClass;
using model::Finding;
using model::Reason;
using model::Verdict;

/// How much a trouble counts in each class of environment.
struct TroubleRow {
  Trouble trouble;
  const char* code;
  Verdict production;
  Verdict staging;
  Verdict development;
};

constexpr std::array k_troubles = {
    TroubleRow{Trouble::input_unreadable, "input-unreadable", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::input_missing, "input-missing", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::baseline_unreadable, "baseline-unreadable", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::baseline_missing, "baseline-missing", Verdict::indeterminate, Verdict::warn, Verdict::warn},
    TroubleRow{Trouble::kinds_unread, "kinds-unread", Verdict::warn, Verdict::warn, Verdict::warn},
    TroubleRow{Trouble::candidate_shrank, "candidate-shrank", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::nothing_discovered, "nothing-discovered", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::no_rules, "no-rules", Verdict::indeterminate, Verdict::indeterminate, Verdict::indeterminate},
    TroubleRow{Trouble::threat_data_aging, "threat-data-aging", Verdict::warn, Verdict::warn, Verdict::warn},
    TroubleRow{Trouble::threat_data_stale, "threat-data-stale", Verdict::indeterminate, Verdict::warn, Verdict::warn},
    TroubleRow{Trouble::components_unknown, "components-unknown", Verdict::indeterminate, Verdict::warn, Verdict::warn},
    TroubleRow{Trouble::threat_data_missing, "threat-data-missing", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
    TroubleRow{Trouble::rule_undecided, "rule-undecided", Verdict::indeterminate, Verdict::indeterminate, Verdict::warn},
};

const TroubleRow& row_of(Trouble trouble) {
  return *std::find_if(k_troubles.begin(), k_troubles.end(), [&](const TroubleRow& row) { return row.trouble == trouble; });
}

Verdict weight_of(const TroubleRow& row, EnvironmentClass environment) {
  switch (environment) {
    case EnvironmentClass::staging:
      return row.staging;
    case EnvironmentClass::development:
      return row.development;
    case EnvironmentClass::production:
    case EnvironmentClass::would_be_production:
      return row.production;
  }
  return row.production;
}

/// Ascending importance; the verdict is the most important one that any reason supports.
int rank_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::warn:
      return 1;
    case Verdict::indeterminate:
      return 2;
    case Verdict::block:
      return 3;
  }
  return 2;
}

std::string headline(const Finding& finding) {
  return finding.title + " (" + std::string(model::to_string(finding.risk.band)) + ", " +
         model::tenths_to_string(finding.risk.score_tenths) + "): " + finding.message;
}

}  // namespace

int exit_code_of(Verdict verdict, int warn_exit_code) {
  switch (verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::warn:
      return warn_exit_code;
    case Verdict::block:
      return 1;
    case Verdict::indeterminate:
      return 3;
  }
  return 3;
}

Outcome decide(const Evidence& evidence) {
  Outcome outcome;
  for (const Finding& finding : evidence.findings) {
    if (!model::is_fresh(finding)) continue;
    const bool blocks = model::is_blocking(finding);
    if (!model::is_risky(finding)) {
      outcome.reasons.push_back({Verdict::pass, "finding-told", headline(finding), finding.remediation});
      continue;
    }
    const Verdict supports = blocks && evidence.baseline_known ? Verdict::block : Verdict::warn;
    outcome.reasons.push_back({supports, blocks ? "finding-blocks" : "finding-warns", headline(finding), finding.remediation});
  }
  for (const MetTrouble& met : evidence.troubles) {
    const TroubleRow& row = row_of(met.trouble);
    outcome.reasons.push_back({weight_of(row, evidence.environment), row.code, met.message, met.hint});
  }
  std::stable_sort(outcome.reasons.begin(), outcome.reasons.end(),
                   [](const Reason& a, const Reason& b) { return rank_of(a.supports) > rank_of(b.supports); });
  outcome.verdict = outcome.reasons.empty() ? Verdict::pass : outcome.reasons.front().supports;
  outcome.exit_code = exit_code_of(outcome.verdict, evidence.warn_exit_code);
  return outcome;
}

}  // namespace postern::gate
