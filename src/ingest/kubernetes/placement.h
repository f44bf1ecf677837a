// SPDX-License-Identifier: Apache-2.0
// In which region and zones a pod may run, as far as it says so itself.
#pragma once
#include <ingest/kubernetes/object_reader.h>
#include <postern/document/document.h>
#include <postern/model/attribute.h>

#include <vector>

namespace postern::ingest::kubernetes {

/// Appends `zones` and `declared_region` where the node selector or the required node affinity of a pod names them by the
/// well-known labels (topology.kubernetes.io/zone, /region, and their older spellings). Several regions are none in particular:
/// only zones are listed then.
void read_placement(const ObjectReader& reader, const document::Node& pod, std::vector<model::Attribute>& rows);

}  // namespace postern::ingest::kubernetes
