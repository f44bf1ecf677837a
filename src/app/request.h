// SPDX-License-Identifier: Apache-2.0
// Options and configuration, settled: flags win over the environment, the environment over the file, the file over defaults.
#pragma once
#include "app/options.h"
#include "app/pipeline.h"
#include "app/talk.h"

namespace postern::app {

/// The configuration in force: the file that was named or found, with what the flags say put over it. Throws UsageError.
[[nodiscard]] Configuration settled_configuration(const Options& options, DecisionInputs& inputs);

/// Shipped packs and those that options and configuration name, as they are written. Throws UsageError.
[[nodiscard]] policy::PackSet packs_as_written(const Options& options, const Configuration& configuration, DecisionInputs& inputs);

/// The same as `environment` uses them, shipped ones without their cases: the configuration's selection of packs and its settings
/// of rules apply. Throws UsageError.
[[nodiscard]] policy::PackSet packs_in_use(const Options& options, const Configuration& configuration,
                                           const std::string& environment, DecisionInputs& inputs);

/// Everything that a run of the gate needs. Throws UsageError.
[[nodiscard]] GateRequest gate_request(const Options& options);

/// What commands need that only read sources (`diff`, `map`): as gate_request, without packs. Throws UsageError.
[[nodiscard]] GateRequest reading_request(const Options& options);

/// What questions to many states need (`query`, `hunt`): as reading_request, with the threat database, the risk model and the time;
/// `paths` are the sources. Throws UsageError.
[[nodiscard]] GateRequest inventory_request(const Options& options, const std::vector<std::string>& paths);

/// Sources given on the command line; the working folder where there are none.
[[nodiscard]] std::vector<acquire::SourceSpec> sources_of(const std::vector<std::string>& paths);

/// Sources that the configuration names: paths are relative to its folder.
[[nodiscard]] std::vector<acquire::SourceSpec> configured_sources(const Configuration& configuration,
                                                                  const std::vector<std::string>& texts);

/// What the configuration says about an environment; nothing but defaults where it says nothing.
[[nodiscard]] EnvironmentSetting setting_of(const Configuration& configuration, const std::string& environment);

/// How much this run says on standard error.
[[nodiscard]] inline Talk talk_of(const Options& options) { return options.quiet ? Talk::quiet : Talk::normal; }

}  // namespace postern::app
