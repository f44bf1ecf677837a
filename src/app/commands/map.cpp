// SPDX-License-Identifier: Apache-2.0
// `postern map`: the architecture of one source, or the snapshot of its facts.
#include <postern/base/error.h>

#include "app/account.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
#include "render/reports.h"

namespace postern::app {

int map(const Options& options) {
  const std::string name = options.format.empty() ? "text" : options.format;
  const bool snapshot = name == "snapshot";
  const render::MapFormat* format = render::find_format(render::map_formats(), name);
  if (format == nullptr && !snapshot) {
    std::vector<std::string> known{"snapshot"};
    for (const render::MapFormat& each : render::map_formats()) known.emplace_back(each.id);
    unknown_format(name, known);
  }
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
  const LinkedState state = link_and_derive(compose::view_of(source.snapshot));
  tell(state.diagnostics.all(), talk_of(options));
  write_output(format->render(state.graph, text_options(options)));
  const bool whole = !source.diagnostics.has_errors() && !state.diagnostics.has_errors() && !source.snapshot.units.empty();
  return whole ? 0 : 3;
}

}  // namespace postern::app
