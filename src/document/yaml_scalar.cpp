// SPDX-License-Identifier: Apache-2.0
// Core tags (YAML 1.2.2, sections 10.1 to 10.3).
#include "yaml_scalar.h"

#include <algorithm>
#include <array>

#include "scalar_types.h"

namespace postern::document {
namespace {

struct CoreTag {
  std::string_view name;
  Kind kind;
};
constexpr std::array k_core_tags = {
    CoreTag{"bool", Kind::boolean}, CoreTag{"float", Kind::number}, CoreTag{"int", Kind::integer}, CoreTag{"map", Kind::mapping},
    CoreTag{"null", Kind::null},    CoreTag{"seq", Kind::sequence}, CoreTag{"str", Kind::string},
};

std::optional<Kind> core_tag(std::string_view tag) noexcept {
  if (!tag.starts_with(k_core_tag_prefix)) return std::nullopt;
  tag.remove_prefix(k_core_tag_prefix.size());
  const auto* const found =
      std::find_if(k_core_tags.begin(), k_core_tags.end(), [&](const CoreTag& row) { return row.name == tag; });
  return found != k_core_tags.end() ? std::optional(found->kind) : std::nullopt;
}

}  // namespace

std::optional<Kind> scalar_kind(std::string_view tag, Style style, std::string_view text) noexcept {
  if (tag.empty()) return style == Style::plain ? core_kind(text) : Kind::string;
  const auto wanted = core_tag(tag);
  if (!wanted || *wanted == Kind::string) return Kind::string;
  const Kind found = core_kind(text);
  const bool is_integer = is_core_integer(text);
  switch (*wanted) {
    case Kind::integer:
      return is_integer ? std::optional(found) : std::nullopt;
    case Kind::number:
      return is_integer || found == Kind::number ? std::optional(Kind::number) : std::nullopt;
    default:
      return found == *wanted ? std::optional(found) : std::nullopt;
  }
}

bool fits_container(std::string_view tag, Kind kind) noexcept {
  const auto wanted = core_tag(tag);
  return !wanted || *wanted == kind;
}

}  // namespace postern::document
