// SPDX-License-Identifier: Apache-2.0
// What Postern says to people while it works: on standard error, through one logger without colours or times.
#include "app/talk.h"

#include <postern/base/text.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>

#include "render/escape.h"

namespace postern::app {
namespace {

spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger made("postern", std::make_shared<spdlog::sinks::stderr_sink_st>());
    made.set_pattern("%v");
    made.flush_on(spdlog::level::trace);
    return made;
  }();
  return instance;
}

spdlog::level::level_enum level_of(base::Severity severity) {
  switch (severity) {
    case base::Severity::note:
      return spdlog::level::info;
    case base::Severity::warning:
      return spdlog::level::warn;
    case base::Severity::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

/// White space at the beginning is what puts a caret in its place; it is never taken for an escape.
std::string indented(std::string_view line) {
  const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
  return "  " + std::string(text, ' ') + render::terminal(line.substr(text));
}

}  // namespace

void tell(const std::vector<base::Diagnostic>& diagnostics, Talk talk) {
  if (talk == Talk::quiet) return;
  for (const base::Diagnostic& diagnostic : diagnostics) {
    const std::string where = base::to_string(diagnostic.location);
    const auto level = level_of(diagnostic.severity);
    // Lines below the first hold the expression and the caret under what is wrong with it.
    const std::vector<std::string_view> lines = base::split(diagnostic.message, '\n');
    logger().log(level, "{}{}{}: {} [{}]", render::terminal(where), where.empty() ? "" : ": ", base::to_string(diagnostic.severity),
                 render::terminal(lines.front()), diagnostic.code);
    for (std::size_t i = 1; i < lines.size(); ++i) logger().log(level, "{}", indented(lines[i]));
    if (diagnostic.hint.empty()) continue;
    for (const std::string_view line : base::split(diagnostic.hint, '\n')) logger().log(level, "  {}", render::terminal(line));
  }
}

void tell(const Error& error) {
  logger().error("postern: {}", render::terminal(error.what()));
  for (const std::string& context : error.context()) logger().error("  while {}", render::terminal(context));
  if (!error.hint().empty()) logger().error("  hint: {}", render::terminal(error.hint()));
}

void tell_internal(const char* what) { logger().critical("postern: internal error: {}", render::terminal(what)); }

}  // namespace postern::app
