// SPDX-License-Identifier: Apache-2.0
// Snapshots as text: a recorded state that can be kept in git, merged line by line, and trusted when it is read back.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/snapshot.h>

#include <optional>
#include <string>
#include <string_view>

namespace postern::baseline {

/// The canonical text of `snapshot`: JSON, one fact a line, units sorted by id, inputs by path, admitted findings by fingerprint.
/// Equal states give equal bytes whatever order they are in; the order of facts within an input is kept, it is the source's.
/// Nothing of the clock or the machine goes in. The header carries the format's name, the schema version and the SHA-256 of the
/// rest. Texts that are not UTF-8 are a broken invariant (readers admit none).
[[nodiscard]] std::string write_snapshot(const model::Snapshot& snapshot);

/// The snapshot that `text` holds, or nothing when anything in it is wrong: each trouble is in `sink` as an error with a code P41xx
/// (P10xx where the text is no JSON), `file` and the place. Only what write_snapshot wrote is read: a changed, merged or cut text
/// fails its digest. Reading costs time and memory linear in the text; it never throws on account of the text. A capacity of 64
/// bytes beyond the text's size saves a copy.
[[nodiscard]] std::optional<model::Snapshot> read_snapshot(std::string text, base::Symbol file, base::DiagnosticSink& sink);

/// The JSON Schema (draft 2020-12) of what write_snapshot writes; lives as long as the process.
[[nodiscard]] std::string_view snapshot_schema();

}  // namespace postern::baseline
