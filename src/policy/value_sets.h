// SPDX-License-Identifier: Apache-2.0
// The fields whose values are words of a closed list.
#pragma once
#include <postern/model/finding.h>

#include <string_view>
#include <vector>

namespace postern::policy {

/// The words that the field at `path` ("entity.kind", "change.entity.exposure") can have; empty: any text.
[[nodiscard]] std::vector<std::string_view> possible_words(std::string_view path, model::SubjectKind subject);

}  // namespace postern::policy
