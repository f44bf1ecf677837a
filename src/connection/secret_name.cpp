// SPDX-License-Identifier: Apache-2.0
// What the name of a setting promises about its value, and which values are no secrets although the name says so.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

#include "connection/name_memory.h"
#include "connection/name_tokens.h"
#include "connection/redact.h"
#include "connection/reference.h"
#include "connection/secret_value.h"

namespace postern::connection {
namespace {

using Tokens = std::vector<std::string>;

struct NameRow {
  std::string_view run;  ///< adjacent tokens joined with '+'
  SecretKind kind;
};
/// The first row that fits counts: more specific ones first.
constexpr std::array<NameRow, 49> k_names{{{"private+key", SecretKind::private_key},
                                           {"ssh+key", SecretKind::private_key},
                                           {"deploy+key", SecretKind::private_key},
                                           {"signing+key", SecretKind::private_key},
                                           {"encryption+key", SecretKind::private_key},
                                           {"secret+access+key", SecretKind::cloud_key},
                                           {"storage+key", SecretKind::cloud_key},
                                           {"account+key", SecretKind::cloud_key},
                                           {"shared+access+key", SecretKind::cloud_key},
                                           {"sharedaccesskey", SecretKind::cloud_key},
                                           {"accountkey", SecretKind::cloud_key},
                                           {"service+account+key", SecretKind::cloud_key},
                                           {"service+account+json", SecretKind::cloud_key},
                                           {"access+key", SecretKind::cloud_key},
                                           {"accesskey", SecretKind::cloud_key},
                                           {"password", SecretKind::password},
                                           {"passwd", SecretKind::password},
                                           {"htpasswd", SecretKind::password},
                                           {"passphrase", SecretKind::password},
                                           {"pwd", SecretKind::password},
                                           {"requirepass", SecretKind::password},
                                           {"masterauth", SecretKind::password},
                                           {"api+key", SecretKind::api_key},
                                           {"apikey", SecretKind::api_key},
                                           {"app+key", SecretKind::api_key},
                                           {"application+key", SecretKind::api_key},
                                           {"auth+key", SecretKind::api_key},
                                           {"license+key", SecretKind::api_key},
                                           {"subscription+key", SecretKind::api_key},
                                           {"integration+key", SecretKind::api_key},
                                           {"routing+key+secret", SecretKind::api_key},
                                           {"token", SecretKind::token},
                                           {"bearer", SecretKind::token},
                                           {"jwt", SecretKind::token},
                                           {"secret+key", SecretKind::generic_secret},
                                           {"master+key", SecretKind::generic_secret},
                                           {"session+key", SecretKind::generic_secret},
                                           {"hmac+key", SecretKind::generic_secret},
                                           {"cookie+key", SecretKind::generic_secret},
                                           {"unseal+key", SecretKind::generic_secret},
                                           {"key+base", SecretKind::generic_secret},
                                           {"secret", SecretKind::generic_secret},
                                           {"credential", SecretKind::generic_secret},
                                           {"cred", SecretKind::generic_secret},
                                           {"bindpw", SecretKind::password},
                                           {"salt", SecretKind::generic_secret},
                                           {"pepper", SecretKind::generic_secret},
                                           {"authorization", SecretKind::token},
                                           {"shared+key", SecretKind::generic_secret}}};

/// Words written without a separator: PGPASSWORD, clientsecret, authtoken.
struct EndRow {
  std::string_view end;
  SecretKind kind;
};
constexpr std::array<EndRow, 11> k_ends{{{"masterkey", SecretKind::generic_secret},
                                         {"signingkey", SecretKind::private_key},
                                         {"encryptionkey", SecretKind::private_key},
                                         {"password", SecretKind::password},
                                         {"passwd", SecretKind::password},
                                         {"passphrase", SecretKind::password},
                                         {"secret", SecretKind::generic_secret},
                                         {"apikey", SecretKind::api_key},
                                         {"token", SecretKind::token},
                                         {"secretkey", SecretKind::generic_secret},
                                         {"dbpw", SecretKind::password}}};
/// PGPASS, DBPASS, userpass: "pass" at the end of a word, but for words of the language.
constexpr std::array<std::string_view, 9> k_words_in_pass{"bypass",    "compass",  "encompass", "trespass", "surpass",
                                                          "underpass", "overpass", "multipass", "onepass"};

/// Heads that make the name tell something about a secret.
constexpr std::array<std::string_view, 101> k_about{
    "name",      "id",       "ref",       "reference", "url",      "uri",      "endpoint", "host",     "hostname",   "port",
    "file",      "path",     "dir",       "directory", "folder",   "policy",   "expiry",   "expire",   "expires",    "expiration",
    "ttl",       "lifetime", "timeout",   "type",      "length",   "size",     "count",    "enabled",  "enable",     "required",
    "algorithm", "alg",      "version",   "rotation",  "provider", "store",    "manager",  "backend",  "mode",       "format",
    "prefix",    "suffix",   "header",    "field",     "column",   "issuer",   "audience", "duration", "interval",   "age",
    "limit",     "usage",    "namespace", "arn",       "location", "mount",    "hint",     "bucket",   "label",      "alias",
    "class",     "regex",    "rule",      "checker",   "encoder",  "reset",    "server",   "service",  "address",    "addr",
    "user",      "username", "email",     "scope",     "claim",    "operator", "selector", "create",   "annotation", "strategy",
    "validator", "refresh",  "seconds",   "minutes",   "days",     "hours",    "ms",       "encoding", "engine",     "cache",
    "status",    "index",    "page",      "env",       "method",   "plugin",   "template", "image",    "secretname", "keyref",
    "keyid"};
/// "pass" and "auth" alone at the end, unless one of these stands before.
constexpr std::array<std::string_view, 12> k_not_pass{"proxy",   "fastcgi", "uwsgi", "grpc",   "scgi", "by",
                                                      "through", "basic",   "o",     "enable", "use",  "no"};
constexpr std::array<std::string_view, 14> k_about_runs{"existing+secret", "image+pull+secret",
                                                        "max+token",       "min+token",
                                                        "total+token",     "num+token",
                                                        "secret+key+ref",  "token+review",
                                                        "secret+ref",      "primary+key",
                                                        "foreign+key",     "tls+secret",
                                                        "pull+secret",     "automount+service+account+token"};

constexpr std::array<std::string_view, 50> k_weak{"changeme",
                                                  "change-me",
                                                  "change_me",
                                                  "changeit",
                                                  "password",
                                                  "passw0rd",
                                                  "p@ssw0rd",
                                                  "p@ssword",
                                                  "pass",
                                                  "admin",
                                                  "root",
                                                  "secret",
                                                  "test",
                                                  "testing",
                                                  "123",
                                                  "1234",
                                                  "12345",
                                                  "123456",
                                                  "12345678",
                                                  "123456789",
                                                  "default",
                                                  "guest",
                                                  "letmein",
                                                  "qwerty",
                                                  "example",
                                                  "toor",
                                                  "welcome",
                                                  "postgres",
                                                  "mysql",
                                                  "redis",
                                                  "rabbitmq",
                                                  "mongo",
                                                  "user",
                                                  "foobar",
                                                  "minioadmin",
                                                  "minio",
                                                  "minio123",
                                                  "password1",
                                                  "password123",
                                                  "admin123",
                                                  "secret123",
                                                  "supersecret",
                                                  "mysecretpassword",
                                                  "mypassword",
                                                  "mysecret",
                                                  "dev",
                                                  "demo",
                                                  "local",
                                                  "token",
                                                  "s3cret"};

constexpr std::array<std::string_view, 24> k_indirections{"vault:",     "vault://",  "secret://",  "awssm://",
                                                          "ssm://",     "sm://",     "gcpsm://",   "op://",
                                                          "ref+",       "keyvault:", "akv://",     "@microsoft.keyvault(",
                                                          "enc[",       "sops:",     "{{resolve:", "file://",
                                                          "secretref:", "bao:",      "env:",       "infisical://",
                                                          "doppler://", "kms://",    "!vault",     "arn:aws:ssm:"};
constexpr std::array<std::string_view, 17> k_blanks{
    "null", "none", "nil",       "~",     "redacted", "[redacted]", "<redacted>", "(sensitive value)", "(sensitive)", "todo",
    "tbd",  "n/a",  "undefined", "unset", "''",       "\"\"",       "replace"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <typename Rows, typename RunOf>
RunSet compile(const Rows& rows, RunOf run_of) {
  RunSet runs;
  for (std::size_t i = 0; i < rows.size(); ++i) runs.add(run_of(rows[i]), i);
  return runs;
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// Last token that is no counter ("API_KEY_2") and no storage form ("PASSWORD_BASE64" splits off the digits).
const std::string& head_of(const Tokens& tokens) {
  std::size_t end = tokens.size();
  while (end > 1 && is_number(tokens[end - 1])) --end;
  return tokens[end - 1];
}

bool all_of_char(std::string_view text, std::string_view chars) {
  return text.size() >= 3 && text.find_first_not_of(chars) == std::string_view::npos;
}

SecretKind find_kind(std::string_view name) {
  const Tokens tokens = name_tokens(name, Plural::singular);
  if (tokens.empty()) return SecretKind::none;
  const std::string& head = head_of(tokens);
  if (contains(k_about, head)) return SecretKind::none;
  static const RunSet k_about_set = compile(k_about_runs, [](std::string_view run) { return run; });
  static const RunSet k_name_set = compile(k_names, [](const NameRow& row) { return row.run; });
  if (k_about_set.first_row(tokens)) return SecretKind::none;
  if (const auto row = k_name_set.first_row(tokens)) return k_names[*row].kind;
  for (const std::string& token : tokens) {
    for (const EndRow& row : k_ends) {
      if (token.ends_with(row.end)) return row.kind;
    }
  }
  if (head.size() > 4 && head.ends_with("pass") && !contains(k_words_in_pass, head)) return SecretKind::password;
  if (tokens.size() == 1 && head == "pw") return SecretKind::password;
  const bool is_pass = head == "pass" || head == "auth" || head == "pw";
  if (!is_pass || tokens.size() < 2 || contains(k_not_pass, tokens[tokens.size() - 2])) return SecretKind::none;
  return SecretKind::password;
}

bool ends_like_key(std::string_view name) {
  constexpr std::array<std::string_view, 24> k_not_secret{
      "partition", "primary",    "foreign", "public", "sort",        "cache",       "object", "routing",
      "row",       "index",      "meta",    "lookup", "unique",      "idempotency", "config", "group",
      "label",     "annotation", "range",   "record", "publishable", "site",        "anon",   "topology"};
  const Tokens tokens = name_tokens(name, Plural::singular);
  return tokens.size() >= 2 && head_of(tokens) == "key" && !contains(k_not_secret, tokens[tokens.size() - 2]);
}

}  // namespace

bool is_placeholder(std::string_view written) {
  std::string_view value = base::trim(written);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  const std::string lower = base::to_lower(base::trim(value));
  if (lower.empty() || contains(k_blanks, lower) || all_of_char(lower, "*") || all_of_char(lower, "x") || all_of_char(lower, ".-_"))
    return true;
  if (lower.front() == '<' && lower.back() == '>' && lower.find('>') == lower.size() - 1) return true;
  if (std::any_of(k_indirections.begin(), k_indirections.end(), [&](std::string_view start) { return lower.starts_with(start); }))
    return true;
  if (lower.starts_with("arn:") && lower.find(":secretsmanager:") != std::string::npos) return true;
  if (lower.starts_with("projects/") && lower.find("/secrets/") != std::string::npos) return true;
  const bool asks =
      lower.starts_with("your-") || lower.starts_with("your_") || lower.starts_with("replace-") || lower.starts_with("replace_");
  // "your-password-here" is words alone; digits or punctuation would be a value.
  if (asks && lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz-_") == std::string::npos) return true;
  const std::string masked = mask_references(value);
  return masked.find_first_not_of(std::string{k_mask, ' ', '_', '-', ':', '/', '.'}) == std::string::npos &&
         masked.find(k_mask) != std::string::npos && !has_secret_fallback(value);
}

bool has_secret_fallback(std::string_view value) {
  for (const Reference& reference : references_in(value)) {
    if (reference.fallback && !reference.fallback->empty()) return true;
  }
  return false;
}

bool is_weak(std::string_view value) { return contains(k_weak, base::to_lower(base::trim(value))); }

bool is_path_to_secret(std::string_view value) {
  if (value.starts_with("~")) value.remove_prefix(1);
  const bool is_relative = value.starts_with("./") || value.starts_with("../");
  if (!is_relative && !value.starts_with('/')) return false;
  // A password may begin like a path: only plain segments, and a root or an ending that files with secrets have.
  if (value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") != std::string_view::npos)
    return false;
  constexpr std::array<std::string_view, 12> k_endings{".pem", ".key", ".txt",  ".json", ".env", ".yaml",
                                                       ".yml", ".crt", ".cert", ".jks",  ".p12", ".pwd"};
  const bool has_ending =
      std::any_of(k_endings.begin(), k_endings.end(), [&](std::string_view end) { return value.ends_with(end); });
  if (is_relative) return has_ending;
  const std::string_view rest = value.substr(1);
  const std::string_view root = rest.substr(0, rest.find('/'));
  constexpr std::array<std::string_view, 24> k_roots{
      "run",  "var",    "etc",  "vault", "mnt", "secrets",      "opt", "home", "app",         "usr",     "tmp",    "root",
      "data", "config", "keys", "certs", "srv", "certificates", "tls", "ssl",  "credentials", "private", "secret", "conf"};
  return has_ending || (root.size() < rest.size() && contains(k_roots, root));
}

bool is_plain_word(std::string_view value) {
  const std::string lower = base::to_lower(value);
  return lower == "true" || lower == "false" || lower == "yes" || lower == "no" || lower == "on" || lower == "off" ||
         lower == "enabled" || lower == "disabled" || lower == "auto" || lower == "required" || lower == "optional" ||
         lower == "bearer" || lower == "basic";
}

bool looks_random(std::string_view value) {
  if (value.size() < 16 || value.find_first_of(" \t/") != std::string_view::npos) return false;
  const bool digit = value.find_first_of("0123456789") != std::string_view::npos;
  const bool letter =
      std::any_of(value.begin(), value.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return digit && letter;
}

SecretKind secret_kind_of_name(std::string_view name) {
  thread_local NameMemory<SecretKind> memory;
  return memory.of(name, find_kind);
}

bool may_name_key(std::string_view name) {
  thread_local NameMemory<bool> memory;
  return memory.of(name, ends_like_key);
}

}  // namespace postern::connection
