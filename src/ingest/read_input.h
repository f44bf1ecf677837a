// SPDX-License-Identifier: Apache-2.0
// One input file: bytes in, facts out.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>
#include <postern/model/snapshot.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::ingest {

/// What became of a file.
enum class ReadOutcome : std::uint8_t {
  read,          ///< at least one document of a known format
  nothing,       ///< no document at all: comments only
  unrecognised,  ///< readable, but of no known format: counted by the caller, not an input
  failed,        ///< could not be read; the sink says why
};
[[nodiscard]] const char* to_string(ReadOutcome outcome);

/// Which state is wanted of a file that holds two: a plan says what is and what will be.
enum class Moment : std::uint8_t { before, after };

/// A file that was looked at.
struct ReadFile {
  model::Input input;  ///< path, digest and facts; a caller keeps it as part of a unit when `outcome` is `read`
  ReadOutcome outcome = ReadOutcome::unrecognised;
  model::InputKind kind = model::InputKind::manifests;  ///< of the first recognised document
  std::string_view format;                              ///< id of its format; empty when there is none
  std::size_t documents = 0;                            ///< of a known format
  std::size_t unrecognised_documents = 0;               ///< readable, of no known format, not empty
};

/// Whether a text that cannot be read as documents, or was not, might hold one of Kubernetes: by its words, and by escapes that
/// could spell them.
[[nodiscard]] bool may_hold_manifest(std::string_view bytes);

/// Reads a file as YAML or JSON and extracts the facts of every document of a known format. An empty file and one that cannot be
/// parsed are errors, because they might be inputs; only unparsable JSON that holds no trace of a known format is passed over with
/// a warning. Never throws on account of the bytes; safe to call on several threads, each with its own sink. `path` is what people
/// call the file (relative), `digest` the SHA-256 of `bytes`.
[[nodiscard]] ReadFile read_input(std::string_view path, std::string bytes, std::string digest, const document::Limits& limits,
                                  base::DiagnosticSink& sink, Moment moment = Moment::after);

}  // namespace postern::ingest
