// SPDX-License-Identifier: Apache-2.0
// `postern diff A B`: the difference of two architectures, without policy.
#include "app/account.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/state_pair.h"
#include "render/reports.h"

namespace postern::app {

int diff_sources(const Options& options) {
  const std::string name = options.format.empty() ? "text" : options.format;
  const render::DeltaFormat* format = render::find_format(render::delta_formats(), name);
  if (format == nullptr) {
    std::vector<std::string> known;
    for (const render::DeltaFormat& each : render::delta_formats()) known.emplace_back(each.id);
    unknown_format(name, known);
  }
  const StatePair pair = read_state_pair(options);
  const std::vector<model::ReportedChange> changes = reported_changes(pair.delta, pair.baseline.graph, pair.candidate.graph);
  std::vector<std::pair<std::string, std::string>> renames;
  for (const model::Rename& rename : pair.delta.renames)
    renames.emplace_back(rename.removed.address.str(), rename.added.address.str());
  write_output(format->render({changes, renames}, render_options(options)));
  return pair.whole ? 0 : 3;
}

}  // namespace postern::app
