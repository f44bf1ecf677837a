// SPDX-License-Identifier: Apache-2.0
// What people declare about an object in its labels and annotations.
#pragma once
#include <ingest/kubernetes/field_table.h>

#include <span>

namespace postern::ingest::kubernetes {

/// Adds owner, tier and data classes from `postern.dev/owner`, `postern.dev/tier`, `postern.dev/data` (labels or annotations) and
/// from the labels owner, team and contact.
void read_declarations(const ObjectReader& reader, Rows& rows);

/// The annotation's text; nothing when it is absent or empty.
[[nodiscard]] std::optional<std::string_view> annotation(const ObjectReader& reader, std::string_view key);

/// `a, b,c` as a list of trimmed pieces, without empty ones.
[[nodiscard]] std::vector<Symbol> split_list(std::string_view text);

}  // namespace postern::ingest::kubernetes
