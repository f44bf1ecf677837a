// SPDX-License-Identifier: Apache-2.0
// What must never stand in any output, whatever the inputs say; shared by unit tests and fuzz targets.
#pragma once
#include <postern/base/text.h>
#include <render/code_points.h>

#include <string>
#include <string_view>

namespace postern::test {

/// The rule that `text` breaks, or nothing: well-formed UTF-8, no invisible characters but line ends, no logging command of Azure
/// Pipelines, no script.
inline std::string broken_rule(std::string_view text) {
  if (base::find_invalid_utf8(text)) return "not UTF-8";
  if (render::find_logging_command(text, 0) != std::string_view::npos) return "logging command";
  for (std::size_t at = 0; at < text.size();) {
    const render::CodePoint point = render::code_point_at(text, at);
    if (render::is_invisible(point.value) && point.value != '\n') return "invisible character " + std::to_string(point.value);
    at += point.length;
  }
  return {};
}

/// As above, for what is shown line by line: no line is a quick action of GitLab or a workflow command of GitHub.
inline std::string broken_line_rule(std::string_view text) {
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view begin = base::trim(line);
    if (begin.starts_with('/')) return "line begins with a slash: " + std::string(line);
    if (begin.starts_with("::")) return "line is a workflow command: " + std::string(line);
  }
  return broken_rule(text);
}

}  // namespace postern::test
