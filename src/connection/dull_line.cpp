// SPDX-License-Identifier: Apache-2.0
// Lines of configuration files that can hold neither an address nor a secret: `feature.retries=5`, `"timeout": "250ms",`.
#include "connection/dull_line.h"

#include <array>

#include "connection/name_memory.h"
#include "connection/redact.h"
#include "connection/secret_value.h"
#include "connection/setting_name.h"

namespace postern::connection {
namespace {

constexpr std::size_t k_longest_word = 14;

enum Class : unsigned char { k_none = 0, k_key = 1, k_word = 2 };

constexpr std::array<unsigned char, 256> k_classes = [] {
  std::array<unsigned char, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool common = letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    classes[c] = static_cast<unsigned char>((common || c == '.' ? k_key : k_none) | (common ? k_word : k_none));
  }
  return classes;
}();

std::size_t skip(std::string_view line, std::size_t at, Class wanted) {
  while (at < line.size() && (k_classes[static_cast<unsigned char>(line[at])] & wanted) != 0) ++at;
  return at;
}

std::size_t skip_space(std::string_view line, std::size_t at) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return at;
}

bool ask_dull(std::string_view name) {
  // Lists of variables name their secrets in the line before: `name: DB_PASSWORD`, `value: ...`.
  if (name == "name" || name == "value" || name.ends_with(".name") || name.ends_with(".value")) return false;
  return secret_kind_of_name(name) == SecretKind::none && !may_name_key(name) && meaning_of_name(name).kind != NameKind::address &&
         pair_part(name) == PairPart::none;
}

}  // namespace

std::optional<SimpleLine> simple_line(std::string_view line) {
  const std::size_t indent = skip_space(line, 0);
  std::size_t at = indent;
  const bool quoted = at < line.size() && line[at] == '"';
  if (quoted) ++at;
  const std::size_t key = at;
  at = skip(line, at, k_key);
  const std::size_t key_end = at;
  if (key_end == key || line[key] == '-') return std::nullopt;
  if (quoted && (at == line.size() || line[at++] != '"')) return std::nullopt;
  at = skip_space(line, at);
  if (at + 1 >= line.size()) return std::nullopt;
  const char separator = line[at++];
  if (separator != '=' && (separator != ':' || (line[at] != ' ' && line[at] != '\t'))) return std::nullopt;
  at = skip_space(line, at);
  const bool in_quotes = at < line.size() && line[at] == '"';
  if (in_quotes) ++at;
  const std::size_t word = at;
  at = skip(line, at, k_word);
  if (at == word || at - word > k_longest_word) return std::nullopt;
  if (in_quotes && (at == line.size() || line[at++] != '"')) return std::nullopt;
  at = skip_space(line, at);
  if (at < line.size() && line[at] == ',') at = skip_space(line, at + 1);
  if (at < line.size() && line[at] == '\r') ++at;
  return at == line.size() ? std::optional(SimpleLine{indent, line.substr(key, key_end - key)}) : std::nullopt;
}

bool is_dull_name(std::string_view name) {
  thread_local NameMemory<bool> memory;
  return memory.of(name, ask_dull);
}

}  // namespace postern::connection
