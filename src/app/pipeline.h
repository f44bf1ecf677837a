// SPDX-License-Identifier: Apache-2.0
// The gate's run from sources to decision: a list of steps that can be read aloud.
#pragma once
#include <postern/model/decision.h>

#include <optional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "app/decision_inputs.h"
#include "app/source_reading.h"
#include "app/threats.h"
#include "policy/pack.h"
#include "resolve/address_book.h"
#include "resolve/libraries/binding.h"
#include "risk/model.h"

namespace postern::app {

/// What a run of the gate is asked to do, with everything from the command line and the configuration settled.
struct GateRequest {
  Configuration configuration;
  model::Environment environment;
  std::vector<acquire::SourceSpec> candidate;
  std::vector<std::string> values;  ///< files with values of the environment, by the paths by which sources know them
  /// Several are taken together; none given: the target of the merge request, where that may be assumed.
  std::vector<acquire::SourceSpec> baseline;
  std::vector<std::pair<std::string, std::string>> images;  ///< SERVICE, REFERENCE@DIGEST
  std::vector<acquire::SourceSpec> findings;                ///< reports of other tools on the candidate
  policy::PackSet packs;
  ThreatChoice threats;
  std::vector<acquire::SourceSpec> vex;  ///< statements about weaknesses, of the protected side or the operator
  risk::RiskModel risk_model = risk::standard_model();
  DecisionInputs inputs;
  std::optional<model::Band> block_at;     ///< soft rules block from here on in this environment
  std::vector<model::InputKind> expected;  ///< without which the candidate is not whole
  std::string now;                         ///< RFC 3339, UTC: the only clock of the run
  unsigned threads = 2;
  acquire::ForeignOwner foreign_owner = acquire::ForeignOwner::refused;
};

/// One state, linked and classified; derived once the claims of both sides are settled.
struct LinkedState {
  model::ArchitectureGraph graph;
  std::uint64_t facts = 0;
  std::vector<std::pair<std::string, std::uint64_t>> unread_kinds;
  base::DiagnosticSink diagnostics;
};

/// What the protected side says about services, by name or address.
using ServiceSettings = std::map<std::string, ServiceSetting>;

/// Links and classifies a state. `addresses`: of its settings, where they were read before.
[[nodiscard]] LinkedState link(const model::StateView& view, const resolve::AddressBook& addresses,
                               const ServiceSettings& services);

/// Links, classifies and derives a state that stands alone.
[[nodiscard]] LinkedState link_and_derive(const model::StateView& view, const ServiceSettings& services = {});

/// The service that the configuration names for the file of a bill of materials. The configuration must outlive it.
[[nodiscard]] resolve::libraries::ServiceOfFile service_of_file(const Configuration& configuration);

/// Reads both sources, judges what changes between them, and decides.
[[nodiscard]] model::Decision run_gate(const GateRequest& request);

}  // namespace postern::app
