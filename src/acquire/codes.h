// SPDX-License-Identifier: Apache-2.0
// Names of the diagnostic codes of this stage; their texts are rows in codes.cpp.
#pragma once

namespace postern::acquire {

inline constexpr const char* k_file_too_large = "P1101";
inline constexpr const char* k_too_many_files = "P1102";
inline constexpr const char* k_too_many_bytes = "P1103";
inline constexpr const char* k_file_unreadable = "P1104";
inline constexpr const char* k_link_not_followed = "P1105";
inline constexpr const char* k_link_leads_outside = "P1106";
inline constexpr const char* k_lfs_pointer = "P1107";
inline constexpr const char* k_special_file = "P1108";
inline constexpr const char* k_too_deep = "P1109";
inline constexpr const char* k_folder_unreadable = "P1110";
inline constexpr const char* k_ignore_file_unusable = "P1111";
inline constexpr const char* k_ignored = "P1112";
inline constexpr const char* k_submodule = "P1113";
inline constexpr const char* k_index_unreadable = "P1114";
inline constexpr const char* k_object_missing = "P1115";
inline constexpr const char* k_name_invalid = "P1116";

}  // namespace postern::acquire
