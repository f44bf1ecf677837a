// SPDX-License-Identifier: Apache-2.0
// Where results go: standard output and report files.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/options.h"
#include "render/render_options.h"
#include "render/reports.h"

namespace postern::app {

/// Writes `text` to `path` so that a reader sees the old file or the whole new one: temporary file, fsync, rename, fsync of the
/// folder. Throws UsageError with the reason when it cannot be written.
void write_file(const std::string& path, const std::string& text);

/// Whether a path ends in a slash or is a folder that exists.
[[nodiscard]] bool is_folder(const std::string& path);
/// Makes a folder and those that it is in. Throws UsageError when that cannot be done.
void make_folder(const std::string& path);

/// Writes to standard output; throws UsageError when that is gone.
void write_output(const std::string& text);

/// `FORMAT=FILE` pairs; throws UsageError for anything else.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> reports_of(const std::vector<std::string>& texts);

/// Colour by NO_COLOR and the terminal, width of the terminal, detail by --verbose.
[[nodiscard]] render::TextOptions text_options(const Options& options);

/// That, and the engine that lays out pictures.
[[nodiscard]] render::RenderOptions render_options(const Options& options);

/// Writes a report where `--report FORMAT=PATH` says: into a folder, which is made where it is not there, when the format can be
/// one and the path ends in a slash or is a folder; else to a file. Throws UsageError when it cannot be written.
template <typename Subject>
void write_report(const render::Format<Subject>& format, const Subject& subject, const std::string& path,
                  const render::RenderOptions& options) {
  if (format.render_folder == nullptr || !is_folder(path)) return write_file(path, format.render(subject, options));
  make_folder(path);
  for (const render::ReportFile& file : format.render_folder(subject, options))
    write_file(path + (path.ends_with('/') ? "" : "/") + std::string(file.name), file.text);
}

/// Throws UsageError that lists the formats, with a did-you-mean.
[[noreturn]] void unknown_format(const std::string& format, const std::vector<std::string>& known);

}  // namespace postern::app
