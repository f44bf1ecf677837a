// SPDX-License-Identifier: Apache-2.0
// Policy packs as loaded: rules with compiled conditions, and the cases that prove them.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/decision.h>
#include <postern/model/finding.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.h"

namespace postern::policy {

/// One file of a pack, as the caller read it.
struct PackFile {
  std::string path;  ///< with `/`, e.g. `policies/secrets/pack.yaml`; the pack's folder is the one that holds pack.yaml
  std::string text;
};

/// Who stands behind a pack: what Postern ships must have a case that fires and one that must not for every rule.
enum class PackOrigin : std::uint8_t { shipped, custom };

/// What findings of a `subject: change` rule stand for.
enum class GroupBy : std::uint8_t {
  subject,   ///< one finding an entity or relation, however many of its changes fire
  attribute  ///< one finding a changed attribute
};

/// A text that is fixed or computed by a CEL expression of type string.
struct RuleText {
  std::string text;                     ///< when there is no program
  std::optional<cel::Program> program;  ///< evaluated on the subject that fired
};

/// One rule. Programs are compiled against `cel_environment(subject, ...)`.
struct Rule {
  std::string id;
  std::string title;
  std::string pack;
  std::string category;
  model::SubjectKind subject = model::SubjectKind::entity;
  std::vector<model::ChangeKind> on;  ///< `change` rules: the kinds of change that are looked at; never empty for them
  GroupBy group_by = GroupBy::subject;
  std::string when_text;
  std::optional<cel::Program> when;  ///< always there in a loaded pack
  model::OnUnknown on_unknown = model::OnUnknown::indeterminate;
  model::Enforcement enforcement = model::Enforcement::advisory;
  double severity = 0;                           ///< 0..10; when there is no expression
  std::optional<cel::Program> severity_program;  ///< a number
  model::Band block_at = model::Band::medium;
  RuleText message;
  RuleText why;
  std::string remediation;
  std::vector<std::string> references;
  std::vector<std::string> references_unverified;  ///< mappings that nobody has checked against the text of the standard
  std::vector<cel::Program> salient;               ///< strings or lists of strings
  RuleText root_cause;                             ///< empty text: the rule and its subject
  std::vector<std::string> evidence;               ///< attribute names whose places are shown; `entry`: the ways in
  base::Location location;
};

/// A weakness that a case declares as known: what a threat database would say of it.
struct CaseThreat {
  std::string id;
  std::vector<std::string> aliases;
  std::string package;  ///< package URL without version
  std::string range;    ///< VERS (`vers:npm/<1.2.3`); empty: every version
  std::string fixed;
  std::string vector;  ///< CVSS
  std::string known_exploited_since;
  std::optional<double> epss;
};

/// One case of a pack's tests: two states as text, and what the rule must say about them.
struct PackCase {
  std::string name;
  std::string rule;
  std::string environment = "production";
  model::EnvironmentClass environment_class = model::EnvironmentClass::production;
  std::string baseline;   ///< manifests; empty: nothing was there
  std::string candidate;  ///< manifests
  std::vector<CaseThreat> threats;
  std::vector<std::string> fires;  ///< subjects of the new and updated findings, sorted; empty: the rule must be silent
  base::Location location;
};

/// A rule that the configuration does not want.
struct DisabledRule {
  std::string id;
  std::string title;
  std::string reason;
  std::string origin;  ///< `postern.yaml:12`
};

/// One pack.
struct Pack {
  std::string name;
  std::string version;
  std::string title;
  std::string category;
  std::vector<std::string> frameworks;
  std::string digest;  ///< SHA-256 over paths (relative to the pack) and bytes of its files
  std::vector<Rule> rules;
  std::vector<PackCase> cases;
  std::vector<DisabledRule> disabled;  ///< no longer among `rules`
};

/// The packs in use, sorted by name. Cheap to move; immutable once loaded, so any number of threads may evaluate it.
struct PackSet {
  std::vector<Pack> packs;
  std::vector<model::Weakening> weakenings;  ///< what the configuration took from rules (apply_settings)

  [[nodiscard]] std::size_t rule_count() const noexcept;
  [[nodiscard]] const Rule* find_rule(std::string_view id) const noexcept;
  /// SHA-256 over names, versions and digests of all packs: goes into the decision.
  [[nodiscard]] std::string digest() const;
};

/// Whether the cases of packs are read as well: only who runs them needs them.
enum class CaseReading : std::uint8_t { wanted, left_out };

struct LoadOptions {
  CaseReading cases = CaseReading::wanted;
  unsigned threads = 1;  ///< the result does not depend on it; at least 1
};

/// Loads every pack among `files` (`<folder>/pack.yaml`, `<folder>/rules/*.yaml`, `<folder>/tests/*.yaml`; other files are left
/// alone). Everything wrong is a diagnostic in `sink` with its file, line, `pack > rule > expression` and, for expressions, a
/// caret. Throws UsageError when there was any error, after all of them were collected: a pack is used whole or not at all.
[[nodiscard]] PackSet load_packs(std::span<const PackFile> files, PackOrigin origin, base::DiagnosticSink& sink,
                                 const LoadOptions& options = {});

/// The files of the packs that Postern ships (policies/, embedded).
[[nodiscard]] std::vector<PackFile> shipped_pack_files();

/// The packs called `names`, in order of name. `NAME@VERSION` asks for a version as well, whole or its first parts (`secrets@1`). A
/// name that is not there is a UsageError with a did-you-mean, another version one that tells both.
[[nodiscard]] PackSet select_packs(const PackSet& packs, std::span<const std::string> names);

/// Joins two sets of packs; throws UsageError when a pack or rule is in both.
[[nodiscard]] PackSet join_packs(PackSet a, PackSet b);

}  // namespace postern::policy
