// SPDX-License-Identifier: Apache-2.0
// Reads two sources, links both, compares them.
#include "app/state_pair.h"

#include "app/account.h"
#include "app/request.h"
#include "compose/compose.h"
#include "compose/moves.h"
#include "diff/diff.h"
#include "resolve/libraries/settle.h"

namespace postern::app {

StatePair read_state_pair(const Options& options) {
  GateRequest request = reading_request(options);
  SourceReader reader = reader_for(request);
  const SourcePlace place = place_of(request, reader);
  std::vector<ReadSource> sides;
  for (const acquire::SourceSpec& spec : request.candidate) sides.push_back(reader.read({spec}, place));
  compose::adopt_moves(sides[0].snapshot, sides[1].snapshot);
  const model::StateView before = compose::view_of(sides[0].snapshot);
  const model::StateView after = compose::view_of(sides[1].snapshot);
  StatePair pair{link_and_derive(before, request.configuration.services),
                 link_and_derive(after, request.configuration.services),
                 {},
                 request.environment,
                 true};
  resolve::libraries::add_libraries({before, pair.baseline.graph, pair.baseline.diagnostics},
                                    {after, pair.candidate.graph, pair.candidate.diagnostics},
                                    service_of_file(request.configuration), resolve::libraries::LibraryDetail::differences);
  for (const auto* sink : {&sides[0].diagnostics, &pair.baseline.diagnostics, &sides[1].diagnostics, &pair.candidate.diagnostics}) {
    tell(sink->all(), talk_of(options));
    pair.whole = pair.whole && !sink->has_errors();
  }
  pair.delta = diff::diff(pair.baseline.graph, pair.candidate.graph);
  return pair;
}

}  // namespace postern::app
