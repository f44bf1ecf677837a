// SPDX-License-Identifier: Apache-2.0
// Secrets that the key before them gives away: assignments, JSON members, query and connection-string options, flags.
#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "connection/key_value.h"
#include "connection/reference.h"
#include "connection/secret_value.h"

namespace postern::connection {
namespace {

/// Options of URLs and connection strings that names alone would not tell.
struct OptionRow {
  std::string_view key;
  SecretKind kind;
};
constexpr std::array<OptionRow, 10> k_options{{{"sig", SecretKind::token},
                                               {"key", SecretKind::api_key},
                                               {"auth", SecretKind::token},
                                               {"pass", SecretKind::password},
                                               {"pw", SecretKind::password},
                                               {"code", SecretKind::token},
                                               {"signature", SecretKind::token},
                                               {"x-amz-signature", SecretKind::token},
                                               {"x-amz-security-token", SecretKind::token},
                                               {"sharedaccesssignature", SecretKind::token}}};

bool is_key_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

SecretKind kind_of_option(std::string_view key) {
  const std::string lower = base::to_lower(key);
  const auto row = std::find_if(k_options.begin(), k_options.end(), [&](const OptionRow& r) { return r.key == lower; });
  return row == k_options.end() ? secret_kind_of_name(key) : row->kind;
}

/// A quote that closes the whole string around a value, not one inside a password.
bool closes_string(std::string_view line, std::size_t at) {
  return (line[at] == '"' || line[at] == '\'' || line[at] == '`') &&
         (at + 1 == line.size() || std::string_view(" \t\r,;:)]}").find(line[at + 1]) != std::string_view::npos);
}

/// End of a quoted value; a doubled quote stands for itself (ADO.NET). The line's end when it is never closed.
std::size_t end_of_quoted(std::string_view line, std::size_t at) {
  const char quote = line[at];
  for (std::size_t i = at + 1; i < line.size(); ++i) {
    if (line[i] != quote) continue;
    if (i + 1 == line.size() || line[i + 1] != quote) return i + 1;
    ++i;
  }
  return line.size();
}

/// End of a value in "a=b&c=d".
std::size_t end_of_query_value(std::string_view line, std::size_t at) {
  return std::min(line.find_first_of(";& \t\"'`", at), line.size());
}

/// End of a value in "a=b;c=d": spaces and quotes may stand inside.
std::size_t end_of_string_value(std::string_view line, std::size_t at) {
  if (at < line.size() && (line[at] == '"' || line[at] == '\'')) return end_of_quoted(line, at);
  while (at < line.size() && line[at] != ';' && !closes_string(line, at)) ++at;
  return at;
}

/// Keys behind '?', '&', ';' or ',' (and the first key of a connection string): "Password = x" may have spaces around '='.
void find_options(std::string_view line, std::vector<SecretPlace>& places) {
  const bool has_semicolon = line.find(';') != std::string_view::npos;
  for (std::size_t equals = line.find('='); equals != std::string_view::npos; equals = line.find('=', equals + 1)) {
    std::size_t end = equals;
    while (end > 0 && line[end - 1] == ' ') --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin < 64 && is_key_char(line[begin - 1])) --begin;
    if (begin == end || line[begin] == '-') continue;
    // The first key of a connection string has nothing before it.
    const char before = begin != 0 ? line[begin - 1] : has_semicolon ? ';' : ' ';
    const bool is_option =
        before == '?' || before == '&' || before == ';' || before == ',' || (before == ' ' && begin >= 2 && line[begin - 2] == ';');
    if (!is_option) continue;
    const std::string_view key = line.substr(begin, end - begin);
    const SecretKind kind = kind_of_option(key);
    if (kind == SecretKind::none) continue;
    const std::size_t value = equals + 1;
    std::size_t stop = end_of_query_value(line, value);
    if (before == ';' || before == ' ') stop = end_of_string_value(line, value);
    if (before == ',') stop = std::min(stop, line.find(',', value));
    add_named_value(line, value, stop, kind, key, places);
  }
}

/// "mysql -uroot -phunter2": the password is glued to the flag.
void find_glued_passwords(std::string_view line, std::vector<SecretPlace>& places) {
  if (line.find(" -") == std::string_view::npos && line.find("\"-p") == std::string_view::npos) return;
  constexpr std::array<std::string_view, 6> k_clients{"mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mysqlimport"};
  const bool is_client = std::any_of(k_clients.begin(), k_clients.end(),
                                     [&](std::string_view name) { return line.find(name) != std::string_view::npos; });
  const bool is_redis = line.find("redis-cli") != std::string_view::npos;
  if (!is_client && !is_redis) return;
  const std::string_view flag = is_client ? " -p" : " -a ";
  for (std::size_t at = line.find(flag); at != std::string_view::npos; at = line.find(flag, at + 1)) {
    const std::size_t begin = at + flag.size();
    const std::size_t end = std::min(line.find_first_of(" \t\"'`,;|&)", begin), line.size());
    if (end > begin) add_named_value(line, begin, end, SecretKind::password, flag.substr(1, 2), places);
  }
  // Exec form: ["mysql", "-phunter2"]
  for (std::size_t at = line.find("\"-p"); is_client && at != std::string_view::npos; at = line.find("\"-p", at + 1)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(line.find('"', begin), line.size());
    if (end > begin && line.substr(begin, end - begin).find(' ') == std::string_view::npos) {
      add_named_value(line, begin, end, SecretKind::password, "-p", places);
    }
  }
}

}  // namespace

void add_named_value(std::string_view text, std::size_t begin, std::size_t end, SecretKind kind, std::string_view key,
                     std::vector<SecretPlace>& places) {
  const std::string_view value = base::trim(text.substr(begin, end - begin));
  const bool is_structure = value == "{" || value == "[" || value == "{}" || value == "[]" || value == "|" || value == ">" ||
                            value == "|-" || value == ">-";
  if (is_structure || is_plain_word(value) || is_path_to_secret(value)) return;
  const bool is_count = value.size() <= 6 && !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_count && kind != SecretKind::password && kind != SecretKind::private_key) return;
  places.push_back({begin, end, kind, std::string(key), is_weak(value), is_placeholder(value)});
}

void find_keyed_secrets(std::string_view line, std::span<const KeyValue> pairs, std::vector<SecretPlace>& places) {
  for (const KeyValue& pair : pairs) {
    const std::string_view key = pair.key(line);
    SecretKind kind = secret_kind_of_name(key);
    // A header's scheme is no secret; what follows it is found by its shape.
    if (base::equals_ignoring_case(key, "authorization") && pair.value(line).find(' ') != std::string_view::npos) continue;
    if (kind == SecretKind::none && looks_random(pair.value(line)) && may_name_key(key)) kind = SecretKind::api_key;
    if (kind == SecretKind::none) continue;
    // "--token-file path" is excluded by its name; "--secret name" cannot be told from a value: taken for one.
    add_named_value(line, pair.value_begin, pair.value_end, kind, key, places);
  }
  find_options(line, places);
  find_glued_passwords(line, places);
}

}  // namespace postern::connection
