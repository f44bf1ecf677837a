// SPDX-License-Identifier: Apache-2.0
// `postern map`: the architecture of one source, or the snapshot of its facts.
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>

#include "app/account.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "baseline/snapshot_codec.h"
#include "compose/compose.h"
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

/// The entity of that address, or the only one of that name; a workload before the objects that are called like it.
model::EntityIndex entity_called(const model::ArchitectureGraph& graph, const std::string& text) {
  std::vector<model::EntityIndex> named;
  std::vector<std::string_view> known;
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::Entity& entity = graph.entity(index);
    if (entity.id.address.view() == text) return index;
    if (entity.name.view() == text) named.push_back(index);
    known.push_back(entity.id.address.view());
  }
  const auto is_box = [&](model::EntityIndex index) { return model::is_workload(graph.entity(index).kind); };
  if (std::count_if(named.begin(), named.end(), is_box) == 1) return *std::find_if(named.begin(), named.end(), is_box);
  if (named.size() == 1) return named.front();
  const auto meant = base::did_you_mean(text, known);
  if (named.empty())
    throw UsageError("there is no entity `" + text + "`", meant ? "did you mean `" + *meant + "`?" : "`postern map` lists them");
  throw UsageError("several entities are called `" + text + "`", "give the address: `" + graph.entity(named[0]).id.address.str() +
                                                                     "`, `" + graph.entity(named[1]).id.address.str() + "`");
}

std::string map_of(const LinkedState& state, const Options& options, const render::MapFormat& format) {
  const bool json = std::string_view(format.id) == "json";
  if (!options.why.empty()) {
    return render::why_text(state.graph, entity_called(state.graph, options.why[0]), entity_called(state.graph, options.why[1]),
                            words_of_rule, text_options(options));
  }
  if (options.attack_paths) return json ? render::paths_json(state.graph) : render::paths_text(state.graph, text_options(options));
  return format.render(state.graph, render_options(options));
}

void check_combination(const Options& options, const std::string& format) {
  const bool special = options.attack_paths || !options.why.empty();
  if (options.attack_paths && !options.why.empty())
    throw UsageError("--paths and --why cannot be used together", "use one of them");
  if (special && format != "text" && !(format == "json" && options.attack_paths))
    throw UsageError("--" + std::string(options.attack_paths ? "paths" : "why") + " cannot be written as " + format,
                     options.attack_paths ? "use --format text or json" : "leave out --format");
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
  write_output(map_of(state, options, *format));
  const bool whole = !source.diagnostics.has_errors() && !state.diagnostics.has_errors() && !source.snapshot.units.empty();
  return whole ? 0 : 3;
}

}  // namespace postern::app
