// SPDX-License-Identifier: Apache-2.0
// Splits names into lower-case tokens.
#include "connection/name_tokens.h"

#include <postern/base/text.h>

#include <algorithm>

namespace postern::connection {
namespace {

enum class CharKind { separator, lower, upper, digit };

CharKind kind_of(char c) {
  if (c >= 'a' && c <= 'z') return CharKind::lower;
  if (c >= 'A' && c <= 'Z') return CharKind::upper;
  if (c >= '0' && c <= '9') return CharKind::digit;
  // Letters of other scripts stay inside their word.
  return static_cast<unsigned char>(c) >= 0x80 ? CharKind::lower : CharKind::separator;
}

bool ends_token(std::string_view name, std::size_t at) {
  const CharKind here = kind_of(name[at]);
  const CharKind previous = kind_of(name[at - 1]);
  if (here == previous) return false;
  if (previous == CharKind::upper && here == CharKind::lower) return false;  // the capital belongs to this word, see below
  return true;
}

/// "HTTPServer": the last capital of a run starts the next word.
bool starts_word_after_capitals(std::string_view name, std::size_t at) {
  return at + 1 < name.size() && kind_of(name[at]) == CharKind::upper && kind_of(name[at - 1]) == CharKind::upper &&
         kind_of(name[at + 1]) == CharKind::lower && !(name[at + 1] == 's' && at + 2 == name.size());
}

std::string singular_of(std::string word) {
  const auto ends = [&](std::string_view end) { return word.size() > end.size() + 1 && word.ends_with(end); };
  if (word.size() < 4 || ends("us") || ends("is") || !word.ends_with('s')) return word;
  if (ends("sses") || ends("xes") || ends("ches")) return word.substr(0, word.size() - 2);
  if (ends("ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
  if (ends("ss")) return word;
  return word.substr(0, word.size() - 1);
}

}  // namespace

std::vector<std::string> name_tokens(std::string_view name, Plural plural) {
  std::vector<std::string> tokens;
  tokens.reserve(8);  // enough for nearly all names
  std::size_t start = 0;
  const auto flush = [&](std::size_t end) {
    if (end > start && kind_of(name[start]) != CharKind::separator) {
      std::string token = base::to_lower(name.substr(start, end - start));
      tokens.push_back(plural == Plural::singular ? singular_of(std::move(token)) : std::move(token));
    }
    start = end;
  };
  for (std::size_t at = 1; at < name.size(); ++at) {
    if (ends_token(name, at) || starts_word_after_capitals(name, at)) flush(at);
  }
  flush(name.size());
  return tokens;
}

std::size_t find_run(std::span<const std::string> tokens, std::span<const std::string> run, std::size_t from) {
  if (run.empty() || run.size() > tokens.size()) return std::string_view::npos;
  for (std::size_t at = from; at + run.size() <= tokens.size(); ++at) {
    if (std::equal(run.begin(), run.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at))) return at;
  }
  return std::string_view::npos;
}

void RunSet::add(std::string_view run, std::size_t row) {
  std::vector<std::string> tokens;
  for (const std::string_view token : base::split(run, '+')) tokens.emplace_back(token);
  std::string first = tokens.front();
  m_runs[std::move(first)].emplace_back(row, std::move(tokens));
}

std::optional<std::size_t> RunSet::first_row(std::span<const std::string> tokens) const {
  std::optional<std::size_t> best;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto runs = m_runs.find(tokens[at]);
    if (runs == m_runs.end()) continue;
    for (const auto& [row, run] : runs->second) {
      if (best && row >= *best) continue;
      if (run.size() <= tokens.size() - at && std::equal(run.begin(), run.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at)))
        best = row;
    }
  }
  return best;
}

}  // namespace postern::connection
