// SPDX-License-Identifier: Apache-2.0
// Units of systemd: services of machines.
#pragma once
#include <ingest/project.h>

#include <vector>

namespace postern::ingest::settings_file {

/// Appends the service that a unit declares: `[Service]` with `ExecStart`; false where it is no such unit. Source:
/// systemd.service(5), systemd.exec(5).
[[nodiscard]] bool write_unit(const SourceFile& file, std::vector<model::Fact>& facts);

}  // namespace postern::ingest::settings_file
