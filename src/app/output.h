// SPDX-License-Identifier: Apache-2.0
// Where results go: standard output and report files.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/options.h"
#include "render/text.h"

namespace postern::app {

/// Writes `text` to `path` so that a reader sees the old file or the whole new one: temporary file, fsync, rename, fsync of the
/// folder. Throws UsageError with the reason when it cannot be written.
void write_file(const std::string& path, const std::string& text);

/// Writes to standard output; throws UsageError when that is gone.
void write_output(const std::string& text);

/// `FORMAT=FILE` pairs; throws UsageError for anything else.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> reports_of(const std::vector<std::string>& texts);

/// Colour by NO_COLOR and the terminal, width of the terminal, detail by --verbose.
[[nodiscard]] render::TextOptions text_options(const Options& options);

/// Throws UsageError that lists the formats, with a did-you-mean.
[[noreturn]] void unknown_format(const std::string& format, const std::vector<std::string>& known);

}  // namespace postern::app
