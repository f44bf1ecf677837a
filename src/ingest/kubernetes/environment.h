// SPDX-License-Identifier: Apache-2.0
// What a container is told: environment variables, command and arguments.
#pragma once
#include <ingest/kubernetes/field_table.h>

#include <vector>

namespace postern::ingest::kubernetes {

/// Reads `env`, `envFrom`, `command` and `args`: a setting for each, references to the objects that they name, the attributes
/// `environment`, `environment_from`, `command` and `args`. Every value is redacted before it goes on; the names of those that held
/// a secret are appended to `secrets`.
void read_settings(ObjectReader& reader, const Node& container, Symbol scope, Rows& rows, std::vector<Symbol>& secrets);

}  // namespace postern::ingest::kubernetes
