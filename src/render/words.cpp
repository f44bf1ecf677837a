// SPDX-License-Identifier: Apache-2.0
// The words of all reports, so that they agree.
#include "render/words.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace postern::render {
namespace {

using model::Band;
using model::BaselineState;
using model::Verdict;

std::string or_none(const std::vector<std::string>& list) { return list.empty() ? "none" : base::join(list, ", "); }

/// The classes of data that are known to lie there.
std::string data_words(const model::Finding& finding, const model::EntityId& holder) {
  std::set<std::string> classes;
  for (const model::DataInReach& data : finding.factors.data) {
    if (data.holder != to_string(holder)) continue;
    std::string name(to_string(data.data_class));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    classes.insert(std::move(name));
  }
  return base::join(std::vector<std::string>(classes.begin(), classes.end()), ", ");
}

/// `FINANCIAL, PCI -> Stripe; PII -> Segment`, from one row for each class and vendor.
std::string flow_words(const std::vector<std::string>& flows) {
  constexpr std::string_view k_arrow = " -> ";
  std::map<std::string, std::vector<std::string>> classes;
  for (const std::string& flow : flows) {
    const std::size_t arrow = flow.find(k_arrow);
    const bool has_arrow = arrow != std::string::npos;
    classes[has_arrow ? flow.substr(arrow + k_arrow.size()) : std::string()].push_back(flow.substr(0, arrow));
  }
  std::vector<std::string> words;
  for (const auto& [vendor, list] : classes) {
    words.push_back(base::join(list, ", ") + (vendor.empty() ? "" : std::string(k_arrow) + vendor));
  }
  return words.empty() ? "none" : base::join(words, "; ");
}

std::string band_counts(const model::Posture& posture) {
  const auto count = [&](Band band) { return std::to_string(posture.findings_per_band[static_cast<std::size_t>(band)]); };
  return count(Band::critical) + " / " + count(Band::high);
}

std::string blocked_sentence(const model::Decision& decision) {
  const std::uint64_t blocking = decision.funnel.blocking;
  if (blocking == 0) return "This release is blocked.";
  return counted(blocking, "finding") + (blocking == 1 ? " blocks" : " block") + " this release.";
}

std::string passed_sentence(const model::Decision& decision) {
  if (decision.funnel.changes == 0) return "The architecture does not change.";
  return "Nothing that changes breaks a rule.";
}

std::vector<std::size_t>& group_of(FindingGroups& groups, const model::Finding& finding, bool is_news) {
  if (finding.state == BaselineState::absent) return groups.fixed;
  if (!model::is_fresh(finding)) return is_news ? groups.news : groups.unchanged;
  if (!model::is_risky(finding)) return groups.told;
  return model::is_blocking(finding) ? groups.blocking : groups.others;
}

}  // namespace

std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural) {
  std::string text = std::to_string(count) + " ";
  if (count == 1 || plural.empty()) return text + std::string(noun) + (count == 1 ? "" : "s");
  return text + std::string(plural);
}

std::string_view verdict_title(Verdict verdict) {
  constexpr std::array<std::string_view, 4> k_titles = {"Passed", "Passed with warnings", "Blocked", "Not decided"};
  return k_titles.at(static_cast<std::size_t>(verdict));
}

std::string verdict_sentence(const model::Decision& decision) {
  switch (decision.verdict) {
    case Verdict::block:
      return blocked_sentence(decision);
    case Verdict::pass:
      return passed_sentence(decision);
    case Verdict::warn:
      return decision.funnel.risky == 0 ? "Nothing blocks this release, but something could not be judged."
                                        : counted(decision.funnel.risky, "finding") + " to look at; nothing blocks this release.";
    case Verdict::indeterminate:
      break;
  }
  return "Postern could not judge this change, and what cannot be judged does not pass.";
}

std::vector<std::string> funnel_words(const model::Funnel& funnel) {
  if (funnel.facts == 0) return {};
  return {counted(funnel.facts, "fact"), counted(funnel.changes, "change"), std::to_string(funnel.risky) + " risky",
          std::to_string(funnel.blocking) + " blocking"};
}

