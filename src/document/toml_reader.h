// SPDX-License-Identifier: Apache-2.0
// Reads TOML 1.0 into a tree like that of JSON.
#pragma once
#include <postern/document/document.h>

#include <memory>
#include <optional>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// The document, or nothing after an error was reported. Tables are mappings, arrays of tables sequences of mappings; dates and
/// times are strings as TOML writes them. The encoding must have been checked. Throws GivenUp.
[[nodiscard]] std::optional<Document> read_toml(const std::shared_ptr<const Source>& source, const Limits& limits,
                                                Reporter& reporter);

}  // namespace postern::document
