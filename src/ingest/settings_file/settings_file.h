// SPDX-License-Identifier: Apache-2.0
// Configuration of programs that lies beside their source: application.properties and application.yml of Spring, appsettings.json
// of .NET, units of systemd. Which service a file belongs to is said by a label; resolve finds that service.
#pragma once
#include <ingest/project.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::settings_file {

/// `.properties` files and units; the rest are documents.
[[nodiscard]] bool wants(std::string_view path);

/// Reads all such files. Files of tests and of what a build leaves behind are passed over, and so are those of a profile
/// (application-dev.yml, appsettings.Development.json) that the environment does not name under `values`.
[[nodiscard]] std::vector<ProjectFile> read_files(const SourceFiles& source, const ProjectSettings& settings,
                                                  base::DiagnosticSink& sink);

/// The name of the service to which a file belongs, by its folder: `shop/orders/src/main/resources` -> `orders`. Empty where the
/// folder has no name of its own.
[[nodiscard]] std::string service_of_folder(std::string_view folder);

}  // namespace postern::ingest::settings_file
