// SPDX-License-Identifier: Apache-2.0
// `postern lab range`: whether a range of versions holds a version.
#include "app/lab/range_row.h"

#include <nlohmann/json.hpp>

#include "app/lab/row_text.h"
#include "package/range.h"

namespace postern::app::lab {
namespace {

bool is_set(const Json& options, const char* name) {
  const auto at = options.find(name);
  if (at == options.end() || at->is_null()) return false;
  if (at->is_boolean()) return at->get<bool>();
  // As JavaScript has it: every text but the empty one, every number but zero.
  return at->is_string() ? !at->get_ref<const std::string&>().empty() : (!at->is_number() || at->get<double>() != 0);
}

package::RangeOptions options_of(const Json& row) {
  package::RangeOptions options;
  const auto at = row.find("options");
  if (at == row.end() || !at->is_object()) return options;
  if (is_set(*at, "loose")) options.strictness = package::Strictness::loose;
  if (is_set(*at, "includePrerelease")) options.prereleases = package::Prereleases::included;
  return options;
}

package::RangeReading read_range(const Json& row, const std::string& text) {
  if (text.starts_with("vers:")) return package::parse_vers(text);
  const std::string* ecosystem = text_member(row, "ecosystem");
  if (ecosystem == nullptr) return {std::nullopt, R"(expected {"ecosystem": "..", "range": "..", "version": ".."})"};
  const auto scheme = package::scheme_of(*ecosystem);
  if (!scheme) return {std::nullopt, "not a known ecosystem: " + *ecosystem};
  package::RangeOptions options = options_of(row);
  if (*ecosystem == "cargo" || *ecosystem == "crates.io") options.bare = package::Bare::compatible;
  return package::parse_native_range(*scheme, text, options);
}

Json answer(const Json& row) {
  const std::string* text = text_member(row, "range");
  const std::string* version = text_member(row, "version");
  if (text == nullptr || (version == nullptr && row.contains("version"))) {
    return refusal(R"(expected {"ecosystem": "..", "range": "..", "version": ".."})");
  }
  const package::RangeReading reading = read_range(row, *text);
  if (!reading.range) return refusal(reading.refusal);
  Json result;
  if (version != nullptr) {
    const auto inside = package::contains(*reading.range, *version);
    result["in"] = inside.value_or(false);
    if (!inside) result["reason"] = "not a version of " + std::string(to_string(reading.range->scheme)) + ": " + *version;
  }
  result["vers"] = package::to_vers(*reading.range);
  return result;
}

}  // namespace

std::string range_row(std::string_view json_line) { return answer_line(json_line, answer); }

}  // namespace postern::app::lab
