// SPDX-License-Identifier: Apache-2.0
// What the names of files tell before any is opened: which may be inputs, and which belong to something that must be rendered
// first.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest {

/// Whether a walk over a folder should offer this file: a document, or a file that some format of projects wants.
[[nodiscard]] bool is_candidate_file(std::string_view path);
/// Whether a file can be read as documents of YAML or JSON, by its name: .yaml, .yml, .json (any case) and `Kustomization`.
[[nodiscard]] bool is_document_file(std::string_view path);

/// Whether a file may hold a report of another tool beside many other things, by its name: .csv, .jsonl, .ndjson, .sarif, .xml (any
/// case). Such a file is looked at for reports only.
[[nodiscard]] bool is_report_file(std::string_view path);

/// Whether only a program that renders charts needs the file.
[[nodiscard]] bool is_rendering_file(std::string_view path);

/// Something that is an input only after another tool rendered it.
enum class RenderedKind : std::uint8_t { chart, kustomization };
struct RenderedSource {
  RenderedKind kind = RenderedKind::chart;
  std::string directory;  ///< relative, no trailing slash; empty for the root
  std::size_t files = 0;  ///< how many documents belong to it
};

/// A list of paths, sorted out.
struct SourceLayout {
  std::vector<std::string> raw;          ///< to be read as they are; sorted
  std::vector<RenderedSource> rendered;  ///< the outermost ones; sorted by directory
};

/// Whether a file is a kustomization, by its name.
[[nodiscard]] bool is_kustomization_file(std::string_view path);

/// Whether a kustomization only lists resources and changes nothing in them, so that the files say themselves what is deployed.
[[nodiscard]] bool is_plain_kustomization(std::string_view text);

/// Sorts the paths of one source (relative, `/` as separator). Below a directory with Chart.yaml its templates, sub-charts, crds,
/// tests and values belong to the chart; below one with a kustomization everything does. Nested ones count as part of the outer
/// one. Kustomizations among `plain` (paths, sorted) need no rendering: what lies beside them is read as it is, also what they do
/// not list, since a file that is not read could hide what somebody deploys all the same.
[[nodiscard]] SourceLayout arrange(std::span<const std::string> paths, std::span<const std::string> plain = {});

/// One error a rendered source (codes P1204, P1205), with the command that helps. `root` is put before directories, as people know
/// the place; may be empty.
void report_unrendered(const SourceLayout& layout, std::string_view root, base::DiagnosticSink& sink);

}  // namespace postern::ingest
