// SPDX-License-Identifier: Apache-2.0
// Services of a CycloneDX document (a SaaSBOM): what runs, where it is called, which data flows in and out, what depends on what.
#pragma once
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::cyclonedx {

/// Appends an entity at `saasbom/REFERENCE` for each service that has a name, services within services included, and the calls that
/// `dependencies` tell between them.
void extract_services(const document::Node& root, std::vector<model::Fact>& facts);

}  // namespace postern::ingest::cyclonedx
