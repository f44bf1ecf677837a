// SPDX-License-Identifier: Apache-2.0
// Places in configuration that something else fills in: $(VAR), ${VAR:-fallback}, $VAR, {{ template }}, <PLACEHOLDER>, %VAR%.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "connection/endpoint.h"

namespace postern::connection {

/// Stands for every byte of a reference in masked text, so that its own punctuation separates nothing.
inline constexpr char k_mask = '\x01';

/// `text` with every byte of a reference replaced by `k_mask`; the same length. Linear.
[[nodiscard]] std::string mask_references(std::string_view text);

/// End of the reference that starts at `at`, or `at` when none starts there.
[[nodiscard]] std::size_t end_of_reference(std::string_view text, std::size_t at);

/// The references inside `text`, in order. Fallbacks are kept.
[[nodiscard]] std::vector<Reference> references_in(std::string_view text);

}  // namespace postern::connection
