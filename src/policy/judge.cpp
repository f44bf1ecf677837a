// SPDX-License-Identifier: Apache-2.0
// Evaluates conditions and sorts the results into fired, silent, unknown and failed.
#include "policy/judge.h"

#include <algorithm>

namespace postern::policy {
namespace {

std::string names_of(const cel::Value& unknown) {
  std::string text = "unknown: ";
  bool first = true;
  for (const base::Symbol path : unknown.unknown_paths()) {
    text += (first ? "" : ", ") + path.str();
    first = false;
  }
  return text;
}

/// A condition that took more steps than it may on so many subjects takes them on all: the others are given up, or a thousand
/// subjects would take minutes.
constexpr std::uint32_t k_most_overruns = 3;

bool overran(const cel::Value& result) { return result.is_error() && result.error_code() == cel::ErrorCode::budget_exceeded; }

void give_up(Judgement& judgement, std::uint32_t subject) {
  ++judgement.failed;
  judgement.without_word.push_back(subject);
}

/// Where in the condition it went wrong, for whoever wrote the rule: " (1:22 of the condition, at `/ 0`)".
std::string place_of(const cel::Value& failure, const std::string& source) {
  const auto offset = failure.error_offset();
  if (!offset || *offset >= source.size()) return {};
  constexpr std::size_t k_most = 40;
  const cel::Position position = cel::position_at(source, *offset);
  std::string_view rest = std::string_view(source).substr(*offset);
  rest = rest.substr(0, rest.find('\n'));
  std::size_t end = std::min(rest.size(), k_most);
  const auto in_character = [&] { return end < rest.size() && (static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U; };
  while (in_character()) --end;
  return " (" + std::to_string(position.line) + ":" + std::to_string(position.column) + " of the condition, at `" +
         std::string(rest.substr(0, end)) + (end == rest.size() ? "`)" : "...`)");
}

bool looks_at(const Rule& rule, const ChangeRecord& change) {
  return std::find(rule.on.begin(), rule.on.end(), change.kind()) != rule.on.end();
}

void record(Judgement& judgement, const Rule& rule, const Subjects& subjects, std::uint32_t subject, const cel::Value& result) {
  if (result.is_true()) {
    judgement.hits.push_back({subject, false});
  } else if (result.is_unknown()) {
    ++judgement.undecided;
    if (judgement.first_unknown.empty()) judgement.first_unknown = subjects.name_of(subject) + ": " + names_of(result);
    if (rule.on_unknown == model::OnUnknown::fire) {
      judgement.hits.push_back({subject, true});
    } else {
      judgement.without_word.push_back(subject);
    }
  } else if (!result.is_false()) {
    ++judgement.failed;
    const std::string message = result.is_error() ? result.error_message() + place_of(result, rule.when->source())
                                                  : "the condition did not come to true or false";
    if (judgement.first_failure.empty()) judgement.first_failure = subjects.name_of(subject) + ": " + message;
    judgement.without_word.push_back(subject);
  }
}

}  // namespace

Judgement judge(const Rule& rule, const Subjects& subjects, const GuardIndex& index, Candidates candidates) {
  Judgement judgement;
  Activation activation;
  const auto list = candidates == Candidates::guarded ? index.candidates(*rule.when) : index.everything();
  constexpr std::size_t k_kinds_of_change = 3;
  const bool selective = subjects.kind() == model::SubjectKind::change && rule.on.size() < k_kinds_of_change;
  std::uint32_t overruns = 0;
  for (const std::uint32_t subject : list) {
    if (selective && !looks_at(rule, subjects.change(subject))) continue;
    if (overruns == k_most_overruns) {
      give_up(judgement, subject);
      continue;
    }
    subjects.bind(subject, activation);
    ++judgement.judged;
    const cel::Value result = rule.when->evaluate(activation.values());
    if (overran(result)) ++overruns;
    record(judgement, rule, subjects, subject, result);
  }
  return judgement;
}

}  // namespace postern::policy
