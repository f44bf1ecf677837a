// SPDX-License-Identifier: Apache-2.0
// Facts as text, one line a fact or attribute, so that tests compare what a reader of the test can read.
#pragma once
#include <ingest/read_input.h>
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>

#include <string>
#include <string_view>

namespace postern::ingest::test {

/// What reading a text gave.
struct Reading {
  ReadFile file;
  base::DiagnosticSink sink;
};

/// Reads `text` as the file `a.yaml` (or another name).
[[nodiscard]] Reading read(std::string_view text, std::string_view path = "a.yaml");

/// All facts of `reading`, a line each, attributes indented below their entity; without places.
[[nodiscard]] std::string facts_text(const Reading& reading);
/// Same for one text; every diagnostic follows as `CODE severity line: message`.
[[nodiscard]] std::string facts_of(std::string_view text);
/// Only the diagnostics of a text.
[[nodiscard]] std::string troubles_of(std::string_view text, std::string_view path = "a.yaml");
/// Every text that any part of any fact holds, a line each: for canaries.
[[nodiscard]] std::string everything(const Reading& reading);

}  // namespace postern::ingest::test
