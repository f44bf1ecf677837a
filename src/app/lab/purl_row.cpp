// SPDX-License-Identifier: Apache-2.0
// `postern lab purl`: the parts of a package URL and its canonical form.
#include "app/lab/purl_row.h"

#include <nlohmann/json.hpp>

#include "app/lab/row_text.h"
#include "package/purl.h"

namespace postern::app::lab {
namespace {

constexpr std::string_view k_expected = R"(expected {"purl": ".."} or the parts {"type": "..", "name": "..", ..})";

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// A part that is absent or null is empty; nothing where it is of another kind.
std::optional<std::string> part_of(const Json& row, const char* name) {
  const auto at = row.find(name);
  if (at == row.end() || at->is_null()) return std::string();
  return at->is_string() ? std::optional(at->get<std::string>()) : std::nullopt;
}

/// Qualifiers as an object of texts; false where they are something else.
bool read_qualifiers(const Json& row, package::PackageUrl& parts) {
  const auto at = row.find("qualifiers");
  if (at == row.end() || at->is_null()) return true;
  if (!at->is_object()) return false;
  for (const auto& [key, value] : at->items()) {
    if (!value.is_string()) return false;
    parts.qualifiers.emplace_back(key, value.get<std::string>());
  }
  return true;
}

package::PurlReading build(const Json& row) {
  auto type = part_of(row, "type");
  auto path = part_of(row, "namespace");
  auto name = part_of(row, "name");
  auto version = part_of(row, "version");
  auto subpath = part_of(row, "subpath");
  if (!type || !path || !name || !version || !subpath) return {std::nullopt, std::string(k_expected)};
  package::PackageUrl parts{std::move(*type), std::move(*path), std::move(*name), std::move(*version), {}, std::move(*subpath)};
  if (!read_qualifiers(row, parts)) return {std::nullopt, std::string(k_expected)};
  return package::build_purl(std::move(parts));
}

/// What breaks a rule of its type has a canonical form all the same.
Json refused(const std::string& why, const std::string* text) {
  Json result = refusal(why);
  const auto purl = text == nullptr ? std::nullopt : package::parse_purl(*text);
  if (purl) result["canonical"] = package::to_string(*purl);
  return result;
}

Json answer(const Json& row) {
  const std::string* text = text_member(row, "purl");
  if (text == nullptr && !row.contains("type") && !row.contains("name")) return refusal(k_expected);
  const package::PurlReading reading = text == nullptr ? build(row) : package::read_purl(*text);
  if (!reading.purl) return refused(reading.refusal, text);
  Json qualifiers;
  for (const auto& [key, value] : reading.purl->qualifiers) qualifiers[key] = value;
  const std::string canonical = package::to_string(*reading.purl);
  return Json{{"type", reading.purl->type}, {"namespace", text_or_null(reading.purl->namespace_path)},
              {"name", reading.purl->name}, {"version", text_or_null(reading.purl->version)},
              {"qualifiers", qualifiers},   {"subpath", text_or_null(reading.purl->subpath)},
              {"canonical", canonical},     {"purl", canonical}};
}

}  // namespace

std::string purl_row(std::string_view json_line) { return answer_line(json_line, answer); }

}  // namespace postern::app::lab
