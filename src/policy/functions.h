// SPDX-License-Identifier: Apache-2.0
// The functions over an architecture that expressions may call.
#pragma once
#include <span>
#include <string_view>

#include "cel/function.h"

namespace postern::policy {

/// One row a function; the examples hold on the sample of the tests, which the reference describes.
[[nodiscard]] std::span<const cel::FunctionRow> functions();

/// -1, 0, 1: dotted numbers compare as numbers, a pre-release (`1.2.0-rc.1`) comes before its release, `v` and build data (`+x`)
/// are left out, missing parts count as 0.
[[nodiscard]] int compare_versions(std::string_view a, std::string_view b);

}  // namespace postern::policy
