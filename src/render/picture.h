// SPDX-License-Identifier: Apache-2.0
// Pictures of an architecture or its delta, as Mermaid and as Graphviz' DOT: added green, removed red and dashed, modified amber.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/graph.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace postern::render {

/// Whether boxes that belong together stand in a frame of their own; one frame around everything is never drawn.
enum class Frames : std::uint8_t {
  none,
  applications,  ///< each application
  namespaces     ///< each namespace; with several applications, each namespace of each application
};
/// Whether the picture itself says what it leaves out. Not where the text around it does.
enum class Remark : std::uint8_t { inside, none };

struct PictureOptions {
  std::size_t most_entities = 40;         ///< more than that nobody can read; 0: no limit
  std::vector<model::EntityId> deciding;  ///< kept before all others and outlined
  Frames frames = Frames::none;
  Remark remark = Remark::inside;
};

/// What a picture leaves out, in a sentence; empty when it leaves out nothing.
[[nodiscard]] std::string left_out(const model::Picture& picture, const PictureOptions& options = {});
/// A flowchart, without a fence around it. Ids are generated (`n1`, ...), so no name of an input is ever syntax.
[[nodiscard]] std::string mermaid(const model::Picture& picture, const PictureOptions& options = {});
/// A digraph.
[[nodiscard]] std::string dot(const model::Picture& picture, const PictureOptions& options = {});

/// Everything that runs, holds data, routes or lies outside, with the relations between them; no change is marked.
[[nodiscard]] model::Picture picture_of(const model::ArchitectureGraph& graph);
/// The entities whose findings decide, most important first: what a picture of the decision must show.
[[nodiscard]] PictureOptions picture_options_for(const model::Decision& decision);

}  // namespace postern::render
