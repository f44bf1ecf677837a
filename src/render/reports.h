// SPDX-License-Identifier: Apache-2.0
// The tables of output formats: command lines accept what stands here, and `postern list reports` prints it.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/graph.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "render/delta.h"
#include "render/render_options.h"

namespace postern::render {

/// One file of a format that can be a folder of files.
struct ReportFile {
  std::string_view name;
  std::string text;
};

/// One format of something: `postern gate --report ID=FILE`, `postern diff --format ID`, `postern map --format ID`.
template <typename Subject>
struct Format {
  std::string_view id;
  std::string_view title;
  std::string_view purpose;  ///< who reads it, and where
  std::string (*render)(const Subject&, const RenderOptions&);
  /// The same as several files in a folder, the first to be opened last; none: the format is always one file.
  std::vector<ReportFile> (*render_folder)(const Subject&, const RenderOptions&) = nullptr;
};
using ReportFormat = Format<model::Decision>;
using DeltaFormat = Format<DeltaView>;
using MapFormat = Format<model::ArchitectureGraph>;

/// All formats of each kind, by id.
[[nodiscard]] std::span<const ReportFormat> report_formats() noexcept;
[[nodiscard]] std::span<const DeltaFormat> delta_formats() noexcept;
[[nodiscard]] std::span<const MapFormat> map_formats() noexcept;

/// The row called `id` of one of these tables, or nullptr.
template <typename Subject>
[[nodiscard]] const Format<Subject>* find_format(std::span<const Format<Subject>> formats, std::string_view id) noexcept {
  for (const Format<Subject>& format : formats) {
    if (format.id == id) return &format;
  }
  return nullptr;
}

/// The text of schemas/NAME.schema.json (`decision`), or nothing.
[[nodiscard]] std::string_view schema(std::string_view name) noexcept;

}  // namespace postern::render
