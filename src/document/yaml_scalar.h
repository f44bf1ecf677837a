// SPDX-License-Identifier: Apache-2.0
// The kind of a YAML value from its tag, its style and its text.
#pragma once
#include <postern/document/node.h>

#include <optional>
#include <string_view>

namespace postern::document {

inline constexpr std::string_view k_core_tag_prefix = "tag:yaml.org,2002:";

/// The kind of a scalar; nothing when the text does not fit a core tag. Values with a tag that is not of the core schema are
/// strings. `tag` is empty when none was written, "!" for the non-specific tag, which makes any scalar a string.
[[nodiscard]] std::optional<Kind> scalar_kind(std::string_view tag, Style style, std::string_view text) noexcept;

/// Whether a container of this kind may have this tag.
[[nodiscard]] bool fits_container(std::string_view tag, Kind kind) noexcept;

}  // namespace postern::document
