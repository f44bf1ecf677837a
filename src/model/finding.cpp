// SPDX-License-Identifier: Apache-2.0
// Names and identity of findings, verdicts and environments.
#include <postern/base/digest.h>
#include <postern/model/decision.h>
#include <postern/model/environment.h>
#include <postern/model/finding.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

constexpr std::array k_states = {"new", "unchanged", "updated", "absent"};
constexpr std::array k_enforcements = {"informative", "advisory", "soft", "hard"};
constexpr std::array k_subjects = {"entity", "relation", "change", "finding"};
constexpr std::array k_on_unknown = {"fire", "report", "indeterminate"};
constexpr std::array k_verdicts = {"pass", "warn", "block", "indeterminate"};
constexpr std::array k_origins = {"release", "before", "restored"};
constexpr std::array k_scopes = {"full", "units"};

template <typename Enum, std::size_t Size>
std::optional<Enum> from(const std::array<const char*, Size>& names, std::string_view text) {
  const auto at = std::find(names.begin(), names.end(), text);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

}  // namespace

const char* to_string(BaselineState state) { return k_states.at(static_cast<std::size_t>(state)); }
const char* to_string(Enforcement enforcement) { return k_enforcements.at(static_cast<std::size_t>(enforcement)); }
const char* to_string(SubjectKind kind) { return k_subjects.at(static_cast<std::size_t>(kind)); }
const char* to_string(OnUnknown on_unknown) { return k_on_unknown.at(static_cast<std::size_t>(on_unknown)); }
const char* to_string(WayOrigin origin) { return k_origins.at(static_cast<std::size_t>(origin)); }
const char* to_string(Verdict verdict) { return k_verdicts.at(static_cast<std::size_t>(verdict)); }
const char* to_string(Scope scope) { return k_scopes.at(static_cast<std::size_t>(scope)); }

std::optional<Enforcement> enforcement_from(std::string_view text) { return from<Enforcement>(k_enforcements, text); }
std::optional<SubjectKind> subject_kind_from(std::string_view text) { return from<SubjectKind>(k_subjects, text); }
std::optional<OnUnknown> on_unknown_from(std::string_view text) { return from<OnUnknown>(k_on_unknown, text); }
std::optional<Scope> scope_from(std::string_view text) { return from<Scope>(k_scopes, text); }

std::optional<EnvironmentClass> environment_class_from(std::string_view text) {
  if (text == "production") return EnvironmentClass::production;
  if (text == "staging") return EnvironmentClass::staging;
  if (text == "development") return EnvironmentClass::development;
  return std::nullopt;
}

const char* environment_class_name(EnvironmentClass value) {
  switch (value) {
    case EnvironmentClass::staging:
      return "staging";
    case EnvironmentClass::development:
      return "development";
    case EnvironmentClass::production:
    case EnvironmentClass::would_be_production:
      return "production";
  }
  return "production";
}

std::string to_string(const FindingSubject& subject) {
  std::string text = subject.relation ? to_string(*subject.relation) : to_string(subject.entity);
  if (!subject.attribute.empty()) text += ": " + subject.attribute;
  return text;
}

std::string fingerprint_of(std::string_view rule, const FindingSubject& subject) {
  const auto add = [](base::PartsDigest& digest, const EntityId& id) {
    digest.add(id.application.view()).add(id.target.view()).add(id.address.view());
  };
  base::PartsDigest digest;
  digest.add("postern-fingerprint-1").add(rule).add(to_string(subject.kind));
  if (subject.relation) {
    add(digest, subject.relation->source);
    digest.add(to_string(subject.relation->family));
    add(digest, subject.relation->target);
  } else {
    add(digest, subject.entity);
  }
  digest.add(subject.attribute);
  if (subject.change) digest.add(to_string(*subject.change));
  return digest.hex();
}

bool is_fresh(const Finding& finding) { return finding.state == BaselineState::added || finding.state == BaselineState::updated; }

bool is_risky(const Finding& finding) { return is_fresh(finding) && finding.enforcement != Enforcement::informative; }

bool is_blocking(const Finding& finding) {
  return is_fresh(finding) && finding.enforcement >= Enforcement::soft && finding.risk.band >= finding.block_at;
}

}  // namespace postern::model
