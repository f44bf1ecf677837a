// SPDX-License-Identifier: Apache-2.0
// Containers of a pod: init, main, sidecar and ephemeral.
#pragma once
#include <ingest/kubernetes/object_reader.h>
#include <postern/model/fact.h>

#include <string_view>

namespace postern::ingest::kubernetes {

/// Reads the containers in the list `key` of a PodSpec: attributes with the container's name as scope, aliases, settings.
void read_containers(ObjectReader& reader, const Node& pod, std::string_view key, model::EntityFact& entity);

}  // namespace postern::ingest::kubernetes
