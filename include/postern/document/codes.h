// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of reading YAML and JSON (P10xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>

namespace postern::document {

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::document
