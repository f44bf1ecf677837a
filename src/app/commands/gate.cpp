// SPDX-License-Identifier: Apache-2.0
// `postern gate`: judge what a build changes, write the reports, answer in the exit code.

#include <postern/base/error.h>
#include <postern/base/lasting.h>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "render/decision_json.h"
#include "render/reports.h"

namespace postern::app {
namespace {

using Format = render::ReportFormat;

const Format& format_called(const std::string& name) {
  if (const Format* format = render::find_format(render::report_formats(), name)) return *format;
  std::vector<std::string> known;
  for (const Format& format : render::report_formats()) known.emplace_back(format.id);
  unknown_format(name, known);
}

}  // namespace

int gate(const Options& options) {
  // What was asked for is checked before anything is read.
  const Format& format = format_called(options.format.empty() ? "text" : options.format);
  std::vector<std::pair<const Format*, std::string>> reports;
  for (const auto& [name, file] : reports_of(options.reports)) reports.emplace_back(&format_called(name), file);

  const auto& request = base::make_lasting<GateRequest>(gate_request(options));
  const auto& decision = base::make_lasting<model::Decision>(run_gate(request));

  const render::TextOptions plain{render::Colour::never, options.verbose ? render::Detail::full : render::Detail::essential, 100};
  const render::RenderOptions shown = render_options(options);
  // The verdict first: a report that cannot be written changes nothing about it, but a pass without its reports is none.
  write_output(format.render(decision, shown));
  bool all_written = true;
  for (const auto& [report, path] : reports) {
    try {
      write_report(*report, decision, path, {plain, {}, shown.layout});
    } catch (const UsageError& error) {
      tell(error);
      all_written = false;
    }
  }
  constexpr int k_not_written = 2;
  if (!all_written && decision.exit_code == 0) return k_not_written;
  return decision.exit_code;
}

int render_decision(const Options& options) {
  const Format& format = format_called(options.format.empty() ? "text" : options.format);
  base::DiagnosticSink sink;
  SourceReader reader({}, {}, 1);
  const acquire::SourceTree tree = reader.acquirer().load(acquire::parse_source(options.paths.front()), sink);
  std::optional<model::Decision> decision;
  if (tree.files.size() == 1) decision = render::read_decision(*tree.files.front().bytes, options.paths.front(), sink);
  tell(sink.all(), talk_of(options));
  if (!decision)
    throw SourceError("no decision could be read from " + options.paths.front(),
                      "name a file that `postern gate --report json=FILE` wrote");
  write_output(format.render(*decision, render_options(options)));
  return 0;
}

}  // namespace postern::app
