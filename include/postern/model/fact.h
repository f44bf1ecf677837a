// SPDX-License-Identifier: Apache-2.0
// What one document says, before anything is linked. Extractors emit facts; the resolver is where facts from several documents
// meet. Facts are plain data: they are stored in snapshots, and no value of a secret is ever part of one.
#pragma once
#include <postern/model/entity.h>
#include <postern/model/relation.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace postern::model {

/// "Declares an entity." Addresses are relative to the unit's application and target.
struct EntityFact {
  Symbol address;
  EntityKind kind = EntityKind::service;
  Symbol name;
  Symbol namespace_name;           ///< `default` where the document names none
  bool namespace_declared = true;  ///< false: the namespace is chosen at deploy time
  std::vector<Attribute> attributes;
  Labels labels;  ///< of what runs
  std::vector<Alias> aliases;
  Location location;
};

/// Where a setting stands.
enum class SettingChannel : std::uint8_t { environment, argument, command, data, annotation };
[[nodiscard]] const char* to_string(SettingChannel channel);

/// Where a setting's value comes from.
enum class SettingSource : std::uint8_t {
  literal,            ///< `text` is the value, redacted at the door
  configuration_key,  ///< key `key` of configuration `object`
  secret_key,         ///< key `key` of secret `object`
  all_configuration,  ///< every key of configuration `object`, each with prefix `key`
  all_secret,         ///< every key of secret `object`, each with prefix `key`
  runtime             ///< known only when it runs (field or resource reference); `text` says which
};
[[nodiscard]] const char* to_string(SettingSource source);

/// "A named setting": an environment variable, an argument, one key of a configuration object.
struct SettingFact {
  Symbol owner;  ///< address of the workload, or of the configuration or secret for channel `data`
  Symbol scope;  ///< container
  SettingChannel channel = SettingChannel::environment;
  SettingSource source = SettingSource::literal;
  Symbol name;    ///< the variable's or key's name; the position (`0`, `1`...) for arguments and commands
  Symbol text;    ///< the redacted literal; empty when `opaque`
  Symbol object;  ///< address of the referenced configuration or secret
  Symbol key;
  Symbol secret;          ///< kind of secret found in the value (`password`, `token`...); empty when there is none
  bool opaque = false;    ///< the whole value is withheld (a secret, or the text of a file)
  bool optional = false;  ///< the reference may be missing
  Location location;
};

/// "Mentions an address": found at the door in texts that are not kept (files inside configuration objects, secrets' values).
struct MentionFact {
  Symbol owner;
  Symbol scope;
  Symbol name;             ///< setting or key in which it stands
  Symbol scheme;           ///< as written, lower case; may be empty
  Symbol host;             ///< lower case, no trailing dot
  std::uint32_t port = 0;  ///< 0: none written
  Symbol path;             ///< database, index, topic or path; never a secret
  Symbol technology;       ///< id of the table of technologies, empty when the text does not say
  Symbol transport;        ///< `encrypted`, `plaintext` or empty
  Symbol confidence;       ///< `url`, `managed-host`, `host-port`, `bare-name`
  Symbol forwarding;       ///< of a route: `mirror`, `redirect`; empty where requests are only handed on
  Location location;
};

/// "Names another object": a link by declared address.
struct ReferenceFact {
  Symbol source;
  RelationKind kind = RelationKind::mounts;
  Symbol target;
  std::vector<Attribute> attributes;
  Symbol note;            ///< what stands there, for evidence
  bool optional = false;  ///< the target may be missing without being dangling
  bool incoming = false;  ///< the relation leads from the target to the source
  /// Where not empty, the target must grant one of these: its own attribute `grants`, or that of an object beside it.
  std::vector<Symbol> grants;
  Location location;
};

