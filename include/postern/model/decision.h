// SPDX-License-Identifier: Apache-2.0
// The canonical product of a run: the verdict with everything that decided it. Every report is a pure function of it.
#pragma once
#include <postern/model/finding.h>
#include <postern/model/snapshot.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace postern::model {

/// The closed set of answers. There is no way from "could not decide" to `pass`.
enum class Verdict : std::uint8_t { pass, warn, block, indeterminate };
[[nodiscard]] const char* to_string(Verdict verdict);

/// One reason for the verdict, most important first.
struct Reason {
  Verdict supports = Verdict::pass;
  std::string code;  ///< stable: `finding`, `input-unreadable`, `baseline-missing`, `nothing-discovered`, `rule-error`...
  std::string message;
  std::string hint;  ///< the command or change that helps; may be empty
};

/// A place where enforcement is weaker than the default, by whose setting.
struct Weakening {
  std::string code;
  std::string message;
  std::string origin;  ///< flag, configuration file and line
};

/// A report of another tool that was part of a source.
struct JudgedReport {
  std::string path;
  std::string tool;            ///< id of its format
  std::string version;         ///< of the tool; empty: the report does not say
  std::uint64_t findings = 0;  ///< rows that were read
  std::uint64_t bound = 0;     ///< of those: bound to an entity
  bool succeeded = true;       ///< false: the run of the tool failed, or the report is cut off
};

/// A source that was judged, with the digests that bind the decision to it.
struct JudgedSource {
  std::string description;  ///< as the user wrote it
  std::optional<std::string> commit;
  std::string digest;                                       ///< SHA-256 over paths and digests of all inputs
  std::vector<std::pair<std::string, std::string>> inputs;  ///< path, SHA-256; sorted
  std::vector<UnitId> units;
  Completeness completeness = Completeness::complete;
  std::uint64_t entities = 0;
  std::uint64_t relations = 0;
  std::vector<std::pair<std::string, std::uint64_t>> unread_kinds;  ///< kinds that no extractor reads, with their number; sorted
  std::uint64_t unrecognised_files = 0;                             ///< files that no reader knows
  std::vector<JudgedReport> reports;                                ///< by path, then in the order of the file
};

/// A rule that judged, with what it says whatever the subject is.
struct JudgedRule {
  std::string id;
  std::string pack;
  std::string title;
  std::string category;
  std::string description;  ///< why it matters, where the rule says the same of every subject; else its title
  std::string remediation;
  std::vector<std::string> references;
  Enforcement enforcement = Enforcement::advisory;
  OnUnknown on_unknown = OnUnknown::indeterminate;
  Band block_at = Band::medium;
  std::optional<double> severity;  ///< 0..10; none: it depends on the subject
};

/// Where the candidate's text is kept under version control, as the CI system says.
struct VersionControl {
  std::string repository;  ///< absolute URL without user, password and query
  std::string revision;    ///< id of the commit; may be empty
  std::string branch;      ///< may be empty
};

/// Where configuration, policies and a baseline of the same repository were read for a merge request: never from the candidate.
struct ProtectedSide {
  std::string reference;  ///< as it was named: a commit, `origin/BRANCH`
  std::string commit;     ///< 40 hexadecimal digits
};

/// The questions of every deploy, for one state.
struct Posture {
  std::uint64_t services = 0;
  std::uint64_t exposed_services = 0;  ///< reachable from the internet
  std::uint64_t third_parties = 0;
  std::vector<std::string> exposed_data;             ///< classes of data within reach from the internet
  std::vector<std::string> data_to_third_parties;    ///< `CLASS -> VENDOR`
  std::array<std::uint64_t, 4> findings_per_band{};  ///< low, medium, high, critical
};

/// facts, changes, risky, blocking: how much there was and how little of it decides.
struct Funnel {
  std::uint64_t facts = 0;
  std::uint64_t changes = 0;
  std::uint64_t risky = 0;     ///< new or updated findings that have a say in the verdict
  std::uint64_t blocking = 0;  ///< findings that block
};

/// A box or line of a picture.
struct PictureEntity {
  EntityId id;
  std::string name;
  EntityKind kind = EntityKind::service;
  std::optional<ChangeKind> change;  ///< none: context only
  std::string exposure;
  std::vector<std::string> data_classes;
  std::uint64_t folded = 0;  ///< how many parts this box stands for; 0: it is one itself
};
struct PictureRelation {
  EntityId source;
  EntityId target;
  RelationKind kind = RelationKind::calls;
  std::optional<ChangeKind> change;
};
struct Picture {
  std::vector<PictureEntity> entities;
  std::vector<PictureRelation> relations;
};

