// SPDX-License-Identifier: Apache-2.0
// Inventories of Ansible among the files of a source, with the folders of variables beside them.
#pragma once
#include <ingest/project.h>

#include <string_view>
#include <vector>

namespace postern::ingest::ansible {

/// Inventories by their usual names, and what lies in group_vars and host_vars.
[[nodiscard]] bool wants_inventory(std::string_view path);
/// Hosts by `hosts/NAME`, groups that have variables by `groups/NAME`; where two inventories have the same, their path stands
/// before.
[[nodiscard]] std::vector<ProjectFile> read_inventories(const SourceFiles& files, const ProjectSettings& settings,
                                                        base::DiagnosticSink& sink);

}  // namespace postern::ingest::ansible
