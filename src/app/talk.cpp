// SPDX-License-Identifier: Apache-2.0
// What Postern says to people while it works: on standard error, through one logger without colours or times.
#include "app/talk.h"

#include <postern/base/text.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

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

}  // namespace

void tell(const std::vector<base::Diagnostic>& diagnostics, Talk talk) {
  if (talk == Talk::quiet) return;
  for (const base::Diagnostic& diagnostic : diagnostics) {
    const std::string where = base::to_string(diagnostic.location);
    const auto level = level_of(diagnostic.severity);
    logger().log(level, "{}{}{}: {} [{}]", render::terminal(where), where.empty() ? "" : ": ", base::to_string(diagnostic.severity),
                 render::terminal(diagnostic.message), diagnostic.code);
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
