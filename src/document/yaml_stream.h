// SPDX-License-Identifier: Apache-2.0
// The outermost structure of a YAML text: where parsers begin and end, and the directives before documents.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "reporter.h"

namespace postern::document {

/// The part of a text up to a line `...` (or to its end): it may begin with directives.
struct StreamPart {
  std::size_t start = 0;
  std::size_t end = 0;
  std::size_t next = 0;  ///< where the following part begins; npos after the last
  /// What the parser must be given instead of the text, byte for byte at the same places; empty when it can have the text as it is.
  std::string rewritten;
};

/// The part that begins at `start`, its directives checked. Unknown directives, which YAML tells readers to ignore, and later minor
/// versions are rewritten, since libyaml refuses them. Throws Refusal.
[[nodiscard]] StreamPart stream_part(std::string_view text, std::size_t start);

/// The first line at or after `from` that begins a document with `---`; npos when there is none.
[[nodiscard]] std::size_t find_document(std::string_view text, std::size_t from) noexcept;

}  // namespace postern::document
