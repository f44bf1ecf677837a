// SPDX-License-Identifier: Apache-2.0
// The tables of a review: threats by STRIDE, and the checklist. Each answer says on what it rests.
#pragma once
#include <postern/model/decision.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::render {

/// What is known about a question.
enum class Known : std::uint8_t {
  good,     ///< answered, and nothing is to do
  open,     ///< answered, and something is to do
  unknown,  ///< nothing that was read says; a person must answer
};
/// `ok`, `open`, `to answer`.
[[nodiscard]] std::string_view known_word(Known known);

/// One threat to one flow or service.
struct Threat {
  std::string_view category;  ///< of STRIDE: Spoofing, Tampering...
  std::string subject;        ///< `A -> B`, or an address
  Known known = Known::unknown;
  std::string text;
  base::Location location;
  std::vector<std::string> rules;  ///< of new or worse findings about the same subject
};
/// Of all flows and services that the release adds or changes, in their order; within one by the rows of STRIDE.
[[nodiscard]] std::vector<Threat> threats_of(const model::Decision& decision);

/// One question of the checklist.
struct Answer {
  std::string_view question;
  Known known = Known::unknown;
  std::string text;
  std::vector<base::Location> evidence;
};
/// All questions, in the order in which reviewers ask them.
[[nodiscard]] std::vector<Answer> checklist_of(const model::Decision& decision);

}  // namespace postern::render
