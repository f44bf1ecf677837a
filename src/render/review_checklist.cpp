// SPDX-License-Identifier: Apache-2.0
// The checklist of a review: a table of questions, each with the function that answers it from the decision.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <functional>

#include "render/review_parts.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ChangeKind;
using model::Decision;
using model::Finding;
using model::ReportedFlow;
using model::ReportedService;

/// Collects names with their places.
struct Collected {
  std::vector<std::string> names;
  std::vector<base::Location> places;

  void add(const std::string& name, const base::Location& location) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    if (!location.file.empty()) places.push_back(location);
  }
  [[nodiscard]] std::string text() const {
    constexpr std::size_t k_most = 8;
    std::vector<std::string> first(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), k_most)));
    if (names.size() > k_most) first.push_back(std::to_string(names.size() - k_most) + " more");
    return base::join(first, ", ");
  }
};

Collected flows_where(const Decision& decision, const std::function<bool(const ReportedFlow&)>& wanted) {
  Collected collected;
  for (const ReportedFlow& flow : decision.flows) {
    if (flow.change != ChangeKind::removed && wanted(flow))
      collected.add(flow.source.address.str() + " -> " + flow.target.address.str(), flow.location);
  }
  return collected;
}

Collected services_where(const Decision& decision, const std::function<bool(const ReportedService&)>& wanted) {
  Collected collected;
  for (const ReportedService& service : decision.services) {
    if (wanted(service)) collected.add(service.id.address.str(), service.location);
  }
  return collected;
}

Collected findings_of(const Decision& decision, std::string_view category) {
  Collected collected;
  for (const Finding& finding : decision.findings) {
    if (finding.category != category || !model::is_risky(finding)) continue;
    const model::EntityId& id = finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
    collected.add(finding.rule + " (" + id.address.str() + ")",
                  finding.evidence.empty() ? base::Location{} : finding.evidence.front().location);
  }
  return collected;
}

/// Open with what was collected, else good.
Answer open_if_any(const Collected& collected, std::string_view none) {
  if (collected.names.empty()) return {{}, Known::good, std::string(none), {}};
  return {{}, Known::open, collected.text(), collected.places};
}

bool was_opened(const Decision& decision, const ReportedService& service) {
  if (service.exposure != "internet") return false;
  if (service.change == ChangeKind::added) return true;
  return std::any_of(decision.changes.begin(), decision.changes.end(), [&](const model::ReportedChange& change) {
    return change.subject == service.id.address.str() && change.attribute == "exposure";
  });
}

Answer ways_in(const Decision& decision) {
  return open_if_any(services_where(decision, [&](const auto& service) { return was_opened(decision, service); }),
                     "no workload becomes reachable from the internet");
}

Answer authentication(const Decision& decision) {
  const auto opened = [&](const ReportedService& service) { return was_opened(decision, service); };
  if (services_where(decision, opened).names.empty()) return {{}, Known::good, "there is no new way in", {}};
  const Collected silent =
      services_where(decision, [&](const ReportedService& service) { return opened(service) && service.authentication.empty(); });
  if (silent.names.empty()) return {{}, Known::good, "the mesh asks who calls each of them", {}};
  return {{}, Known::unknown, "nothing that was read says so of " + silent.text(), silent.places};
}

Answer third_parties(const Decision& decision) {
  return open_if_any(flows_where(decision, [](const auto& flow) { return flow.leaves && flow.change == ChangeKind::added; }),
                     "no new flow leaves the environment");
}

Answer sensitive_data(const Decision& decision) {
  return open_if_any(flows_where(decision, [](const auto& flow) { return !flow.data_classes.empty(); }),
                     "no flow to data of a known class is new or changed");
}

Answer encryption(const Decision& decision) {
  const Collected plain = flows_where(decision, [](const auto& flow) { return flow.transport == "plaintext"; });
  if (!plain.names.empty()) return {{}, Known::open, "plaintext: " + plain.text(), plain.places};
  const Collected silent = flows_where(decision, [](const auto& flow) {
    return flow.transport == "unknown" && flow.authentication.find("mutual TLS STRICT") == std::string::npos;
  });
  if (!silent.names.empty()) return {{}, Known::unknown, "not said of " + silent.text(), silent.places};
  return {{}, Known::good, "every new or changed flow is encrypted, or there is none", {}};
}

