// SPDX-License-Identifier: Apache-2.0
// The rows of all output formats, and the schemas.
#include "render/reports.h"

#include <array>

#include "render/code_quality.h"
#include "render/decision_json.h"
#include "render/html/report.h"
#include "render/junit.h"
#include "render/map.h"
#include "render/markdown.h"
#include "render/picture.h"
#include "render/review.h"
#include "render/sarif.h"
#include "render/svg/map_drawing.h"
#include "schema_files.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Decision;

/// More boxes than that fit on no screen, and Mermaid refuses more than 500 lines; the JSON has everything.
constexpr std::size_t k_most_of_map = 120;
PictureOptions of_map(Frames frames) { return {k_most_of_map, {}, frames, Remark::inside}; }

std::string decision_as_code_quality(const Decision& decision, const RenderOptions&) { return code_quality(decision); }
std::string decision_as_dot(const Decision& decision, const RenderOptions&) {
  return dot(decision.picture, picture_options_for(decision));
}
std::string decision_as_html(const Decision& decision, const RenderOptions& options) {
  return html::report(decision, options.layout, html::StyleSheet::inside);
}
std::vector<ReportFile> decision_as_html_folder(const Decision& decision, const RenderOptions& options) {
  return {{html::k_style_file, html::style_sheet()},
          {"index.html", html::report(decision, options.layout, html::StyleSheet::beside)}};
}
std::string decision_as_json(const Decision& decision, const RenderOptions&) { return decision_json(decision); }
std::string decision_as_junit(const Decision& decision, const RenderOptions&) { return junit(decision); }
std::string decision_as_markdown(const Decision& decision, const RenderOptions&) { return markdown(decision); }
std::string decision_as_mermaid(const Decision& decision, const RenderOptions&) {
  return mermaid(decision.picture, picture_options_for(decision));
}
std::string decision_as_review(const Decision& decision, const RenderOptions&) { return review(decision); }
std::string decision_as_sarif(const Decision& decision, const RenderOptions&) { return sarif(decision); }
std::string decision_as_text(const Decision& decision, const RenderOptions& options) { return text(decision, options.text); }

std::string delta_as_json(const DeltaView& delta, const RenderOptions&) { return delta_json(delta); }
std::string delta_as_markdown(const DeltaView& delta, const RenderOptions&) { return delta_markdown(delta); }
std::string delta_as_text(const DeltaView& delta, const RenderOptions& options) { return delta_text(delta, options.text); }

std::string map_as_dot(const ArchitectureGraph& graph, const RenderOptions&) {
  return dot(picture_of(graph), of_map(Frames::namespaces));
}
std::string map_as_html(const ArchitectureGraph& graph, const RenderOptions& options) {
  return html::map_page(graph, options.layout);
}
std::string map_as_json(const ArchitectureGraph& graph, const RenderOptions& options) { return map_json(graph, options.unread); }
// Mermaid draws lines between frames across the boxes, so it gets the fewer ones.
std::string map_as_mermaid(const ArchitectureGraph& graph, const RenderOptions&) {
  return mermaid(picture_of(graph), of_map(Frames::applications));
}
std::string map_as_svg(const ArchitectureGraph& graph, const RenderOptions& options) {
  return svg::map_document(picture_of(graph), {html::k_most_boxes_of_state, {}}, options.layout);
}
std::string map_as_text(const ArchitectureGraph& graph, const RenderOptions& options) { return map_text(graph, options); }

constexpr std::array k_reports = {
    ReportFormat{"codequality", "GitLab code quality", "the code quality of merge requests on GitLab", decision_as_code_quality},
    ReportFormat{"dot", "Graphviz picture", "the picture of the change, for Graphviz", decision_as_dot},
    ReportFormat{"html", "HTML page", "a browser: everything, with a map of the architecture; one file, or a folder for Jenkins",
                 decision_as_html, decision_as_html_folder},
    ReportFormat{"json", "Decision", "the canonical product of a run, for programs; every other report can be made from it later",
                 decision_as_json},
    ReportFormat{"junit", "JUnit XML", "the test reports of GitLab, Jenkins, Azure DevOps and other CI systems", decision_as_junit},
    ReportFormat{"markdown", "Markdown", "the comment of a merge request on GitLab, GitHub or Azure DevOps", decision_as_markdown},
    ReportFormat{"mermaid", "Mermaid picture", "the picture of the change, where Markdown is shown", decision_as_mermaid},
    ReportFormat{"review", "Security review",
                 "security engineers and auditors: data-flow diagram, threats, data-protection record, checklist",
                 decision_as_review},
    ReportFormat{"sarif", "SARIF 2.1.0", "code scanning on GitHub, Azure DevOps and in editors", decision_as_sarif},
    ReportFormat{"text", "Text", "a terminal or the log of a pipeline", decision_as_text},
};

constexpr std::array k_deltas = {
    DeltaFormat{"json", "Changes", "for programs", delta_as_json},
    DeltaFormat{"markdown", "Markdown", "a table for a merge request", delta_as_markdown},
    DeltaFormat{"text", "Text", "a terminal or the log of a pipeline", delta_as_text},
};

constexpr std::array k_maps = {
    MapFormat{"dot", "Graphviz picture", "what runs, what it uses, and what is outside, for Graphviz", map_as_dot},
    MapFormat{"html", "HTML page", "a browser: the picture, and everything in it as a table", map_as_html},
    MapFormat{"json", "Architecture", "everything that was found, with evidence, for programs", map_as_json},
    MapFormat{"mermaid", "Mermaid picture", "what runs, what it uses, and what is outside, where Markdown is shown",
              map_as_mermaid},
    MapFormat{"svg", "SVG picture", "what runs, what it uses, and what is outside, as a picture", map_as_svg},
    MapFormat{"text", "Text", "a terminal or the log of a pipeline", map_as_text},
};

}  // namespace

std::span<const ReportFormat> report_formats() noexcept { return k_reports; }
std::span<const DeltaFormat> delta_formats() noexcept { return k_deltas; }
std::span<const MapFormat> map_formats() noexcept { return k_maps; }

std::string_view schema(std::string_view name) noexcept {
  for (const base::EmbeddedFile& file : schema_files()) {
    if (file.path == "schemas/" + std::string(name) + ".schema.json") return file.text;
  }
  return {};
}

}  // namespace postern::render
