// SPDX-License-Identifier: Apache-2.0
// The selector expressions of Calico: `app == 'x' && tier in {'a', 'b'} || has(y)`.
#pragma once
#include <postern/model/fact.h>

#include <optional>
#include <string_view>
#include <vector>

namespace postern::ingest::kubernetes {

/// The expression as alternatives, each a plain label selector; nothing for one that has no exact counterpart (`contains`, `starts
/// with`, `ends with`, `global()`, a negated group) or cannot be read. An empty text selects everything.
[[nodiscard]] std::optional<std::vector<model::LabelSelector>> parse_calico_selector(std::string_view text);

}  // namespace postern::ingest::kubernetes
