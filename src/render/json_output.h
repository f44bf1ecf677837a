// SPDX-License-Identifier: Apache-2.0
// How this part writes JSON, and the names of what it writes.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace postern::render {

/// Keeps the order in which keys were set.
using Json = nlohmann::ordered_json;

/// Two spaces of indent and a newline at the end. Invisible characters and whatever a pipeline's log obeys stand as `\uXXXX`; bytes
/// that are no UTF-8 as U+FFFD.
[[nodiscard]] std::string json_text(const Json& json);

}  // namespace postern::render
