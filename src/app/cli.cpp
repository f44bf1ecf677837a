// SPDX-License-Identifier: Apache-2.0
// The command line: a table of options, a table of commands, and the command-line parser between them.
#include "app/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <optional>
#include <span>
#include <string>

#include "app/commands/commands.h"
#include "postern/base/error.h"
#include "postern/base/text.h"

namespace postern::app {
namespace {

/// One option: its flags, the environment variable that stands for it, what it does.
enum class Option : std::uint8_t {
  allow_older,
  application,
  baseline,
  configuration,
  coverage,
  ecosystem,
  environment,
  exit_code,
  findings,
  foreign_owner,
  format,
  image,
  impact,
  origin,
  output,
  paths,
  policy,
  quiet,
  replace,
  report,
  scope,
  service,
  target_reference,
  threads,
  threat_db,
  verbose,
  vex,
  warn_exit_code,
  why
};

struct OptionRow {
  Option option;
  const char* flags;
  const char* variable;
  const char* help;
  void (*add)(CLI::App& command, const OptionRow& row, Options& options);
};

template <typename T, T Options::*Member>
void add_value(CLI::App& command, const OptionRow& row, Options& options) {
  CLI::Option* added = command.add_option(row.flags, options.*Member, row.help);
  if (*row.variable != '\0') added->envname(row.variable);
}

template <bool Options::*Member>
void add_switch(CLI::App& command, const OptionRow& row, Options& options) {
  CLI::Option* added = command.add_flag(row.flags, options.*Member, row.help);
  if (*row.variable != '\0') added->envname(row.variable);
}

template <std::vector<std::string> Options::*Member>
void add_pair(CLI::App& command, const OptionRow& row, Options& options) {
  command.add_option(row.flags, options.*Member, row.help)->expected(2)->allow_extra_args(false);
}

using Texts = std::vector<std::string>;
using Text = std::optional<std::string>;

constexpr std::array k_options = {
    OptionRow{Option::allow_older, "--allow-older", "", "import sources that are older than what the database holds",
              add_switch<&Options::allow_older>},
    OptionRow{Option::application, "--application", "POSTERN_APPLICATION",
              "name of the application (default: configuration, else the repository's name)",
              add_value<Text, &Options::application>},
    OptionRow{
        Option::baseline, "--baseline", "POSTERN_BASELINE",
        "what runs today: FOLDER, git:REF[:PATH], snapshot:FILE, or none for an intended first run; several are taken together",
        add_value<Texts, &Options::baseline>},
    OptionRow{Option::configuration, "--config", "POSTERN_CONFIG", "configuration file (default: the nearest postern.yaml upwards)",
              add_value<Text, &Options::configuration>},
    OptionRow{Option::coverage, "--coverage", "",
              "what the cases show about each rule, and which parts of conditions decided nothing", add_switch<&Options::coverage>},
    OptionRow{Option::ecosystem, "--ecosystem", "", "ecosystem of packages that are named as NAME or NAME@VERSION: PyPI, Debian:12",
              add_value<Text, &Options::ecosystem>},
    OptionRow{Option::environment, "--env", "POSTERN_ENV",
              "environment that the build goes to (default: review, class development)", add_value<Text, &Options::environment>},
    OptionRow{Option::exit_code, "--exit-code", "", "exit code 1 when something is found", add_switch<&Options::exit_code>},
    OptionRow{Option::findings, "--findings", "",
              "a report of another tool, in any format that `postern list formats` names (repeatable)",
              add_value<Texts, &Options::findings>},
    OptionRow{Option::foreign_owner, "--allow-foreign-owner", "POSTERN_ALLOW_FOREIGN_OWNER",
              "read a git repository that belongs to another user", add_switch<&Options::allow_foreign_owner>},
    OptionRow{Option::format, "--format", "POSTERN_FORMAT", "format of standard output (`postern list reports`)",
              add_value<std::string, &Options::format>},
    OptionRow{Option::image, "--image", "", "SERVICE=REFERENCE@DIGEST: the image that the build produced (repeatable)",
              add_value<Texts, &Options::images>},
    OptionRow{Option::impact, "--impact", "", "region:NAME, zone:NAME, service:NAME or third-party:NAME: what stops when that does",
              add_value<Text, &Options::impact>},
    OptionRow{Option::origin, "--origin", "", "say where each value comes from", add_switch<&Options::show_origin>},
    OptionRow{Option::output, "--output", "", "file to write to, or a folder (it exists, or ends in /) for one file a service",
              add_value<Text, &Options::output>},
    OptionRow{Option::paths, "--paths", "", "the ways from every entry to stores, secrets and third parties",
              add_switch<&Options::attack_paths>},
    OptionRow{Option::policy, "--policy", "POSTERN_POLICY",
              "policy pack beside those that are shipped: a folder, git:REF[:PATH] or git:REPOSITORY@REF[:PATH] (repeatable)",
              add_value<Texts, &Options::policies>},
    OptionRow{Option::quiet, "-q,--quiet", "POSTERN_QUIET", "no talk on standard error", add_switch<&Options::quiet>},
    OptionRow{Option::replace, "--replace", "", "keep nothing of what the database holds", add_switch<&Options::replace>},
    OptionRow{Option::report, "--report", "",
              "FORMAT=FILE: also write this report (repeatable); html=FOLDER/ writes a page with its style sheet beside it",
              add_value<Texts, &Options::reports>},
    OptionRow{Option::scope, "--scope", "POSTERN_SCOPE",
              "full: the candidate is the whole application; units: it replaces its own parts only",
              add_value<Text, &Options::scope>},
    OptionRow{Option::service, "--service", "", "NAMESPACE/NAME: this service alone", add_value<Text, &Options::service>},
    OptionRow{Option::target_reference, "--target-ref", "POSTERN_TARGET_REF",
              "commit or branch that the merge request goes into: what decides is read from there (default: as the CI system says)",
              add_value<Text, &Options::target_reference>},
    OptionRow{Option::threads, "--threads", "POSTERN_THREADS", "threads to use; the result does not depend on it",
              add_value<unsigned, &Options::threads>},
    OptionRow{Option::threat_db, "--threat-db", "POSTERN_THREAT_DB",
              "folder of the threat database (default: configuration, else postern/threatdb in the user's data folder)",
              add_value<Text, &Options::threat_db>},
    OptionRow{Option::verbose, "-v,--verbose", "POSTERN_VERBOSE", "tell everything: all changes, all shares of the scores",
              add_switch<&Options::verbose>},
    OptionRow{
        Option::vex, "--vex", "",
        "statements about weaknesses that count (OpenVEX, CSAF, CycloneDX): files of the repository are read from the protected "
        "side (repeatable)",
        add_value<Texts, &Options::vex>},
    OptionRow{Option::warn_exit_code, "--warn-exit-code", "POSTERN_WARN_EXIT_CODE", "exit code of a verdict of warn (default 0)",
              add_value<std::optional<int>, &Options::warn_exit_code>},
    OptionRow{Option::why, "--why", "", "A B: why two entities are related, by link rule and place", add_pair<&Options::why>},
};

constexpr std::array k_judging = {Option::application,   Option::baseline, Option::configuration,  Option::environment,
                                  Option::foreign_owner, Option::format,   Option::image,          Option::policy,
                                  Option::quiet,         Option::report,   Option::scope,          Option::target_reference,
                                  Option::threads,       Option::verbose,  Option::warn_exit_code, Option::findings,
                                  Option::threat_db,     Option::vex};
constexpr std::array k_reading = {Option::application, Option::configuration, Option::environment, Option::foreign_owner,
                                  Option::format,      Option::quiet,         Option::threads,     Option::verbose};
constexpr std::array k_assessing = {Option::application, Option::configuration, Option::environment, Option::foreign_owner,
                                    Option::format,      Option::policy,        Option::quiet,       Option::threads,
                                    Option::verbose,     Option::findings,      Option::threat_db,   Option::vex};
constexpr std::array k_asking = {Option::application,   Option::configuration, Option::environment, Option::exit_code,
                                 Option::foreign_owner, Option::format,        Option::quiet,       Option::threads,
                                 Option::threat_db,     Option::verbose};
constexpr std::array k_mapping = {Option::application, Option::configuration, Option::environment, Option::foreign_owner,
                                  Option::format,      Option::impact,        Option::paths,       Option::quiet,
                                  Option::threads,     Option::verbose,       Option::why};
constexpr std::array k_exporting = {Option::application,   Option::configuration, Option::environment,
                                    Option::foreign_owner, Option::output,        Option::quiet,
                                    Option::service,       Option::threads,       Option::verbose};
constexpr std::array k_configuring = {Option::configuration, Option::environment, Option::origin,
                                      Option::scope,         Option::application, Option::target_reference};
constexpr std::array k_setting_up = {Option::application, Option::foreign_owner, Option::quiet};
constexpr std::array k_checking = {Option::application, Option::configuration,    Option::foreign_owner,
                                   Option::policy,      Option::target_reference, Option::threat_db};
constexpr std::array k_packs = {Option::configuration, Option::environment, Option::foreign_owner, Option::policy, Option::quiet};
constexpr std::array k_linting = {Option::configuration, Option::foreign_owner, Option::policy, Option::quiet, Option::verbose};
constexpr std::array k_testing = {Option::configuration, Option::coverage, Option::foreign_owner, Option::format,
                                  Option::policy,        Option::quiet,    Option::report,        Option::verbose};
constexpr std::array k_importing = {Option::allow_older, Option::configuration, Option::format,   Option::quiet,
                                    Option::replace,     Option::threads,       Option::threat_db};
constexpr std::array k_updating = {Option::allow_older, Option::configuration, Option::format,
                                   Option::quiet,       Option::threads,       Option::threat_db};
constexpr std::array k_asking_threats = {Option::configuration, Option::format, Option::threat_db, Option::verbose};
constexpr std::array k_looking_up = {Option::configuration, Option::ecosystem, Option::format, Option::threat_db, Option::verbose};
constexpr std::array k_rendering = {Option::format, Option::verbose};

struct CommandRow {
  const char* group;  ///< the command that it belongs to (`policy`), or nothing
  const char* name;
  const char* help;
  const char* arguments;  ///< name of the positional arguments; empty: none
  int least, most;        ///< how many of them
  std::span<const Option> options;
  int (*run)(const Options& options);
};

constexpr std::array k_commands = {
    CommandRow{"", "gate", "judge what a build changes in an environment: discover, compare, decide", "PATH", 0, 64, k_judging,
               gate},
    CommandRow{"", "diff", "the difference of two architectures, without policy", "SOURCE", 2, 2, k_reading, diff_sources},
    CommandRow{"", "assess", "the posture of one state, without a delta: the questions of every deploy and the top risks", "PATH",
               0, 64, k_assessing, assess},
    CommandRow{"", "review",
               "what a manual security review asks for: data-flow diagram, threats, data-protection record, checklist", "SOURCE", 2,
               2, k_assessing, review},
    CommandRow{"", "map", "the architecture of one source", "PATH", 0, 64, k_mapping, map},
    CommandRow{"", "query",
               "which entities of these sources a condition holds for, the most important first: EXPRESSION [SOURCE...]",
               "EXPRESSION", 1, 100'000, k_asking, query},
    CommandRow{"", "hunt",
               "which services have a weakness or package, how exposed, near what data: CVE|GHSA|PURL|PACKAGE [SOURCE...]", "WHAT",
               1, 100'000, k_asking, hunt},
    CommandRow{"", "render", "another report of a written decision", "DECISION", 1, 1, k_rendering, render_decision},
    CommandRow{"export", "sbom",
               "a bill of materials (CycloneDX 1.6) of what was discovered: of the application, of one service, or of each", "PATH",
               0, 64, k_exporting, export_sbom},
    CommandRow{"policy", "list", "rules in use", "", 0, 0, k_packs, policy_list},
    CommandRow{"policy", "explain", "what a rule says, why, and since when it fires", "RULE", 1, 1, k_packs, policy_explain},
    CommandRow{"policy", "test", "run the cases of policy packs", "PACK", 0, 64, k_testing, policy_test},
    CommandRow{"policy", "try", "which subjects of two sources an expression matches, and why, step by step: EXPRESSION A B",
               "EXPRESSION", 3, 3, k_reading, policy_try},
    CommandRow{"policy", "lint", "what is doubtful about the rules of packs", "PACK", 0, 64, k_linting, policy_lint},
    CommandRow{"threatdb", "import", "put advisories of OSV, the KEV catalogue and EPSS scores into the threat database", "PATH", 1,
               4096, k_importing, threatdb_import},
    CommandRow{"threatdb", "update", "fetch what the configuration names as mirrors, or these addresses, and import it", "URL", 0,
               256, k_updating, threatdb_update},
    CommandRow{"threatdb", "info",
               "what the threat database holds, where it came from and how old it is; --verbose checks all of it", "", 0, 0,
               k_asking_threats, threatdb_info},
    CommandRow{"threatdb", "lookup", "what is known about package URLs, packages of --ecosystem, or CVE, GHSA and other ids",
               "WHAT", 1, 100'000, k_looking_up, threatdb_lookup},
    CommandRow{"", "init", "write a first configuration, and the pipeline file of the CI system that is found", "", 0, 0,
               k_setting_up, init},
    CommandRow{"", "doctor", "whether everything is in place for a verdict, and what weakens it", "", 0, 0, k_checking, doctor},
    CommandRow{"config", "show", "the configuration in force", "", 0, 0, k_configuring, config_show},
    CommandRow{"", "explain", "what a diagnostic code means", "CODE", 1, 1, {}, explain_code},
    CommandRow{"",
               "list",
               "what there is: attributes, codes, formats, functions, reports, rules, sinks, technologies",
               "WHAT",
               0,
               1,
               {},
               list},
    CommandRow{
        "", "schema", "JSON Schema of a document: configuration, decision, policy-pack, snapshot", "NAME", 0, 1, {}, show_schema},
    CommandRow{"", "lab", "a bench for conformance suites: JSON lines in, JSON lines out", "WHAT", 1, 1, {}, run_lab},
    CommandRow{"", "version", "the version", "", 0, 0, {}, show_version},
};

/// What the commands of a group are about.
const char* group_subject(std::string_view group) {
  if (group == "config") return "the configuration";
  if (group == "export") return "documents for other tools";
  return group == "threatdb" ? "the threat database" : "policies";
}

void add_options(CLI::App& command, const CommandRow& row, Options& options) {
  for (const Option wanted : row.options) {
    for (const OptionRow& each : k_options) {
      if (each.option == wanted) each.add(command, each, options);
    }
  }
  if (*row.arguments == '\0') return;
  command.add_option(row.arguments, options.paths)->expected(row.least, row.most)->required(row.least > 0);
}

/// A first word that is no command: said with the nearest one, before the parser complains about something else.
void check_command(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string_view> names;
  for (const CommandRow& row : k_commands) names.emplace_back(*row.group == '\0' ? row.name : row.group);
  const std::string_view word = argv[1];
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  const auto close = base::did_you_mean(word, names);
  throw UsageError("there is no command '" + std::string(word) + "'",
                   close ? "did you mean '" + *close + "'?" : "`postern --help` lists the commands");
}

}  // namespace

int run_command_line(int argc, char** argv) {
  check_command(argc, argv);
  CLI::App app("Postern judges what a build changes in the architecture of an environment, before it is deployed.", "postern");
  app.require_subcommand(1);
  app.set_version_flag("--version", [] { return std::string("postern ") + POSTERN_VERSION; });
  Options options;
  std::map<std::string, CLI::App*> groups;
  std::vector<std::pair<const CLI::App*, const CommandRow*>> commands;
  for (const CommandRow& row : k_commands) {
    CLI::App* parent = &app;
    if (*row.group != '\0') {
      CLI::App*& group = groups[row.group];
      if (group == nullptr) {
        group = app.add_subcommand(row.group, std::string("commands about ") + group_subject(row.group));
        group->require_subcommand(1);
      }
      parent = group;
    }
    CLI::App* command = parent->add_subcommand(row.name, row.help);
    add_options(*command, row, options);
    commands.emplace_back(command, &row);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
  }
  for (const auto& [command, row] : commands) {
    if (command->parsed()) return row->run(options);
  }
  return 2;
}

}  // namespace postern::app
