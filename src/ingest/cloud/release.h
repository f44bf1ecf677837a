// SPDX-License-Identifier: Apache-2.0
// Releases of Helm among the resources: what is set for a chart that is rendered elsewhere.
#pragma once
#include <ingest/cloud/value.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::cloud {

/// Whether the type is that of a release.
[[nodiscard]] bool is_release(std::string_view type);
/// Whether a path is that of a value for the chart: its names are the chart's own.
[[nodiscard]] bool is_chart_value(std::string_view path);
/// The names under which what a release runs is found in its cluster, as far as they follow from the names of release and
/// namespace: a chart names its main Service as the release is named.
[[nodiscard]] std::vector<std::string> service_names_of(const Value& arguments);
/// The arguments with their documents of values read and put on top of one another, as Helm does; documents that cannot be read
/// stay what they are.
[[nodiscard]] Value with_chart_values(const Value& arguments);

}  // namespace postern::ingest::cloud
