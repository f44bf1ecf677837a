// SPDX-License-Identifier: Apache-2.0
// `postern diff A B`: the difference of two architectures, without policy.
#include "diff/diff.h"

#include <postern/base/error.h>

#include "app/account.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "compose/compose.h"
#include "render/reports.h"
#include "resolve/libraries/settle.h"

namespace postern::app {

int diff_sources(const Options& options) {
  const std::string name = options.format.empty() ? "text" : options.format;
  const render::DeltaFormat* format = render::find_format(render::delta_formats(), name);
  if (format == nullptr) {
    std::vector<std::string> known;
    for (const render::DeltaFormat& each : render::delta_formats()) known.emplace_back(each.id);
    unknown_format(name, known);
  }
  GateRequest request = reading_request(options);
  SourceReader reader = reader_for(request);
  const SourcePlace place = place_of(request, reader);
  std::vector<ReadSource> sides;
  std::vector<LinkedState> states;
  std::vector<model::StateView> views;
  bool whole = true;
  for (const acquire::SourceSpec& spec : request.candidate) sides.push_back(reader.read({spec}, place));
  for (const ReadSource& side : sides) {
    views.push_back(compose::view_of(side.snapshot));
    states.push_back(link_and_derive(views.back()));
  }
  resolve::libraries::add_libraries({views[0], states[0].graph, states[0].diagnostics},
                                    {views[1], states[1].graph, states[1].diagnostics}, service_of_file(request.configuration),
                                    resolve::libraries::LibraryDetail::differences);
  for (std::size_t at = 0; at < sides.size(); ++at) {
    tell(sides[at].diagnostics.all(), talk_of(options));
    tell(states[at].diagnostics.all(), talk_of(options));
    whole = whole && !sides[at].diagnostics.has_errors() && !states[at].diagnostics.has_errors();
  }
  const model::Delta delta = diff::diff(states[0].graph, states[1].graph);
  const std::vector<model::ReportedChange> changes = reported_changes(delta, states[0].graph, states[1].graph);
  std::vector<std::pair<std::string, std::string>> renames;
  for (const model::Rename& rename : delta.renames) renames.emplace_back(rename.removed.address.str(), rename.added.address.str());
  write_output(format->render({changes, renames}, text_options(options)));
  return whole ? 0 : 3;
}

}  // namespace postern::app
