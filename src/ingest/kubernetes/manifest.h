// SPDX-License-Identifier: Apache-2.0
// A document of the Kubernetes API: one object or a list of them.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::kubernetes {

/// Whether `root` is an object of a cluster's API: a mapping with `apiVersion` and `kind` of a group that is not known to belong to
/// some tool's own configuration file.
[[nodiscard]] bool is_manifest(const document::Node& root);

/// Appends the facts of `root`, of every item where it is a List. Kinds that nobody reads become UnreadFacts.
void extract_manifest(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::kubernetes