/// One term of a label selector.
struct LabelRequirement {
  enum class Operator : std::uint8_t { in, not_in, exists, does_not_exist };
  Symbol key;
  Operator operation = Operator::in;
  std::vector<Symbol> values;  ///< sorted
};
/// All terms must hold. An empty selector selects everything.
struct LabelSelector {
  std::vector<LabelRequirement> requirements;
  [[nodiscard]] bool matches(const Labels& labels) const;
};
/// Canonical text, sorted: `app=x, tier in (a, b), !legacy`; `*` for the empty selector.
[[nodiscard]] std::string to_string(const LabelSelector& selector);
/// Back from the canonical text; nothing for a text that to_string cannot have written.
[[nodiscard]] std::optional<LabelSelector> selector_from(std::string_view text);

/// "Selects workloads by label" (a Service routes to them, a disruption budget protects them).
struct SelectorFact {
  Symbol subject;
  RelationKind kind = RelationKind::routes_to;
  Symbol namespace_name;  ///< empty: every namespace
  LabelSelector selector;
  Location location;
};

/// A closed interval of ports; 0..65535 for all. Never expanded.
struct PortRange {
  std::uint32_t first = 0;
  std::uint32_t last = 65535;
  Symbol name;      ///< a named port instead of a number
  Symbol protocol;  ///< TCP, UDP, SCTP
  friend auto operator<=>(const PortRange&, const PortRange&) = default;
};

/// Who may be on the other side of a rule. Without selectors and block: nobody in particular.
struct NetworkPeer {
  std::optional<LabelSelector> pods;
  std::optional<LabelSelector> namespaces;
  Symbol ip_block;                ///< CIDR
  std::vector<Symbol> ip_except;  ///< CIDRs
  Symbol host_pattern;            ///< an outside name, `*` for any part of it
};

/// One allowed traffic rule. No peers: everybody; no ports: every port.
struct NetworkRule {
  std::vector<NetworkPeer> peers;
  std::vector<PortRange> ports;
};

/// "Restricts the traffic of the workloads that it selects."
struct NetworkPolicyFact {
  Symbol address;
  Symbol namespace_name;     ///< empty: every namespace
  LabelSelector namespaces;  ///< of those: the ones with such labels
  LabelSelector selector;
  bool restricts_ingress = false;
  bool restricts_egress = false;
  std::vector<NetworkRule> ingress;
  std::vector<NetworkRule> egress;
  Location location;
};

/// A document that was recognised as of this format but whose kind no extractor reads: counted and shown, never dropped silently.
struct UnreadFact {
  Symbol kind;  ///< e.g. `networking.istio.io/v1/VirtualService`
  Location location;
};

/// What a row of a bill of materials is.
enum class ComponentType : std::uint8_t { library, framework, application, container, operating_system, platform, other };
[[nodiscard]] const char* to_string(ComponentType type);
/// Whether a component runs where the whole is deployed, as the bill of materials says.
enum class ComponentScope : std::uint8_t { unknown, required, optional, excluded };
[[nodiscard]] const char* to_string(ComponentScope scope);
/// Whether the whole names a component itself or gets it through another one.
enum class Directness : std::uint8_t { unknown, direct, transitive };
[[nodiscard]] const char* to_string(Directness directness);

/// Who says what something is made of. `lock_file`: the file in which a package manager keeps the versions that it chose; it counts
/// where no bill of materials says anything about the packages of its kind.
enum class SbomSource : std::uint8_t { statement, lock_file };
[[nodiscard]] const char* to_string(SbomSource source);

/// One row of a bill of materials. Small, because an environment has millions of them: texts are shared, the file is the fact's.
struct Library {
  Symbol purl;           ///< identity: the package URL without version, qualifiers and subpath; `TYPE:NAME` where there is none
  Symbol name;           ///< with its group or namespace, as people write it
  Symbol version;        ///< empty where none is said
  Symbol qualifiers;     ///< of the package URL, as far as they say which package of a distribution it is: distro, epoch, upstream
  Symbol licences;       ///< identifiers, expressions or names, sorted, one a line
  Symbol introduced_by;  ///< name of the direct dependency through which it comes, by the shortest way; empty: none is known
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  ComponentType type = ComponentType::library;
  ComponentScope scope = ComponentScope::unknown;
  Directness directness = Directness::unknown;
};

