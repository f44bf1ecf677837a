// SPDX-License-Identifier: Apache-2.0
// Draws over one line of the terminal with a carriage return and "erase to the end of the line".
#include "app/threat_data/progress.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "render/escape.h"

namespace postern::app {
namespace {

constexpr std::int64_t k_step_milliseconds = 100;
constexpr std::size_t k_bar = 30;
constexpr std::size_t k_longest_name = 36;

std::int64_t milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string shortened(const std::string& text) {
  std::string shown = render::terminal(text);
  if (shown.size() > k_longest_name) shown = "..." + shown.substr(shown.size() - k_longest_name + 3);
  shown.resize(k_longest_name, ' ');
  return shown;
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

}  // namespace

ProgressLine::ProgressLine(Talk talk) : m_is_shown(talk != Talk::quiet && isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (m_is_drawn) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::draw(const std::string& line) {
  if (!m_is_shown) return;
  const std::int64_t now = milliseconds();
  if (m_is_drawn && now - m_last < k_step_milliseconds) return;
  m_last = now;
  m_is_drawn = true;
  std::fputs(("\r" + line + "\x1b[K").c_str(), stderr);
  std::fflush(stderr);
}

void ProgressLine::show_bytes(const std::string& what, std::uint64_t done, std::uint64_t total) {
  std::string line = shortened(what) + " ";
  if (total > 0) {
    const std::size_t filled = static_cast<std::size_t>(std::min(done, total) * k_bar / total);
    line += "[" + std::string(filled, '#') + std::string(k_bar - filled, '.') + "] " + mebibytes(done) + " of " + mebibytes(total);
  } else {
    line += mebibytes(done);
  }
  draw(line);
}

void ProgressLine::show_records(const std::string& what, std::uint64_t done) {
  draw(shortened(what) + " " + std::to_string(done) + " records");
}

}  // namespace postern::app
