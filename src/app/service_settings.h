// SPDX-License-Identifier: Apache-2.0
// Applies to a state what the protected side says about services, stores and interfaces.
#pragma once
#include <postern/model/graph.h>

#include <map>
#include <string>

#include "app/configuration.h"

namespace postern::app {

/// Sets owner, tier, system and classes of data of what is called (by name or address) like a key. Both sides get the same, so a
/// setting is no drift. Classes that were inferred or declared are replaced.
void apply_service_settings(const std::map<std::string, ServiceSetting>& services, model::ArchitectureGraph& graph);

/// P2010 for each key that means nothing in any of the states.
void report_unused_service_settings(const std::map<std::string, ServiceSetting>& services, const model::ArchitectureGraph& graph,
                                    base::DiagnosticSink& diagnostics);

}  // namespace postern::app
