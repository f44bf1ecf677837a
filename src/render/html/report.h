// SPDX-License-Identifier: Apache-2.0
// The decision as a page for a browser: the verdict and what decides it first, then the questions, the map, and everything else
// behind folds. No script anywhere; nothing is loaded from elsewhere; everything of an input is escaped text.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/graph.h>
#include <postern/model/layout.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::render::html {

/// Where the style sheet of a page is. `inside`: one self-contained file, which forbids itself everything but that very style
/// sheet. `beside`: the page refers to `postern.css` and holds no style at all, as policies like that of Jenkins demand.
enum class StyleSheet : std::uint8_t { inside, beside };

/// The name that a page with StyleSheet::beside refers to.
inline constexpr std::string_view k_style_file = "postern.css";
/// Its text, without comments.
[[nodiscard]] const std::string& style_sheet();

/// The report of a decision, well-formed as HTML and as XML. `layout` may be empty: then a word stands for the picture.
[[nodiscard]] std::string report(const model::Decision& decision, const model::LayoutEngine& layout, StyleSheet style);

/// A map of one state is looked at by people who look for something: it shows more than a report.
inline constexpr std::size_t k_most_boxes_of_state = 100;
/// The architecture of one state: the picture, and all parts with what they lead to.
[[nodiscard]] std::string map_page(const model::ArchitectureGraph& graph, const model::LayoutEngine& layout);

}  // namespace postern::render::html
