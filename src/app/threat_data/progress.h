// SPDX-License-Identifier: Apache-2.0
// A line on a terminal that says how far something is. Nothing at all where standard error is no terminal.
#pragma once
#include <cstdint>
#include <string>

#include "app/talk.h"

namespace postern::app {

/// Redrawn in place, at most ten times a second; gone when the object goes.
class ProgressLine {
 public:
  explicit ProgressLine(Talk talk);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `what`, and a bar where the whole is known (`total` is not 0). Numbers are bytes.
  void show_bytes(const std::string& what, std::uint64_t done, std::uint64_t total);
  /// `what`, and how many records.
  void show_records(const std::string& what, std::uint64_t done);

 private:
  void draw(const std::string& line);
  bool m_is_shown = false;
  bool m_is_drawn = false;
  std::int64_t m_last = 0;
};

}  // namespace postern::app
