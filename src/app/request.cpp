// SPDX-License-Identifier: Apache-2.0
// Options and configuration, settled: flags win over the environment, the environment over the file, the file over defaults.
#include "app/request.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>

#include "app/pack_sources.h"
#include "app/talk.h"
#include "app/threat_data/settings.h"

namespace postern::app {
namespace {

/// Paths in messages as people write them: relative to where they stand.
std::string shown_path(const std::string& path) {
  namespace fs = std::filesystem;
  return fs::path(path).lexically_proximate(fs::current_path()).generic_string();
}

Configuration file_configuration(const Options& options, DecisionInputs& inputs) {
  const auto path = options.configuration ? shown_path(*options.configuration) : inputs.find_configuration();
  if (!path) return {};
  base::DiagnosticSink sink;
  try {
    Configuration configuration = read_configuration(inputs.read(*path, "configuration"), *path, sink);
    tell(sink.all(), talk_of(options));
    return configuration;
  } catch (const UsageError&) {
    tell(sink.all(), Talk::normal);
    throw;
  }
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

std::vector<std::pair<std::string, std::string>> images_of(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> images;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) {
      throw UsageError("--image is '" + text + "', expected SERVICE=REFERENCE",
                       "for instance --image cart=registry.example/cart:1.2@sha256:...");
    }
    images.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return images;
}

std::vector<acquire::SourceSpec> named_baselines(const Options& options) {
  std::vector<acquire::SourceSpec> sources;
  for (const std::string& text : options.baseline) sources.push_back(acquire::parse_source(text));
  return sources;
}

/// From the top of the repository, where they lie in one: what is at a path may differ between the two sides.
std::vector<std::string> value_files(const Configuration& configuration, const std::string& environment) {
  const std::filesystem::path folder = std::filesystem::path(configuration.path).parent_path();
  const auto top = acquire::find_repository_root(std::filesystem::current_path().string());
  std::vector<std::string> files;
  for (const std::string& file : setting_of(configuration, environment).values) {
    const std::string path = (folder / file).lexically_normal().generic_string();
    files.push_back(top ? path_in_repository(*top, path).value_or(path) : path);
  }
  return files;
}

unsigned threads_of(const Options& options) { return std::max(1U, std::min(options.threads, 64U)); }

void settle_reading(const Options& options, GateRequest& request) {
  request.environment = environment_called(request.configuration, options.environment);
  request.candidate = sources_of(options.paths);
  request.values = value_files(request.configuration, request.environment.name);
  request.threads = threads_of(options);
  request.foreign_owner = options.allow_foreign_owner ? acquire::ForeignOwner::allowed : acquire::ForeignOwner::refused;
}

risk::RiskModel risk_model_of(const Configuration& configuration, DecisionInputs& inputs) {
  if (configuration.risk_model.value.empty()) return risk::standard_model();
  const auto path = std::filesystem::path(configuration.path).parent_path() / configuration.risk_model.value;
  base::DiagnosticSink sink;
  const std::string text = inputs.read(path.generic_string(), "risk model");
  auto model = risk::override_model(risk::standard_model(), text, base::Symbol(path.generic_string()), sink);
  if (model) return std::move(*model);
  const std::string first = sink.all().empty() ? std::string("unknown trouble")
                                               : base::to_string(sink.all().front().location) + ": " + sink.all().front().message;
  throw UsageError("the risk model cannot be used: " + first);
}

}  // namespace

Configuration settled_configuration(const Options& options, DecisionInputs& inputs) {
  Configuration configuration = file_configuration(options, inputs);
  if (options.application) configuration.application = {*options.application, {"--application"}};
  if (options.scope) {
    const auto scope = model::scope_from(*options.scope);
    if (!scope) throw UsageError("--scope is '" + *options.scope + "', expected full or units");
    configuration.scope = {*scope, {"--scope"}};
  }
  if (options.warn_exit_code) {
    if (*options.warn_exit_code < 0 || *options.warn_exit_code > 125)
      throw UsageError("--warn-exit-code must be between 0 and 125");
    configuration.warn_exit_code = {*options.warn_exit_code, {"--warn-exit-code"}};
  }
  return configuration;
}

namespace {

/// `cases`: of the shipped packs, which were proved before they were shipped; what is wrong with those of others is always said.
policy::PackSet load_all(const Options& options, const Configuration& configuration, DecisionInputs& inputs,
                         policy::CaseReading cases, base::DiagnosticSink& sink) {
  namespace fs = std::filesystem;
  policy::PackSet packs =
      policy::load_packs(policy::shipped_pack_files(), policy::PackOrigin::shipped, sink, {cases, threads_of(options)});
  const auto owner = options.allow_foreign_owner ? acquire::ForeignOwner::allowed : acquire::ForeignOwner::refused;
  const auto add = [&](const std::string& source, const fs::path& base_folder) {
    const std::vector<policy::PackFile> files = is_git_pack(source)
                                                    ? read_git_pack(source, base_folder.empty() ? "." : base_folder.string(), owner,
                                                                    inputs.side() ? inputs.side()->commit : std::string())
                                                    : inputs.read_pack((base_folder / source).lexically_normal().generic_string());
    packs = policy::join_packs(std::move(packs), policy::load_packs(files, policy::PackOrigin::custom, sink));
  };
  for (const std::string& source : configuration.policies.value) add(source, fs::path(configuration.path).parent_path());
  for (const std::string& source : options.policies) add(source, {});
  return packs;
}

policy::PackSet load_or_say(const Options& options, const Configuration& configuration, DecisionInputs& inputs,
                            policy::CaseReading cases) {
  base::DiagnosticSink sink;
  try {
    policy::PackSet packs = load_all(options, configuration, inputs, cases, sink);
    tell(sink.all(), talk_of(options));
    return packs;
  } catch (const UsageError&) {
    tell(sink.all(), Talk::normal);
    throw;
  }
}

}  // namespace

policy::PackSet packs_as_written(const Options& options, const Configuration& configuration, DecisionInputs& inputs) {
  return load_or_say(options, configuration, inputs, policy::CaseReading::wanted);
}

policy::PackSet packs_in_use(const Options& options, const Configuration& configuration, const std::string& environment,
                             DecisionInputs& inputs) {
  policy::PackSet packs = load_or_say(options, configuration, inputs, policy::CaseReading::left_out);
  const EnvironmentSetting own = setting_of(configuration, environment);
  // Settings are checked against all packs, so that a misspelt rule is found wherever it is switched off.
  std::vector<policy::RuleSetting> settings = configuration.rules;
  settings.insert(settings.end(), own.rules.begin(), own.rules.end());
  policy::check_settings(packs, settings);
  const std::vector<std::string>& wanted = own.packs.empty() ? configuration.packs.value : own.packs;
  if (!wanted.empty()) packs = policy::select_packs(packs, wanted);
  policy::apply_settings(packs, settings);
  return packs;
}

EnvironmentSetting setting_of(const Configuration& configuration, const std::string& environment) {
  const auto at = configuration.environments.find(environment);
  return at == configuration.environments.end() ? EnvironmentSetting{} : at->second;
}

std::vector<acquire::SourceSpec> configured_sources(const Configuration& configuration, const std::vector<std::string>& texts) {
  const std::filesystem::path folder = std::filesystem::path(configuration.path).parent_path();
  std::vector<acquire::SourceSpec> sources;
  for (const std::string& text : texts) {
    acquire::SourceSpec& spec = sources.emplace_back(acquire::parse_source(text));
    const bool is_on_disk = spec.kind == acquire::SourceKind::path || spec.kind == acquire::SourceKind::snapshot ||
                            spec.kind == acquire::SourceKind::plan;
    if (is_on_disk) spec.path = (folder / spec.path).lexically_normal().generic_string();
  }
  return sources;
}

std::vector<acquire::SourceSpec> sources_of(const std::vector<std::string>& paths) {
  std::vector<acquire::SourceSpec> sources;
  for (const std::string& path : paths) sources.push_back(acquire::parse_source(path));
  if (sources.empty()) sources.push_back(acquire::parse_source("."));
  return sources;
}

GateRequest reading_request(const Options& options) {
  GateRequest request;
  request.configuration = settled_configuration(options, request.inputs);
  settle_reading(options, request);
  return request;
}

GateRequest inventory_request(const Options& options, const std::vector<std::string>& paths) {
  Options reading = options;
  reading.paths = paths;
  GateRequest request = reading_request(reading);
  // What is asked about may run anywhere: where nobody says, nothing is taken off.
  if (!options.environment) request.environment.environment_class = model::EnvironmentClass::production;
  request.threats = threat_choice(options, request.configuration);
  request.risk_model = risk_model_of(request.configuration, request.inputs);
  request.now = utc_now();
  return request;
}

GateRequest gate_request(const Options& options) {
  GateRequest request;
  request.inputs = DecisionInputs::for_merge_request(options);
  request.configuration = settled_configuration(options, request.inputs);
  settle_reading(options, request);
  const EnvironmentSetting setting = setting_of(request.configuration, request.environment.name);
  if (options.paths.empty() && !setting.sources.empty()) {
    request.candidate = configured_sources(request.configuration, setting.sources);
  }
  request.block_at = setting.block_at;
  request.expected = setting.expected;
  const auto baselines =
      options.baseline.empty() ? configured_sources(request.configuration, setting.baseline) : named_baselines(options);
  for (const acquire::SourceSpec& baseline : baselines) request.baseline.push_back(request.inputs.protect(baseline, "baseline"));
  const auto is_none = [](const acquire::SourceSpec& spec) { return spec.kind == acquire::SourceKind::none; };
  if (request.baseline.size() > 1 && std::any_of(request.baseline.begin(), request.baseline.end(), is_none))
    throw UsageError("--baseline none stands beside another baseline", "give one of them");
  request.images = images_of(options.images);
  for (const std::string& report : options.findings) request.findings.push_back(acquire::parse_source(report));
  for (const std::string& file : options.vex)
    request.vex.push_back(request.inputs.protect(acquire::parse_source(file), "statements about weaknesses"));
  for (acquire::SourceSpec& file : configured_sources(request.configuration, request.configuration.vex.value))
    request.vex.push_back(request.inputs.protect(std::move(file), "statements about weaknesses"));
  request.threats = threat_choice(options, request.configuration);
  request.packs = packs_in_use(options, request.configuration, request.environment.name, request.inputs);
  request.risk_model = risk_model_of(request.configuration, request.inputs);
  request.now = utc_now();
  return request;
}

}  // namespace postern::app
