// SPDX-License-Identifier: Apache-2.0
// What is checked of the bytes of a text before anything is parsed.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "reporter.h"

namespace postern::document {

/// The first trouble that makes a text unreadable in any format: NUL, not UTF-8.
[[nodiscard]] std::optional<Refusal> check_encoding(std::string_view text);

/// The first character that YAML does not allow (YAML 1.2.2, section 5.1) or that ends a line in YAML 1.1 only.
[[nodiscard]] std::optional<Refusal> check_yaml_characters(std::string_view text);

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// Length of a UTF-8 byte-order mark at the start: 3 or 0.
[[nodiscard]] std::size_t byte_order_mark(std::string_view text) noexcept;

}  // namespace postern::document
