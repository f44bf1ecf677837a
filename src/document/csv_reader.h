// SPDX-License-Identifier: Apache-2.0
// Reads comma-separated values into the names of the first row and mappings by these names.
#pragma once
#include <postern/document/document.h>

#include <memory>
#include <optional>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// The document, or nothing after an error was reported. The separator is what stands most often in the first row outside of
/// quotes: comma, semicolon or tab. A second column of the same name is called `NAME (2)`. A row with fewer values than names lacks
/// the last ones; empty lines are passed over. The encoding must have been checked. Throws GivenUp.
[[nodiscard]] std::optional<Document> read_csv(const std::shared_ptr<const Source>& source, const Limits& limits,
                                               Reporter& reporter);

}  // namespace postern::document
