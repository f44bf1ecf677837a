// SPDX-License-Identifier: Apache-2.0
// Reads a YAML text into its documents.
#pragma once
#include <postern/document/document.h>

#include <memory>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// Appends every document without error to `documents`. The encoding must have been checked. Throws GivenUp.
void read_yaml(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter, Documents& documents);

}  // namespace postern::document
