// SPDX-License-Identifier: Apache-2.0
// Finds references to variables and templates.
#include "connection/reference.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

namespace postern::connection {
namespace {

constexpr std::size_t k_longest_reference = 512;  // bounds the search for the end, so that masking stays linear

struct Bracket {
  std::string_view open;
  char inner_open;
  std::string_view close;
};
constexpr std::array<Bracket, 4> k_brackets{{{"$(", '(', ")"}, {"${", '{', "}"}, {"#{", '{', "}"}, {"{{", '\0', "}}"}}};

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// End after the closing bracket (nested ones of the same kind are skipped), or nothing on this line.
std::optional<std::size_t> end_of_bracket(std::string_view text, std::size_t from, const Bracket& bracket) {
  int depth = 1;
  const std::size_t last = std::min(text.size(), from + k_longest_reference);
  // Hostile text has many openings and no end: this look-ahead is much cheaper than the loop.
  if (text.substr(from, last - from).find(bracket.close) == std::string_view::npos) return std::nullopt;
  for (std::size_t at = from; at < last && text[at] != '\n'; ++at) {
    if (bracket.inner_open != '\0' && text[at] == bracket.inner_open) ++depth;
    if (text[at] == bracket.close.front() && text.substr(at).starts_with(bracket.close) && --depth == 0)
      return at + bracket.close.size();
  }
  return std::nullopt;
}

/// "<DB_HOST>" and "%DB_HOST%": words of capitals and punctuation between two marks.
std::size_t end_of_marked(std::string_view text, std::size_t at, char close) {
  std::size_t end = at + 1;
  while (end < text.size() && end - at < 64 &&
         (is_name_char(text[end]) || (close == '>' && (text[end] == '-' || text[end] == ' '))))
    ++end;
  const bool closed = end < text.size() && text[end] == close && end > at + 1;
  // "%20" and the like are percent-encoding, and small letters a password: a variable is written in capitals.
  const std::string_view inside = text.substr(at + 1, end - at - 1);
  const bool is_capitals = inside.size() > 2 && inside.front() >= 'A' && inside.front() <= 'Z' &&
                           std::none_of(inside.begin(), inside.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_variable = closed && (close == '>' || is_capitals);
  return is_variable ? end + 1 : at;
}

}  // namespace

std::size_t end_of_reference(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first != '$' && first != '{' && first != '#' && first != '<' && first != '%') return at;
  for (const Bracket& bracket : k_brackets) {
    if (text.substr(at).starts_with(bracket.open)) {
      if (const auto end = end_of_bracket(text, at + bracket.open.size(), bracket)) return *end;
    }
  }
  if (first == '<') return end_of_marked(text, at, '>');
  if (first == '%') return end_of_marked(text, at, '%');
  if (first != '$') return at;
  // "$NAME": a shell variable; lower case is too likely a part of a password.
  std::size_t end = at + 1;
  while (end < text.size() && is_name_char(text[end]) && !(text[end] >= 'a' && text[end] <= 'z')) ++end;
  const bool is_variable =
      end > at + 2 && !(text[at + 1] >= '0' && text[at + 1] <= '9') && (end == text.size() || !is_name_char(text[end]));
  return is_variable ? end : at;
}

std::string mask_references(std::string_view text) {
  std::string masked(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_reference(text, at);
    for (std::size_t i = at; i < end; ++i) masked[i] = k_mask;
    at = end == at ? at + 1 : end;
  }
  return masked;
}

std::vector<Reference> references_in(std::string_view text) {
  std::vector<Reference> references;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_reference(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    std::string_view inside = text.substr(at, end - at);
    const bool is_template = inside.starts_with("{{");
    const auto first = inside.find_first_not_of("$({<#%");
    const auto last = inside.find_last_not_of(")}>%");
    inside =
        first == std::string_view::npos || last < first ? std::string_view{} : base::trim(inside.substr(first, last - first + 1));
    Reference reference{std::string(inside), std::nullopt};
    const auto colon = is_template ? std::string_view::npos : inside.find_first_of(":-");
    if (colon != std::string_view::npos) {
      reference.name = std::string(inside.substr(0, colon));
      const auto dash = inside.find('-', colon);
      if (dash == colon || dash == colon + 1) reference.fallback = std::string(inside.substr(dash + 1));
    }
    references.push_back(std::move(reference));
    at = end;
  }
  return references;
}

}  // namespace postern::connection
