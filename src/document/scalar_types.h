// SPDX-License-Identifier: Apache-2.0
// What a plain scalar is: the YAML 1.2 core schema (section 10.3.2), the JSON grammar of numbers, and where YAML 1.1 differs.
#pragma once
#include <postern/document/node.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::document {

/// The kind of a plain scalar in the core schema. Integers that do not fit into 64 signed bits are `number`.
[[nodiscard]] Kind core_kind(std::string_view text) noexcept;

/// What a YAML 1.1 reader makes of a plain scalar, in words such as "the boolean true"; nullptr when it reads the same.
[[nodiscard]] const char* yaml_1_1_reading(std::string_view text) noexcept;

/// `integer` or `number` when `text` is a number by RFC 8259, section 6; nothing otherwise.
[[nodiscard]] std::optional<Kind> json_number_kind(std::string_view text) noexcept;

/// True for digits with an optional sign, and for octal and hexadecimal integers of the core schema, of any size.
[[nodiscard]] bool is_core_integer(std::string_view text) noexcept;
[[nodiscard]] bool is_core_float(std::string_view text) noexcept;

/// The value of a core integer, when it fits.
[[nodiscard]] std::optional<std::int64_t> integer_value(std::string_view text) noexcept;
/// The nearest double of a core integer or float, when there is one.
[[nodiscard]] std::optional<double> number_value(std::string_view text) noexcept;

}  // namespace postern::document
