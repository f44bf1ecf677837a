// SPDX-License-Identifier: Apache-2.0
// Where the threat database is, how old it may be, and what it is updated from.
#pragma once
#include "app/configuration.h"
#include "app/options.h"
#include "app/threats.h"
#include "threatdb/staleness.h"

namespace postern::app {

/// The folder: --threat-db or POSTERN_THREAT_DB, else `threat_data.folder` (relative to the configuration), else
/// `postern/threatdb` in the user's data folder (XDG_DATA_HOME, ~/.local/share). Throws UsageError where there is none of them.
[[nodiscard]] std::string threat_folder(const Options& options, const Configuration& configuration);

/// The database of a run that judges: one that was named must be there, that of the user's data folder may be missing.
[[nodiscard]] ThreatChoice threat_choice(const Options& options, const Configuration& configuration);

/// The limits of ages in force.
[[nodiscard]] threatdb::AgeLimits age_limits(const Configuration& configuration);

/// The moment that ages are counted from: SOURCE_DATE_EPOCH where it is set, so that an output can be made again, else the clock.
[[nodiscard]] threatdb::Moment present();

/// `3 days`, `5 hours`.
[[nodiscard]] std::string age_text(threatdb::Moment age);

}  // namespace postern::app
