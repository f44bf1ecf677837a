// SPDX-License-Identifier: Apache-2.0
// Lines that hold flow collections of YAML, JSON or TOML (`redis: {host: r, port: 6379}`), cut into what would be lines of their
// own.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace postern::connection {

/// A part of the line that would be a line in block style: `redis: {`, `host: r`.
struct FlowPiece {
  std::size_t begin;  ///< offsets in the line
  std::size_t end;
  std::size_t depth;  ///< collections of this line that enclose it
};

/// A line cut into its pieces. None when it holds no mapping in flow style, or braces that mean something else (nginx, scripts,
/// styles): it is read as it stands then.
struct FlowLine {
  std::vector<FlowPiece> pieces;
  std::size_t open = 0;  ///< collections that the line leaves open
};

/// Cuts `line` into `flow`, whose old content goes. Lists of plain words stay whole (`targets: [a, b]`). Linear.
void cut_flow(std::string_view line, FlowLine& flow);

}  // namespace postern::connection
