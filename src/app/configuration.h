// SPDX-License-Identifier: Apache-2.0
// postern.yaml: which application this is, where it runs, and what judges it there.
#pragma once
#include <postern/base/code_row.h>
#include <postern/base/diagnostic.h>
#include <postern/model/environment.h>
#include <postern/model/snapshot.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_settings.h"

namespace postern::app {

/// Where a setting's value comes from, for `config show --origin`.
struct Origin {
  std::string text = "default";  ///< or `postern.yaml:4`, `--scope`, `POSTERN_SCOPE`
};

/// A value with its origin.
template <typename T>
struct Setting {
  T value{};
  Origin origin;
};

/// One environment as configured.
struct EnvironmentSetting {
  model::Environment environment;
  std::vector<std::string> packs;          ///< names of packs in use there; empty: those of the configuration
  std::vector<policy::RuleSetting> rules;  ///< over those of the configuration
  std::vector<std::string> sources;        ///< the candidate where no PATH is given; empty: the working folder
  std::vector<std::string> values;         ///< files with values of the environment: variables of Terraform, values of charts
  std::vector<std::string> baseline;       ///< what runs there, where no --baseline is given
  std::optional<model::Band> block_at;     ///< soft rules block from this band on, whatever they say themselves
  std::vector<model::InputKind> expected;  ///< kinds of inputs without which a candidate is not whole
  std::string block_at_origin;
  base::Location location;
};

/// A bill of materials whose service the user names.
struct SbomSetting {
  std::string file;     ///< pattern of paths, as in .gitignore
  std::string service;  ///< name or address of a workload
};

/// What the protected side says about a service, store or interface: it counts over everything that is inferred or declared.
struct ServiceSetting {
  std::string owner;                                     ///< empty: nothing is said
  std::string tier;                                      ///< mission-critical, high, normal or low; empty: nothing is said
  std::string system;                                    ///< empty: nothing is said
  std::optional<std::vector<std::string>> data_classes;  ///< an empty list: it holds nothing sensitive
  base::Location location;
};

/// A file of threat data on a mirror.
struct MirrorSetting {
  std::string url;
  std::string sha256;      ///< expected digest; empty: not fixed
  std::string sha256_url;  ///< where the digest is published; empty: nowhere
};

/// Where threat data are, how old they may be, and where they come from.
struct ThreatDataSetting {
  std::string folder;                                         ///< relative to the file; empty: the user's data folder
  std::optional<std::int64_t> warn_hours, max_hours;          ///< of OSV and EPSS
  std::optional<std::int64_t> kev_warn_hours, kev_max_hours;  ///< of KEV
  std::vector<MirrorSetting> mirrors;
  std::int64_t news_days = 30;  ///< so long a weakness of what was there before is news; 0: never
  bool judges_news = false;     ///< news count like what the release brings
};

struct Configuration {
  std::string path;    ///< empty: there is no file
  std::string digest;  ///< SHA-256 of the file's bytes; of nothing where there is none
  Setting<std::string> application;
  Setting<model::Scope> scope{model::Scope::full, {}};
  Setting<std::vector<std::string>> packs;            ///< names of packs in use; empty: all that are shipped or given
  Setting<std::vector<std::string>> policies;         ///< packs from elsewhere: folders, relative to the file, or `git:...`
  Setting<std::vector<std::string>> vex;              ///< files with statements about weaknesses that count
  Setting<std::vector<std::string>> trusted_reports;  ///< tools that are believed when they say that a finding is none
  std::vector<policy::RuleSetting> rules;             ///< decisions about single rules, in the order in which they are written
  Setting<int> warn_exit_code{0, {}};
  Setting<std::uint64_t> file_bytes{std::uint64_t{256} << 20U, {}};
  Setting<std::uint64_t> yaml_bytes{std::uint64_t{64} << 20U, {}};
  Setting<std::string> risk_model;  ///< file with an organisation's numbers, relative to the configuration; empty: none
  std::vector<SbomSetting> sboms;   ///< the first whose pattern matches counts
  ThreatDataSetting threat_data;
  std::map<std::string, ServiceSetting> services;  ///< by name or address
  std::map<std::string, EnvironmentSetting> environments;
};

/// Reads `text` (the configuration file `path`). Unknown keys, wrong types and values are errors (P2101 to P2104) with file, line
/// and a did-you-mean; throws UsageError after all of them were collected.
[[nodiscard]] Configuration read_configuration(std::string_view text, const std::string& path, base::DiagnosticSink& sink);

/// The environment called `name`: as configured; a name that nobody mapped has class production; without a name it is `review`,
/// class development.
[[nodiscard]] model::Environment environment_called(const Configuration& configuration, const std::optional<std::string>& name);

/// The codes of the composition root, P20xx and P21xx, sorted.
[[nodiscard]] std::span<const base::CodeRow> codes();

}  // namespace postern::app
