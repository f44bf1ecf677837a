// SPDX-License-Identifier: Apache-2.0
// Reads XML into the tree that JSON gives. The only contact with pugixml, which expands no entities and opens no files.
#pragma once
#include <postern/document/document.h>

#include <memory>
#include <optional>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// The document, or nothing after an error was reported: a mapping of the outermost element's name to that element, as Format says.
/// The encoding must have been checked. Throws GivenUp.
[[nodiscard]] std::optional<Document> read_xml(const std::shared_ptr<const Source>& source, const Limits& limits,
                                               Reporter& reporter);

}  // namespace postern::document
