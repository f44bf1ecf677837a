// SPDX-License-Identifier: Apache-2.0
// Libraries of both states: bound to what contains them, kept where nothing changed, unknown where nothing is known.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/graph.h>
#include <postern/model/snapshot.h>
#include <postern/model/weakness.h>

#include <vector>

#include "resolve/libraries/binding.h"

namespace postern::resolve::libraries {

/// One state that is linked, and where its libraries go.
struct State {
  const model::StateView& view;
  model::ArchitectureGraph& graph;
  base::DiagnosticSink& diagnostics;
};

/// How many libraries become entities. Whatever it is, the number of libraries of every owner is known.
enum class LibraryDetail : std::uint8_t {
  counts,       ///< none
  differences,  ///< those that differ; all of them where both states together have fewer than a hundred thousand
  everything
};

/// The rows of all bills of materials with what contains them, by owner, package, version; each list by itself.
struct Contents {
  std::vector<model::Component> before;
  std::vector<model::Component> after;
};

/// Gives each owner of a bill of materials its attribute `libraries`, and adds libraries as entities below their owner
/// (`OWNER/libraries/PURL`), contained by it. What is about no known workload belongs to an entity of kind `application`
/// (`sboms/NAME`). Returns all rows, whatever the detail.
std::vector<model::Component> add_libraries(const State& state, const ServiceOfFile& service_of_file, LibraryDetail detail);

/// The same for two states that will be compared. In the second, a workload of the first whose bill of materials is missing or was
/// kept from the first has the same libraries if it runs the same images; otherwise they are unknown, and a warning says so.
/// Nothing counts as removed because nobody said anything about it.
Contents add_libraries(const State& before, const State& after, const ServiceOfFile& service_of_file, LibraryDetail detail);

}  // namespace postern::resolve::libraries
