// SPDX-License-Identifier: Apache-2.0
// Configuration files that others carry (a key of a ConfigMap, a file that Compose mounts): nothing but their addresses, a digest
// and whether they hold secrets goes on.
#pragma once
#include <postern/model/fact.h>

#include <optional>
#include <string_view>
#include <vector>

namespace postern::ingest {

/// A file before it is read.
struct EmbeddedFile {
  base::Symbol owner;                       ///< address of the configuration that it is a part of
  base::Symbol key;                         ///< its name there
  std::string_view text;                    ///< as written, not redacted
  base::Location location;                  ///< where its value begins
  std::optional<std::uint32_t> first_line;  ///< of the text, in that file; nothing where lines were not kept
};

/// What a configuration says of one of its files.
struct EmbeddedFileSummary {
  base::Symbol digest;  ///< of the redacted text, so that a change is seen and no secret can be guessed from it
  bool secret = false;  ///< a secret stands in it
};

/// A digest as in the summary of a file that holds nothing to be read.
[[nodiscard]] base::Symbol digest_of_redacted(std::string_view text);

/// A shell script, by its name or its first line.
[[nodiscard]] bool is_script(std::string_view key, std::string_view text);

/// Appends a setting that stands for the file and a mention for every address in it.
EmbeddedFileSummary read_embedded_file(const EmbeddedFile& file, std::vector<model::Fact>& facts);

}  // namespace postern::ingest
