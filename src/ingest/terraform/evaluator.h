// SPDX-License-Identifier: Apache-2.0
// Modules of Terraform -> resources: expressions over what is known, instances of `count` and `for_each`, calls of other modules.
#pragma once
#include <ingest/cloud/collector.h>
#include <ingest/terraform/module.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::terraform {

/// The module in a folder, or null where none of the files lies there.
using ModuleFinder = std::function<const Module*(std::string_view folder)>;

/// The text of a file among the inputs; nothing where there is none.
using FileFinder = std::function<std::optional<std::string_view>(const std::string& path)>;

/// What is given to a root module: values of its variables.
using VariableValues = std::map<std::string, cloud::Value>;

/// All resources of the module in `folder` and of those that it calls, in the order of their addresses. What is not known is an
/// unknown value that keeps its references; what exists under a condition nobody knows has that condition. Does not fail. `told`:
/// places of calls whose modules are not there, each of which is told once however many roots call them.
[[nodiscard]] std::vector<cloud::Resource> evaluate(const Module& root, const std::string& folder, const VariableValues& values,
                                                    const ModuleFinder& find, const FileFinder& files,
                                                    std::set<base::Location>& told, base::DiagnosticSink& sink);

}  // namespace postern::ingest::terraform
