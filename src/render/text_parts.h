// SPDX-License-Identifier: Apache-2.0
// Parts of reports for a terminal: findings, lists of them, rules without an answer, diagnostics.
#pragma once
#include <postern/model/decision.h>

#include <string>
#include <vector>

#include "render/text_layout.h"

namespace postern::render {

/// How many things of one kind the essential screen shows.
inline constexpr std::size_t k_most_lines = 5;

/// Whether a finding is shown with what it does to the verdict.
enum class Effect : std::uint8_t { told, untold };
/// One finding with everything that it answers; with Detail::full also the shares of its score.
void write_finding(TextLayout& out, const model::Finding& finding, std::size_t number, Effect effect = Effect::told);

/// What a row of a list says.
enum class Row : std::uint8_t { what, what_to_do };
/// The findings at `indexes` under a title, a row each, at most `most`; nothing for an empty list.
void write_list(TextLayout& out, const model::Decision& decision, const std::vector<std::size_t>& indexes, const std::string& title,
                std::size_t most, Row row = Row::what);

/// Rules that could not be decided.
void write_problems(TextLayout& out, const model::Decision& decision);
/// What was met on the way: errors and warnings, notes with Detail::full.
void write_diagnostics(TextLayout& out, const model::Decision& decision);

}  // namespace postern::render
