// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of turning documents into facts (P12xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>
#include <string_view>

namespace postern::ingest {

namespace code {
inline constexpr std::string_view k_wrong_type = "P1201";
inline constexpr std::string_view k_missing_part = "P1202";
inline constexpr std::string_view k_template = "P1203";
inline constexpr std::string_view k_chart = "P1204";
inline constexpr std::string_view k_kustomization = "P1205";
inline constexpr std::string_view k_generated_name = "P1206";
inline constexpr std::string_view k_empty_file = "P1207";
inline constexpr std::string_view k_bad_quantity = "P1208";
inline constexpr std::string_view k_misspelt_field = "P1209";
inline constexpr std::string_view k_bad_base64 = "P1210";
inline constexpr std::string_view k_out_of_range = "P1211";
inline constexpr std::string_view k_not_text = "P1212";
inline constexpr std::string_view k_unreadable_json = "P1213";
inline constexpr std::string_view k_bad_name = "P1214";
inline constexpr std::string_view k_field_without_effect = "P1215";
inline constexpr std::string_view k_not_evaluated = "P1216";
inline constexpr std::string_view k_unknown_version = "P1217";
inline constexpr std::string_view k_duplicate_reference = "P1218";
inline constexpr std::string_view k_dangling_reference = "P1219";
inline constexpr std::string_view k_no_components = "P1220";
inline constexpr std::string_view k_bad_purl = "P1221";
inline constexpr std::string_view k_unknown_type = "P1222";
inline constexpr std::string_view k_cut_off = "P1223";
inline constexpr std::string_view k_lock_file = "P1224";
inline constexpr std::string_view k_sbom_rule = "P1225";
// P1230 to P1249: Terraform, CloudFormation and ARM
inline constexpr std::string_view k_drift = "P1230";
inline constexpr std::string_view k_hcl_syntax = "P1231";
inline constexpr std::string_view k_module_not_expanded = "P1232";
inline constexpr std::string_view k_too_much = "P1233";
inline constexpr std::string_view k_compose_unset = "P1250";
inline constexpr std::string_view k_compose_optional = "P1251";
inline constexpr std::string_view k_compose_missing_file = "P1252";
inline constexpr std::string_view k_compose_cycle = "P1253";
inline constexpr std::string_view k_compose_missing_service = "P1254";
inline constexpr std::string_view k_compose_bad_value = "P1255";
inline constexpr std::string_view k_compose_too_large = "P1256";
inline constexpr std::string_view k_compose_bad_variable = "P1257";
inline constexpr std::string_view k_not_rendered = "P1260";
inline constexpr std::string_view k_sql_cut_off = "P1270";
inline constexpr std::string_view k_sql_unknown_table = "P1271";
inline constexpr std::string_view k_api_reference = "P1272";
inline constexpr std::string_view k_api_part = "P1273";
inline constexpr std::string_view k_interface_syntax = "P1274";
// P1280 to P1289: formats of deployment tools and of what runs
inline constexpr std::string_view k_serverless_missing_file = "P1280";
inline constexpr std::string_view k_export_partial = "P1281";
inline constexpr std::string_view k_inventory_line = "P1282";
inline constexpr std::string_view k_inventory_too_large = "P1283";
// P1290 to P1299: reports of other tools
inline constexpr std::string_view k_report_row = "P1290";
inline constexpr std::string_view k_report_failed = "P1291";
inline constexpr std::string_view k_report_partial = "P1292";
inline constexpr std::string_view k_report_unknown = "P1293";
inline constexpr std::string_view k_report_cut_off = "P1294";
}  // namespace code

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::ingest
