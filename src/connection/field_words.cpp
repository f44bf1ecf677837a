// SPDX-License-Identifier: Apache-2.0
// Words of fields by knowledge/name-abbreviations.tsv and knowledge/name-parts.tsv.
#include "connection/field_words.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "connection/knowledge_table.h"
#include "connection/name_tokens.h"

namespace postern::connection {
namespace {

using Tokens = std::vector<std::string>;
using Abbreviations = std::map<std::string_view, std::string_view, std::less<>>;

/// Words that names shorten or write in another language, in the form in which patterns are compared.
const Abbreviations& abbreviations(std::string_view where) {
  static const auto read = [](std::string_view wanted) {
    Abbreviations words;
    for (const TableRow& cells : read_knowledge("name-abbreviations.tsv", 3)) {
      if (cells[1] != wanted) continue;
      for (const std::string_view word : words_of(cells[2])) words.emplace(word, cells[0]);
    }
    return words;
  };
  static const Abbreviations k_anywhere = read("anywhere");
  static const Abbreviations k_later = read("later");
  return where == "anywhere" ? k_anywhere : k_later;
}

struct Letter {
  std::string_view accented;
  std::string_view plain;
};
/// Small letters of western and central Europe, in UTF-8; capitals are taken as small ones.
constexpr std::array<Letter, 38> k_letters{
    {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"é", "e"}, {"è", "e"}, {"ê", "e"},
     {"ë", "e"},  {"É", "e"},  {"à", "a"},  {"á", "a"},  {"â", "a"},  {"ã", "a"},  {"å", "a"},  {"ç", "c"}, {"í", "i"}, {"î", "i"},
     {"ï", "i"},  {"ñ", "n"},  {"Ñ", "n"},  {"ó", "o"},  {"ô", "o"},  {"õ", "o"},  {"ø", "o"},  {"ú", "u"}, {"û", "u"}, {"ł", "l"},
     {"ę", "e"},  {"ą", "a"},  {"ś", "s"},  {"ź", "z"},  {"ż", "z"},  {"ć", "c"},  {"ń", "n"},  {"Ł", "l"}}};

std::string without_accents(std::string_view name) {
  std::string plain;
  plain.reserve(name.size());
  while (!name.empty()) {
    const auto letter = std::ranges::find_if(k_letters, [&](const Letter& row) { return name.starts_with(row.accented); });
    if (letter == k_letters.end()) {
      plain += name.front();
      name.remove_prefix(1);
    } else {
      plain += letter->plain;
      name.remove_prefix(letter->accented.size());
    }
  }
  return plain;
}

bool has_accents(std::string_view name) {
  return std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Articles and prepositions that only bind the words around them.
bool binds(std::string_view token) {
  constexpr std::array<std::string_view, 13> k_binding = {"of",  "the", "de", "da",  "do",  "di",   "du",
                                                          "del", "des", "la", "van", "der", "della"};
  return std::ranges::find(k_binding, token) != k_binding.end();
}

/// Full words in the place of short ones. Some words are short forms only behind another one (`no` in `no_show` is none).
Tokens full_words(Tokens tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Abbreviations& anywhere = abbreviations("anywhere");
    const Abbreviations& later = abbreviations("later");
    if (const auto word = anywhere.find(tokens[i]); word != anywhere.end()) {
      tokens[i] = word->second;
    } else if (const auto behind = later.find(tokens[i]); i > 0 && behind != later.end()) {
      tokens[i] = behind->second;
    }
  }
  if (tokens.size() < 3) return tokens;
  const auto middle = std::remove_if(tokens.begin() + 1, tokens.end() - 1, [](const std::string& token) { return binds(token); });
  tokens.erase(middle, tokens.end() - 1);
  return tokens;
}

/// The words of which grown-together ones are made.
const std::unordered_set<std::string_view>& parts() {
  static const std::unordered_set<std::string_view> k_parts = [] {
    std::unordered_set<std::string_view> read;
    for (const TableRow& cells : read_knowledge("name-parts.tsv", 2)) {
      for (const std::string_view word : words_of(cells[1])) read.insert(word);
    }
    return read;
  }();
  return k_parts;
}

constexpr std::size_t k_shortest_compound = 6;
constexpr std::size_t k_longest_compound = 48;

/// The fewest known parts that make up the whole word; none where it cannot be made of them. Looks at each pair of places once.
Tokens parts_of(std::string_view word) {
  constexpr std::size_t k_longest_part = 16;
  constexpr std::size_t k_unreached = 99;
  struct Best {
    std::size_t parts = k_unreached;
    std::size_t from = 0;
  };
  std::array<Best, k_longest_compound + 1> best{};
  best[0].parts = 0;
  for (std::size_t end = 2; end <= word.size(); ++end) {
    for (std::size_t begin = end > k_longest_part ? end - k_longest_part : 0; begin + 2 <= end; ++begin) {
      const bool shorter = best[begin].parts + 1 < best[end].parts;
      if (shorter && parts().contains(word.substr(begin, end - begin))) best[end] = {best[begin].parts + 1, begin};
    }
  }
  Tokens found;
  if (best[word.size()].parts == k_unreached) return found;
  for (std::size_t end = word.size(); end != 0; end = best[end].from)
    found.emplace_back(word.substr(best[end].from, end - best[end].from));
  std::ranges::reverse(found);
  return found;
}

}  // namespace

Tokens field_words(std::string_view name, const std::function<bool(std::string_view)>& is_known) {
  Tokens tokens = has_accents(name) ? name_tokens(without_accents(name), Plural::singular) : name_tokens(name, Plural::singular);
  Tokens words;
  words.reserve(tokens.size());
  for (std::string& token : tokens) {
    const bool may_be_grown = token.size() >= k_shortest_compound && token.size() <= k_longest_compound && !is_known(token);
    Tokens grown = may_be_grown ? parts_of(token) : Tokens();
    if (grown.size() < 2) {
      words.push_back(std::move(token));
    } else {
      for (std::string& part : grown) words.push_back(std::move(part));
    }
  }
  return full_words(std::move(words));
}

Tokens pattern_words(std::string_view pattern) {
  Tokens words;
  for (const std::string_view word : base::split(pattern, '+')) {
    for (std::string& token : name_tokens(word, Plural::singular)) words.push_back(std::move(token));
  }
  return full_words(std::move(words));
}

std::vector<Tokens> patterns_of(std::string_view cell) {
  std::vector<Tokens> patterns;
  for (const std::string_view pattern : words_of(cell)) patterns.push_back(pattern_words(pattern));
  return patterns;
}

}  // namespace postern::connection