/// "Is made of these libraries": one bill of materials. A single fact, since its rows mean nothing without one another.
struct SbomFact {
  Symbol name;                  ///< what it is about, as it says itself; may be empty
  Symbol version;               ///< of that
  Symbol purl;                  ///< of that, without version; may be empty
  std::vector<Symbol> images;   ///< image references that it is about, sorted
  std::vector<Symbol> digests;  ///< `sha256:...` of images that it is about, sorted
  SbomSource source = SbomSource::statement;
  bool complete = true;            ///< false: some of it could not be read, so what is missing from it may be there
  std::vector<Library> libraries;  ///< sorted by purl, version, then place
  Location location;
};

/// What kind of trouble a tool reports.
enum class FindingCategory : std::uint8_t { vulnerability, misconfiguration, secret, code, dynamic, licence, malware };
[[nodiscard]] const char* to_string(FindingCategory category);
/// What the tool knows of whether the weak code is used. `called`: a way of calls leads to it; `imported`: it is linked or loaded;
/// `required`: it is only part of what is installed.
enum class Reachability : std::uint8_t { unknown, called, imported, required };
[[nodiscard]] const char* to_string(Reachability reachability);
/// What the report says became of a finding. Kept as a statement of the report: a report may be made by whom it judges.
enum class ToolStatus : std::uint8_t { open, suppressed, fixed, false_positive };
[[nodiscard]] const char* to_string(ToolStatus status);

/// One row of a tool's report. All texts are cut to a reasonable length, and no value of a secret is part of any.
struct ReportedFinding {
  FindingCategory category = FindingCategory::vulnerability;
  ToolStatus status = ToolStatus::open;
  Reachability reachability = Reachability::unknown;
  Symbol id;                     ///< what the tool names: an advisory (`CVE-2021-44228`, `GHSA-...`) or a rule of its own
  std::vector<Symbol> aliases;   ///< other names of the same weakness, sorted
  std::vector<Symbol> cwes;      ///< `CWE-79`, sorted
  Symbol title;                  ///< short, one line
  Symbol severity;               ///< the word or number of the tool, as said
  Symbol score;                  ///< number of CVSS, as said; empty where there is none
  std::vector<Symbol> vectors;   ///< of CVSS as said, sorted
  Symbol package;                ///< package URL without version, or `TYPE:NAME` where the type is none of package URLs
  Symbol package_version;        ///< installed
  std::vector<Symbol> fixed_in;  ///< versions without the weakness, in the order of the tool
  Symbol file;                   ///< path in what was scanned: of code, a configuration, a lockfile, a library
  std::uint32_t file_line = 0;   ///< in that file, from 1; 0: not known
  Symbol resource;               ///< address: `NAMESPACE/KIND/NAME` of Kubernetes, an address of Terraform, an ARN or another id
  Symbol image;                  ///< image reference, where the row names another one than the whole report
  Symbol digest;                 ///< `sha256:...` of that
  Symbol url;                    ///< without user information and query
  std::uint32_t line = 0;        ///< where the row stands in the report
  std::uint32_t column = 0;
};

/// "A tool looked at something": one report of one run. A single fact, since its rows mean nothing without what they are about, and
/// a report without rows means something only when the run succeeded.
struct ReportFact {
  Symbol tool;                  ///< id of the reader's row, as `postern list formats` prints it
  Symbol product;               ///< name of the tool as the report says, where it does
  Symbol version;               ///< of the tool; may be empty
  Symbol subject;               ///< what was looked at, as the report says: repository, path, project, host; may be empty
  std::vector<Symbol> images;   ///< image references that the whole is about, sorted
  std::vector<Symbol> digests;  ///< `sha256:...` of them, sorted
  bool succeeded = true;        ///< false: the run failed or the report is cut off, so that a weakness not in it may be there
  Symbol reason;                ///< why not
  bool complete = true;         ///< false: some row could not be read
  std::vector<ReportedFinding> findings;  ///< in the order of the report
  Location location;
};

using Fact = std::variant<EntityFact, SettingFact, MentionFact, ReferenceFact, SelectorFact, NetworkPolicyFact, UnreadFact,
                          SbomFact, ReportFact>;

}  // namespace postern::model
