// SPDX-License-Identifier: Apache-2.0
// The decision as JSON, the canonical product of a run (schemas/decision.schema.json), and back.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/decision.h>

#include <optional>
#include <string>
#include <string_view>

namespace postern::render {

/// The whole decision: keys in a fixed order, two spaces of indent, a newline at the end. Scores are decimals with one digit;
/// other numbers are rounded to four. Characters that could act on a terminal or a log stand as `\uXXXX`.
[[nodiscard]] std::string decision_json(const model::Decision& decision);

/// SHA-256 over the decision without its own id: the same inputs give the same id. In the JSON it is `digests.decision`.
[[nodiscard]] std::string decision_id(const model::Decision& decision);

/// Reads what decision_json wrote. Trouble goes to `sink` (codes P80xx, and P10xx for what is no JSON): unknown or missing keys,
/// values of a wrong type, another schema version, an id that does not fit the content. Nothing is returned after an error.
/// The id shows accidents, not attacks: whoever can write the file can write the id.
[[nodiscard]] std::optional<model::Decision> read_decision(std::string_view text, std::string_view file,
                                                           base::DiagnosticSink& sink);

}  // namespace postern::render
