// SPDX-License-Identifier: Apache-2.0
// SPDX documents as lines of tags and values, version 2.2 and 2.3.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/base/symbol.h>
#include <postern/model/fact.h>

#include <cstddef>
#include <string_view>

namespace postern::ingest::spdx {

/// Whether a text is one: its first line that is no comment begins with `SPDXVersion:`.
[[nodiscard]] bool is_tag_value(std::string_view text);
/// Reads it; more than `most` lines with tags are too many. Never throws on account of the text.
[[nodiscard]] model::SbomFact read_tag_value(std::string_view text, base::Symbol file, std::size_t most,
                                             base::DiagnosticSink& sink);

}  // namespace postern::ingest::spdx
