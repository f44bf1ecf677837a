// SPDX-License-Identifier: Apache-2.0
// Reads a JSON text (RFC 8259, nothing beyond it) into one document.
#pragma once
#include <postern/document/document.h>

#include <memory>
#include <optional>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// How many values a text holds: one, or any number one after the other, which become a sequence.
enum class JsonValues : std::uint8_t { one, many };

/// The document, or nothing after an error was reported. The encoding must have been checked. Throws GivenUp.
[[nodiscard]] std::optional<Document> read_json(const std::shared_ptr<const Source>& source, const Limits& limits,
                                                Reporter& reporter, JsonValues values = JsonValues::one);

}  // namespace postern::document