std::vector<QuestionRow> question_rows(const model::Decision& decision) {
  if (decision.before.services == 0 && decision.after.services == 0) return {};
  const auto exposed = [](const model::Posture& posture) {
    return std::to_string(posture.exposed_services) + " of " + std::to_string(posture.services);
  };
  const model::Posture& before = decision.before;
  const model::Posture& after = decision.after;
  return {{"Critical / high findings", band_counts(before), band_counts(after)},
          {"Services reachable from the internet", exposed(before), exposed(after)},
          {"Data within reach from the internet", or_none(before.exposed_data), or_none(after.exposed_data)},
          {"Third parties", std::to_string(before.third_parties), std::to_string(after.third_parties)},
          {"Data sent to third parties", flow_words(before.data_to_third_parties), flow_words(after.data_to_third_parties)}};
}

std::optional<std::int32_t> score_after_fix(const model::Finding& finding) {
  return finding.score_after_fix_tenths ? finding.score_after_fix_tenths : finding.risk.score_after_fix_tenths;
}

bool is_known_exploited(const model::Finding& finding) {
  return finding.factors.maturity == model::ExploitMaturity::known_exploited;
}

std::vector<std::string> score_words(const model::Finding& finding) {
  std::vector<std::string> parts = {model::tenths_to_string(finding.risk.score_tenths) + " " +
                                    std::string(to_string(finding.risk.band))};
  if (finding.drift && !finding.drift->text.empty()) parts.push_back(finding.drift->text);
  if (const auto fixed = score_after_fix(finding)) parts.push_back(model::tenths_to_string(*fixed) + " after the fix");
  if (is_known_exploited(finding)) parts.emplace_back("known to be exploited (CISA KEV)");
  if (finding.weakness && finding.factors.code == model::CodeUse::not_loaded) parts.emplace_back("its code is not loaded");
  if (finding.weakness && finding.factors.code == model::CodeUse::loaded_not_called)
    parts.emplace_back("its code is loaded, not called");
  if (!finding.risk.unknown.empty()) parts.push_back("unknown: " + base::join(finding.risk.unknown, ", "));
  return parts;
}

std::string_view effect_words(const model::Finding& finding) {
  if (finding.state == BaselineState::absent) return "fixed";
  if (finding.state == BaselineState::unchanged) return "was there before";
  const bool is_worse = finding.state == BaselineState::updated;
  if (model::is_blocking(finding)) return is_worse ? "blocks, worse than before" : "blocks";
  return is_worse ? "warns, worse than before" : "warns";
}

std::vector<std::string> reach_words(const model::Finding& finding, std::size_t most) {
  std::vector<std::string> names;
  for (const model::EntityId& id : finding.reach) {
    if (names.size() == most) {
      names.push_back(std::to_string(finding.reach.size() - most) + " more");
      break;
    }
    const std::string data = data_words(finding, id);
    names.push_back(id.address.str() + (data.empty() ? "" : " (" + data + ")"));
  }
  return names;
}

std::vector<std::string> path_words(const model::Finding& finding, std::size_t most) {
  if (!finding.risk.path) return {};
  const model::EntryPath& path = *finding.risk.path;
  std::vector<std::string> nodes = path.nodes;
  const std::string zone(to_string(path.entry));
  const bool has_zone = path.entry == model::EntryZone::none || (!nodes.empty() && nodes.front() == zone);
  if (!has_zone) nodes.insert(nodes.begin(), zone);
  if (nodes.size() <= most) return nodes;
  std::vector<std::string> kept(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(most / 2));
  kept.push_back(std::to_string(nodes.size() - most + 1) + " more");
  kept.insert(kept.end(), nodes.end() - static_cast<std::ptrdiff_t>(most - most / 2 - 1), nodes.end());
  return kept;
}

std::string unread_words(const std::vector<std::pair<std::string, std::uint64_t>>& kinds) {
  constexpr std::size_t k_most_kinds = 6;
  std::vector<std::string> words;
  for (std::size_t at = 0; at < std::min(kinds.size(), k_most_kinds); ++at)
    words.push_back(kinds[at].first + " (" + std::to_string(kinds[at].second) + ")");
  if (kinds.size() > k_most_kinds) words.push_back(std::to_string(kinds.size() - k_most_kinds) + " more kinds");
  return words.empty() ? std::string() : "not read: " + base::join(words, ", ");
}

bool repeats_finding(const model::Reason& reason) { return reason.code.starts_with("finding-"); }

std::string class_words(const model::Decision& decision) {
  return decision.environment == decision.environment_class ? "" : " (class " + decision.environment_class + ")";
}

