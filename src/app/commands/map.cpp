// SPDX-License-Identifier: Apache-2.0
// `postern map`: the architecture of one source, or the snapshot of its facts.
#include <postern/base/error.h>
#include <postern/base/text.h>

#include "app/account.h"
#include "app/commands/commands.h"
#include "app/outage.h"
#include "app/output.h"
#include "app/request.h"
#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
#include "render/map_impact.h"
#include "render/map_paths.h"
#include "render/reports.h"
#include "resolve/libraries/settle.h"
#include "resolve/link_rules/link_rule.h"

namespace postern::app {
namespace {

std::string_view words_of_rule(std::string_view id) {
  for (const resolve::LinkRule& rule : resolve::link_rules()) {
    if (rule.id == id) return rule.description;
  }
  return {};
}

std::string map_of(const LinkedState& state, std::uint64_t unrecognised_files, const Options& options,
                   const render::MapFormat& format) {
  const bool json = std::string_view(format.id) == "json";
  if (!options.why.empty()) {
    return render::why_text(state.graph, entity_called(state.graph, options.why[0]), entity_called(state.graph, options.why[1]),
                            words_of_rule, text_options(options));
  }
  if (options.impact) {
    const model::Impact impact = impact_of_outage(state.graph, *options.impact);
    return json ? render::impact_json(state.graph, impact) : render::impact_text(state.graph, impact, text_options(options));
  }
  if (options.attack_paths) return json ? render::paths_json(state.graph) : render::paths_text(state.graph, text_options(options));
  render::RenderOptions shown = render_options(options);
  shown.unread = {state.unread_kinds, unrecognised_files};
  return format.render(state.graph, shown);
}

/// The questions that a map can be asked instead of showing everything: one at a time.
void check_combination(const Options& options, const std::string& format) {
  std::vector<std::string> asked;
  if (options.attack_paths) asked.emplace_back("--paths");
  if (options.impact) asked.emplace_back("--impact");
  if (!options.why.empty()) asked.emplace_back("--why");
  if (asked.size() > 1) throw UsageError(asked[0] + " and " + asked[1] + " cannot be used together", "use one of them");
  const bool data = format == "json" && options.why.empty();
  if (!asked.empty() && format != "text" && !data) {
    throw UsageError(asked[0] + " cannot be written as " + format,
                     options.why.empty() ? "use --format text or json" : "leave out --format");
  }
}

}  // namespace

int map(const Options& options) {
  const std::string name = options.format.empty() ? "text" : options.format;
  const bool snapshot = name == "snapshot";
  const render::MapFormat* format = render::find_format(render::map_formats(), name);
  if (format == nullptr && !snapshot) {
    std::vector<std::string> known{"snapshot"};
    for (const render::MapFormat& each : render::map_formats()) known.emplace_back(each.id);
    unknown_format(name, known);
  }
  check_combination(options, name);
  const GateRequest request = reading_request(options);
  SourceReader reader = reader_for(request);
  const ReadSource source = reader.read(request.candidate, place_of(request, reader));
  tell(source.diagnostics.all(), talk_of(options));
  if (snapshot) {
    // What is recorded will be trusted: half of a state is not.
    if (source.diagnostics.has_errors())
      throw SourceError("no snapshot is written: not everything could be read", "mend the errors above");
    if (source.snapshot.units.empty())
      throw SourceError("no snapshot is written: nothing was discovered in " + source.judged.description);
    write_output(baseline::write_snapshot(source.snapshot));
    return 0;
  }
  const model::StateView view = compose::view_of(source.snapshot);
  LinkedState state = link_and_derive(view, request.configuration.services);
  using resolve::libraries::LibraryDetail;
  const bool counts = name == "text" && !options.verbose && options.why.empty();
  resolve::libraries::add_libraries({view, state.graph, state.diagnostics}, service_of_file(request.configuration),
                                    counts ? LibraryDetail::counts : LibraryDetail::everything);
  tell(state.diagnostics.all(), talk_of(options));
  write_output(map_of(state, source.judged.unrecognised_files, options, *format));
  const bool whole = !source.diagnostics.has_errors() && !state.diagnostics.has_errors() && !source.snapshot.units.empty();
  return whole ? 0 : 3;
}

}  // namespace postern::app
