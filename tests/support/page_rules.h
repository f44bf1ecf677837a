// SPDX-License-Identifier: Apache-2.0
// What must never stand in a page or picture: anything that runs, loads or styles by itself. Looks at tags as a browser would;
// texts between them may say what they like.
#pragma once
#include <postern/base/text.h>

#include <array>
#include <string>
#include <string_view>

namespace postern::test {

/// The names of the attributes of a tag whose values all stand in double quotes.
inline std::string forbidden_attribute(std::string_view tag) {
  while (!tag.empty()) {
    const std::size_t equals = tag.find("=\"");
    if (equals == std::string_view::npos) return {};
    const std::string_view before = tag.substr(0, equals);
    const std::string name(before.substr(before.find_last_of(" \n/") + 1));
    const std::size_t end = tag.find('"', equals + 2);
    if (end == std::string_view::npos) return "a value without end";
    const std::string_view value = tag.substr(equals + 2, end - equals - 2);
    const bool is_address = name == "href" || name == "src" || name == "xlink:href" || name == "action" || name == "data";
    if (name.starts_with("on") || name == "style" || name == "srcdoc") return name;
    if (is_address && !value.starts_with('#') && value != "postern.css") return name + " " + std::string(value);
    if (value.find("javascript:") != std::string_view::npos || value.find("url(") != std::string_view::npos)
      return "an address in " + name;
    tag.remove_prefix(end + 1);
  }
  return {};
}

/// The rule that a page or a picture breaks, or nothing.
inline std::string broken_page_rule(std::string_view page) {
  constexpr std::array<std::string_view, 12> k_forbidden = {"script", "iframe",        "object", "embed", "form",  "img",
                                                            "base",   "foreignobject", "use",    "image", "input", "video"};
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    const std::size_t end = page.find('>', at);
    if (end == std::string_view::npos) return "a tag without end";
    const std::string_view tag = page.substr(at + 1, end - at - 1);
    const std::string_view bare = tag.starts_with('/') ? tag.substr(1) : tag;
    const std::string name = base::to_lower(std::string(bare.substr(0, bare.find_first_of(" \n/"))));
    for (const std::string_view each : k_forbidden) {
      if (name == each) return "element " + name;
    }
    if (std::string rule = forbidden_attribute(tag); !rule.empty()) return "attribute: " + rule;
  }
  return {};
}

}  // namespace postern::test