FindingGroups groups_of(const model::Decision& decision) {
  FindingGroups groups;
  for (const std::size_t index : decision.top) {
    if (index < decision.findings.size()) groups.top.push_back(index);
  }
  std::set<std::string_view> told;  // with one of the top
  for (const std::size_t index : groups.top) {
    for (const model::SameCause& other : decision.findings[index].also_fixed) told.insert(other.fingerprint);
  }
  std::set<std::string_view> news;
  if (decision.context_drift) news.insert(decision.context_drift->findings.begin(), decision.context_drift->findings.end());
  for (std::size_t index = 0; index < decision.findings.size(); ++index) {
    const bool is_top = std::find(groups.top.begin(), groups.top.end(), index) != groups.top.end();
    const model::Finding& finding = decision.findings[index];
    if (is_top || told.contains(finding.fingerprint)) continue;
    group_of(groups, finding, news.contains(finding.fingerprint)).push_back(index);
  }
  return groups;
}

namespace {

/// `internet -> shop/services/web (deploy/web.yaml:3:1)`.
std::string step_words(const model::WayStep& step) {
  std::string text = step.from + " -> " + step.to;
  if (!step.location.file.empty()) text += " (" + to_string(step.location) + ")";
  return text;
}

/// What is left after the cut at that place: each but the first is made on top of the others.
std::string left_words(const model::CheapestCut& cut, std::size_t at, std::size_t cuts) {
  const std::string score = model::tenths_to_string(cut.score_tenths);
  if (cuts == 1) return score + " without it";
  if (at == 0) return "still " + score + " when only this is cut";
  return score + (at == 1 ? " without both" : " without all of them");
}

}  // namespace

std::vector<std::string> cut_words(const model::Finding& finding) {
  std::vector<std::string> words;
  if (!finding.cut) return words;
  std::vector<const model::CheapestCut*> cuts = {&*finding.cut};
  for (const model::CheapestCut& cut : finding.further_cuts) cuts.push_back(&cut);
  for (std::size_t at = 0; at < cuts.size(); ++at) {
    const model::CheapestCut& cut = *cuts[at];
    std::string text = step_words(cut);
    if (cut.is_new) text += ", which this release brings";
    text += ": " + left_words(cut, at, cuts.size());
    if (cut.other_findings != 0) {
      text += "; the same step leads to " + counted(cut.other_findings, "other finding") + (cut.is_new ? "" : " of this release");
    }
    words.push_back(std::move(text));
  }
  return words;
}

std::string remaining_words(const model::Finding& finding) {
  // Where all ways are to be cut, the cuts name them.
  if (!finding.remaining || !finding.further_cuts.empty()) return {};
  const model::RemainingWay& way = *finding.remaining;
  std::string text = base::join(way.steps, " -> ");
  if (!way.location.file.empty()) text += " (" + to_string(way.location) + ")";
  constexpr std::array<std::string_view, 3> k_endings = {" is open as well", " was open before and stays so",
                                                         " is open again, as before"};
  text += k_endings.at(static_cast<std::size_t>(way.origin));
  if (!finding.fix_closes) return text;
  if (way.origin == model::WayOrigin::restored) return text + " once " + step_words(*finding.fix_closes) + " is closed";
  const bool is_first_cut =
      finding.cut && finding.cut->from == finding.fix_closes->from && finding.cut->to == finding.fix_closes->to;
  return is_first_cut ? text : text + "; the fix closes " + step_words(*finding.fix_closes) + " only";
}

std::vector<std::string> also_fixed_words(const model::Finding& finding, std::size_t most) {
  std::vector<std::string> words;
  for (const model::SameCause& other : finding.also_fixed) {
    if (words.size() == most) {
      words.push_back(std::to_string(finding.also_fixed.size() - most) + " more");
      break;
    }
    words.push_back(other.rule + " (" + other.subject + ")");
  }
  return words;
}

std::string problem_words(const model::RuleProblem& problem) {
  std::vector<std::string> parts;
  if (problem.failed_subjects != 0) parts.push_back("failed for " + counted(problem.failed_subjects, "subject"));
  if (problem.undecided_subjects != 0)
    parts.push_back("could not be decided for " + counted(problem.undecided_subjects, "subject"));
  return base::join(parts, ", ") + (problem.first_message.empty() ? "" : ": " + problem.first_message);
}

std::string change_words(const model::ReportedChange& change) {
  if (change.kind != model::ChangeKind::modified) return to_string(change.kind);
  const auto side = [](bool is_there, const std::string& value) { return is_there ? value : std::string("(not set)"); };
  return change.attribute + ": " + side(change.has_before, change.before) + " -> " + side(change.has_after, change.after);
}

}  // namespace postern::render
