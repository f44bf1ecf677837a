// SPDX-License-Identifier: Apache-2.0
// Reports trouble in snapshots, and finds attributes by name.
#include "baseline/reading.h"

#include <postern/base/text.h>

#include <array>
#include <unordered_map>
#include <vector>

#include "baseline/codes.h"

namespace postern::baseline {
namespace {

constexpr const char* k_newer_hint = "a newer Postern may have recorded it: use that version, or record the baseline again";

struct NameSpace {
  std::vector<std::string_view> names;
  std::unordered_map<std::string_view, const model::AttributeDefinition*> by_name;  // looked up only, never iterated
};

const NameSpace& name_space(AttributesOf subject) {
  static const auto k_both = [] {
    std::array<NameSpace, 2> both;
    for (const model::AttributeDefinition* row : model::all_attributes()) {
      NameSpace& space = both.at(row->subject == model::AttributeSubject::relation ? 1 : 0);
      space.names.push_back(row->name);
      space.by_name.emplace(row->name, row);
    }
    return both;
  }();
  return k_both.at(static_cast<std::size_t>(subject));
}

}  // namespace

void Reading::error(const char* code, const document::Node& where, std::string message, std::string hint) {
  if (gave_up()) return;
  if (++m_errors > k_most_errors) {
    m_sink.error(k_too_many_errors, where.location(), "gave up after " + std::to_string(k_most_errors) + " errors in the snapshot",
                 "record the baseline again");
    return;
  }
  m_sink.error(code, where.location(), std::move(message), std::move(hint));
}

void Reading::wrong_type(const document::Node& node, std::string_view expected) {
  if (gave_up()) return;
  error(k_wrong_type, node, std::string("expected ") + std::string(expected) + ", found a " + document::to_string(node.kind()));
}

void Reading::unknown_word(const char* code, const document::Node& where, std::string_view what, std::string_view word,
                           std::span<const std::string_view> known) {
  if (gave_up()) return;
  const auto near = base::did_you_mean(word, known);
  error(code, where, quoted(word) + " is no " + std::string(what) + " that this Postern knows",
        near ? "did you mean '" + *near + "'? Otherwise " + k_newer_hint : std::string(k_newer_hint));
}

const model::AttributeDefinition* definition_of(std::string_view name, AttributesOf subject) {
  const NameSpace& space = name_space(subject);
  const auto at = space.by_name.find(name);
  return at == space.by_name.end() ? nullptr : at->second;
}

std::span<const std::string_view> attribute_names(AttributesOf subject) { return name_space(subject).names; }

std::string quoted(std::string_view text) {
  constexpr std::size_t k_longest = 60;
  if (text.size() <= k_longest) return "'" + std::string(text) + "'";
  std::size_t end = k_longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return "'" + std::string(text.substr(0, end)) + "...'";
}

}  // namespace postern::baseline
