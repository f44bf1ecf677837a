// SPDX-License-Identifier: Apache-2.0
// The codes by name, for the code of this part; their texts are in codes.cpp.
#pragma once

namespace postern::document {

inline constexpr const char* k_nul_byte = "P1001";
inline constexpr const char* k_invalid_utf8 = "P1002";
inline constexpr const char* k_forbidden_character = "P1003";
inline constexpr const char* k_file_too_large = "P1004";
inline constexpr const char* k_too_many_values = "P1005";
inline constexpr const char* k_too_deep = "P1006";
inline constexpr const char* k_too_many_errors = "P1007";
inline constexpr const char* k_json_syntax = "P1010";
inline constexpr const char* k_trailing_bytes = "P1011";
inline constexpr const char* k_yaml_syntax = "P1012";
inline constexpr const char* k_unsupported_yaml = "P1013";
inline constexpr const char* k_duplicate_key = "P1014";
inline constexpr const char* k_key_not_scalar = "P1015";
inline constexpr const char* k_unknown_alias = "P1016";
inline constexpr const char* k_alias_cycle = "P1017";
inline constexpr const char* k_alias_expansion = "P1018";
inline constexpr const char* k_merge_value = "P1019";
inline constexpr const char* k_tag_mismatch = "P1020";
inline constexpr const char* k_inexact_number = "P1021";
inline constexpr const char* k_yaml_1_1_differs = "P1022";
inline constexpr const char* k_csv_syntax = "P1023";
inline constexpr const char* k_xml_syntax = "P1024";
inline constexpr const char* k_toml_syntax = "P1025";

}  // namespace postern::document
