// SPDX-License-Identifier: Apache-2.0
// Signs that a stream of objects was cut off on its way here, although what is left of it can be read.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>

#include <cstdint>

namespace postern::ingest {

/// How the bytes of a file end.
enum class Ending : std::uint8_t { line_feed, middle_of_line };

/// Complains (P1223) about a document that is half an object: a remnant among objects, or, where the file ends in the middle of a
/// line, a last object whose last field has no value. `documents` are those of one YAML file of which at least one was recognised.
/// A text that ends between two items is whole as far as anybody can see.
void report_cut_off(const document::Documents& documents, Ending ending, base::DiagnosticSink& sink);

}  // namespace postern::ingest