Answer isolation(const Decision& decision) {
  return open_if_any(services_where(decision, [](const auto& service) { return !service.ingress_isolated; }),
                     "network policies restrict who may call what is new or changed");
}

Answer secrets(const Decision& decision) { return open_if_any(findings_of(decision, "secrets"), "none that is new"); }
Answer rights(const Decision& decision) { return open_if_any(findings_of(decision, "identity"), "none that is new"); }
Answer controls(const Decision& decision) { return open_if_any(findings_of(decision, "removed-controls"), "none"); }
Answer resilience(const Decision& decision) { return open_if_any(findings_of(decision, "resilience"), "nothing that is new"); }

Answer owners(const Decision& decision) {
  return open_if_any(services_where(decision, [](const auto& service) { return service.owner.empty(); }),
                     "everything that is new or changed has one");
}

Answer libraries(const Decision& decision) {
  std::size_t changed = 0;
  for (const model::ReportedChange& change : decision.changes) changed += static_cast<std::size_t>(change.what == "library");
  const bool unknown = std::any_of(decision.diagnostics.begin(), decision.diagnostics.end(),
                                   [](const base::Diagnostic& diagnostic) { return diagnostic.code == "P2007"; });
  if (unknown) return {{}, Known::unknown, "an image changed without a bill of materials of the new one", {}};
  if (changed != 0) return {{}, Known::good, counted(changed, "change") + " of libraries, listed in the report", {}};
  return {{}, Known::unknown, "no bill of materials was compared", {}};
}

Answer completeness(const Decision& decision) {
  Collected gaps;
  for (const base::Diagnostic& diagnostic : decision.diagnostics) {
    if (diagnostic.severity == base::Severity::error) gaps.add(diagnostic.code + ": " + diagnostic.message, diagnostic.location);
  }
  for (const model::RuleProblem& problem : decision.problems) gaps.add("rule " + problem.rule + " could not be decided", {});
  for (const model::Reason& reason : decision.reasons) {
    if (!repeats_finding(reason)) gaps.add(reason.message, {});
  }
  return open_if_any(gaps, "everything that was found was read and judged");
}

Answer judges(const Decision& decision) {
  Collected changed;
  for (const Finding& finding : decision.findings) {
    if (finding.enforcement != model::Enforcement::informative || !model::is_fresh(finding)) continue;
    changed.add(finding.subject.entity.address.str(),
                finding.evidence.empty() ? base::Location{} : finding.evidence.front().location);
  }
  for (const model::Weakening& weakening : decision.weakenings) changed.add(weakening.message, {});
  return open_if_any(changed, "nothing that decides is changed or weaker than the default");
}

struct QuestionOf {
  std::string_view question;
  Answer (*answer)(const Decision& decision);
};
constexpr std::array k_questions = {
    QuestionOf{"Does the release open a way in from the internet?", ways_in},
    QuestionOf{"Is everybody asked who they are at each new way in?", authentication},
    QuestionOf{"Does data go to somebody outside for the first time?", third_parties},
    QuestionOf{"Do new or changed flows touch sensitive data?", sensitive_data},
    QuestionOf{"Are new and changed flows encrypted?", encryption},
    QuestionOf{"Is what is new or changed isolated in the network?", isolation},
    QuestionOf{"Are there credentials in clear text?", secrets},
    QuestionOf{"Do rights over the cluster or a cloud grow?", rights},
    QuestionOf{"Are controls removed or weakened?", controls},
    QuestionOf{"Does anything become less resilient?", resilience},
    QuestionOf{"Has every new or changed service an owner?", owners},
    QuestionOf{"Are the libraries of changed images known?", libraries},
    QuestionOf{"Does the change touch what judges it?", judges},
    QuestionOf{"Was everything read and judged?", completeness},
};

}  // namespace

std::vector<Answer> checklist_of(const Decision& decision) {
  std::vector<Answer> answers;
  for (const QuestionOf& row : k_questions) {
    Answer answer = row.answer(decision);
    answer.question = row.question;
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace postern::render
