// SPDX-License-Identifier: Apache-2.0
// The rows of all output formats, and the schemas.
#include "render/reports.h"

#include <array>

#include "render/code_quality.h"
#include "render/decision_json.h"
#include "render/junit.h"
#include "render/map.h"
#include "render/markdown.h"
#include "render/picture.h"
#include "render/review.h"
#include "render/sarif.h"
#include "schema_files.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Decision;

/// More boxes than that fit on no screen, and Mermaid refuses more than 500 lines; the JSON has everything.
constexpr std::size_t k_most_of_map = 120;
PictureOptions of_map(Frames frames) { return {k_most_of_map, {}, frames, Remark::inside}; }

std::string decision_as_code_quality(const Decision& decision, const TextOptions&) { return code_quality(decision); }
std::string decision_as_dot(const Decision& decision, const TextOptions&) {
  return dot(decision.picture, picture_options_for(decision));
}
std::string decision_as_json(const Decision& decision, const TextOptions&) { return decision_json(decision); }
std::string decision_as_junit(const Decision& decision, const TextOptions&) { return junit(decision); }
std::string decision_as_markdown(const Decision& decision, const TextOptions&) { return markdown(decision); }
std::string decision_as_mermaid(const Decision& decision, const TextOptions&) {
  return mermaid(decision.picture, picture_options_for(decision));
}
std::string decision_as_review(const Decision& decision, const TextOptions&) { return review(decision); }
std::string decision_as_sarif(const Decision& decision, const TextOptions&) { return sarif(decision); }

std::string delta_as_json(const DeltaView& delta, const TextOptions&) { return delta_json(delta); }
std::string delta_as_markdown(const DeltaView& delta, const TextOptions&) { return delta_markdown(delta); }

std::string map_as_dot(const ArchitectureGraph& graph, const TextOptions&) {
  return dot(picture_of(graph), of_map(Frames::namespaces));
}
std::string map_as_json(const ArchitectureGraph& graph, const TextOptions&) { return map_json(graph); }
// Mermaid draws lines between frames across the boxes, so it gets the fewer ones.
std::string map_as_mermaid(const ArchitectureGraph& graph, const TextOptions&) {
  return mermaid(picture_of(graph), of_map(Frames::applications));
}

constexpr std::array k_reports = {
    ReportFormat{"codequality", "GitLab code quality", "the code quality of merge requests on GitLab", decision_as_code_quality},
    ReportFormat{"dot", "Graphviz picture", "the picture of the change, for Graphviz", decision_as_dot},
    ReportFormat{"json", "Decision", "the canonical product of a run, for programs; every other report can be made from it later",
                 decision_as_json},
    ReportFormat{"junit", "JUnit XML", "the test reports of GitLab, Jenkins, Azure DevOps and other CI systems", decision_as_junit},
    ReportFormat{"markdown", "Markdown", "the comment of a merge request on GitLab, GitHub or Azure DevOps", decision_as_markdown},
    ReportFormat{"mermaid", "Mermaid picture", "the picture of the change, where Markdown is shown", decision_as_mermaid},
    ReportFormat{"review", "Security review",
                 "security engineers and auditors: data-flow diagram, threats, data-protection record, checklist",
                 decision_as_review},
    ReportFormat{"sarif", "SARIF 2.1.0", "code scanning on GitHub, Azure DevOps and in editors", decision_as_sarif},
    ReportFormat{"text", "Text", "a terminal or the log of a pipeline", text},
};

constexpr std::array k_deltas = {
    DeltaFormat{"json", "Changes", "for programs", delta_as_json},
    DeltaFormat{"markdown", "Markdown", "a table for a merge request", delta_as_markdown},
    DeltaFormat{"text", "Text", "a terminal or the log of a pipeline", delta_text},
};

constexpr std::array k_maps = {
    MapFormat{"dot", "Graphviz picture", "what runs, what it uses, and what is outside, for Graphviz", map_as_dot},
    MapFormat{"json", "Architecture", "everything that was found, with evidence, for programs", map_as_json},
    MapFormat{"mermaid", "Mermaid picture", "what runs, what it uses, and what is outside, where Markdown is shown",
              map_as_mermaid},
    MapFormat{"text", "Text", "a terminal or the log of a pipeline", map_text},
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
