// SPDX-License-Identifier: Apache-2.0
// Reads an advisory in the format of OSV (schema 1.x): what Postern keeps of it, under the rules of the schema.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <string>

#include "threatdb/advisory.h"

namespace postern::threatdb {

/// Whether a mapping looks like an advisory of OSV at all: it has an id and a moment of change.
[[nodiscard]] bool is_advisory(const document::Node& node);

/// Fills `advisory` with views of the document. False when the record cannot be used; the reason is in `sink` then (P5101). Parts
/// that decide nothing are left out with a warning (P5102). `name` is what the record is called in its archive.
[[nodiscard]] bool read_advisory(const document::Node& node, std::string_view name, Advisory& advisory, base::DiagnosticSink& sink);

}  // namespace postern::threatdb
