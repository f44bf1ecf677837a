// SPDX-License-Identifier: Apache-2.0
// The networks of a service, and the names that it has in them.
#pragma once
#include <ingest/compose_file/project_facts.h>

namespace postern::ingest::compose_file {

/// Adds attribute `networks` and the service's other names.
void read_names(const Project& project, const std::string& name, const Value& service, model::EntityFact& entity);

}  // namespace postern::ingest::compose_file