/// One change as the reports show it.
struct ReportedChange {
  ChangeKind kind = ChangeKind::modified;  ///< of the subject: a changed attribute is always of a modified one
  std::string subject_kind;                ///< `entity` or `relation`
  std::string subject;                     ///< address; `SOURCE -> TARGET` for relations
  std::string what;                        ///< kind of the entity or relation
  std::string attribute;                   ///< empty for added and removed subjects
  std::string before;
  std::string after;
  bool has_before = false;
  bool has_after = false;
  bool derived = false;
  Location location;  ///< candidate side where there is one, else baseline side
};

/// A network relation that the release adds, changes or removes, with what a review asks about it. Of a removed one what was.
struct ReportedFlow {
  ChangeKind change = ChangeKind::added;
  EntityId source;
  EntityId target;
  RelationKind kind = RelationKind::calls;
  EntityKind target_kind = EntityKind::service;
  std::string transport;                  ///< encrypted, plaintext or unknown
  std::string authentication;             ///< what the policies of a mesh make the target ask for; empty: nothing is known
  std::vector<std::string> data_classes;  ///< that the target holds; for outside targets those within reach of the source
  std::string vendor;                     ///< company behind an outside target, where it is known
  bool leaves = false;                    ///< the target lies outside of the environment
  bool crosses_namespace = false;
  std::string owner;  ///< of the source; empty: nobody is named
  Location location;
  std::string note;  ///< what stands there
};

/// A workload that the release adds or changes, with what a review asks about it.
struct ReportedService {
  EntityId id;
  EntityKind kind = EntityKind::service;
  ChangeKind change = ChangeKind::added;
  std::string exposure;                   ///< internet, internal, cluster, none
  std::string owner;                      ///< empty: nobody is named
  std::string tier;                       ///< empty: nothing is said
  std::vector<std::string> data_classes;  ///< that it holds or handles
  std::vector<std::string> data_reach;    ///< within reach from it
  std::string authentication;             ///< as of a flow
  bool ingress_isolated = false;          ///< a network policy restricts who may call it
  bool egress_isolated = false;
  Location location;
};

/// News about what was there before: context drift, which is no fault of the release.
struct ContextDrift {
  std::string since;                  ///< day; what was published or listed as exploited from then on is news
  std::vector<std::string> findings;  ///< fingerprints of findings about weaknesses that the release did not bring; in their order
};

/// Everything.
struct Decision {
  static constexpr std::int64_t k_schema_version = 1;
  std::string tool_version;
  std::string application;
  std::string environment;
  std::string environment_class;
  std::string scope;  ///< full or units
  Verdict verdict = Verdict::indeterminate;
  int exit_code = 3;
  std::vector<Reason> reasons;
  std::vector<Weakening> weakenings;
  JudgedSource baseline;
  JudgedSource candidate;
  std::optional<VersionControl> version_control;  ///< none: no CI system says
  std::optional<ProtectedSide> protected_side;    ///< none: not judged for a merge request
  std::string policy_digest;
  std::vector<std::pair<std::string, std::string>> packs;  ///< name, version
  std::uint64_t rules = 0;
  std::vector<JudgedRule> judged_rules;  ///< by pack, then in the order of the pack
  std::string risk_model_version;
  std::string risk_model_digest;
  std::string knowledge_digest;
  std::string configuration_digest;
  std::string threat_digest;                  ///< of the content of the threat database; empty: none was used
  std::optional<ContextDrift> context_drift;  ///< none: there is no news
  Funnel funnel;
  Posture before;
  Posture after;
  std::vector<Finding> findings;  ///< deciding first, then by score, then by fingerprint
  std::vector<std::size_t> top;   ///< indexes of the top three findings, one a root cause
  std::vector<RuleProblem> problems;
  std::vector<ReportedChange> changes;
  std::vector<std::pair<std::string, std::string>> renames;  ///< removed, added
  std::vector<ReportedFlow> flows;                           ///< by source and target
  std::vector<ReportedService> services;                     ///< by id
  Picture picture;                                           ///< of the change: what changes, and what that hangs together with
  Picture map;  ///< of everything after the release and what it removes; what is far from a change is folded where there is much
  std::vector<base::Diagnostic> diagnostics;
};

}  // namespace postern::model
