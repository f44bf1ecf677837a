// SPDX-License-Identifier: Apache-2.0
// One template of CloudFormation or SAM -> resources: intrinsic functions, parameters with defaults, mappings, conditions.
#pragma once
#include <ingest/cloud/collector.h>
#include <postern/document/node.h>

#include <vector>

namespace postern::ingest::cloudformation {

/// Whether a document is a template, by its content.
[[nodiscard]] bool is_template(const document::Node& root);
/// Its resources, by logical id. What depends on where and how it is deployed is unknown.
[[nodiscard]] std::vector<cloud::Resource> resources_of(const document::Node& root);

}  // namespace postern::ingest::cloudformation
