// SPDX-License-Identifier: Apache-2.0
// Credentials inside URLs, DSNs and connection strings.
#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "connection/reference.h"
#include "connection/secret_value.h"
#include "connection/url.h"

namespace postern::connection {
namespace {

/// Users that are no secret although no password follows.
bool is_plain_user(std::string_view user, bool is_web) {
  if (user == "git" || user == "anonymous" || user == "user" || user == "admin") return true;
  if (is_web || user.size() > 24) return false;
  return user.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == std::string_view::npos;
}

/// With these the user is the key: "https://KEY:@host", "https://TOKEN:x-oauth-basic@host", long random users.
bool user_is_secret(std::string_view user, std::string_view password, bool is_web) {
  if (!is_web || user.empty()) return false;
  return password.empty() || password == "x-oauth-basic" || looks_random(user);
}

/// Containers stand where users stand in these schemes.
bool has_container(std::string_view scheme) {
  return scheme == "abfss" || scheme == "abfs" || scheme == "wasbs" || scheme == "wasb";
}

void add_part(std::string_view text, std::size_t begin, std::size_t end, std::vector<SecretPlace>& places) {
  const std::string_view part = text.substr(begin, end - begin);
  if (part.empty()) return;
  places.push_back({begin, end, SecretKind::connection_credential, {}, is_weak(part), is_placeholder(part)});
}

void add_user_info(std::string_view line, std::string_view masked, const UrlSpan& span, std::vector<SecretPlace>& places) {
  const std::string scheme = base::to_lower(line.substr(span.begin, span.scheme_end - span.begin));
  if (has_container(scheme)) return;
  const std::size_t end = span.hosts - 1;
  const auto colon = masked.substr(span.authority, end - span.authority).find(':');
  const bool is_web = is_web_scheme(scheme);
  if (colon == std::string_view::npos) {
    const std::string_view user = line.substr(span.authority, end - span.authority);
    const bool is_reference =
        masked.substr(span.authority, end - span.authority).find_first_not_of(k_mask) == std::string_view::npos;
    if (!is_plain_user(user, is_web) && !(is_reference && !has_secret_fallback(user))) add_part(line, span.authority, end, places);
    return;
  }
  const std::size_t password = span.authority + colon + 1;
  const std::string_view user = line.substr(span.authority, colon);
  if (user_is_secret(user, line.substr(password, end - password), is_web))
    add_part(line, span.authority, span.authority + colon, places);
  add_part(line, password, end, places);
}

/// Go's "user:password@tcp(host:3306)/db" and "user:password@host" without a scheme.
void find_go_dsn(std::string_view line, std::vector<SecretPlace>& places) {
  for (const std::string_view mark : {"@tcp(", "@tcp6(", "@unix(", "@cloudsql("}) {
    std::size_t floor = 0;
    for (std::size_t at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 1)) {
      // The user starts after a space, a quote or an assignment; the password may hold anything but a space.
      std::size_t begin = at;
      while (begin > floor && line[begin - 1] != ' ' && line[begin - 1] != '\t') --begin;
      floor = at + 1;
      const auto colon = line.substr(begin, at - begin).find(':');
      if (colon != std::string_view::npos) add_part(line, begin + colon + 1, at, places);
    }
  }
}

/// "thin:scott/tiger@host" of Oracle: user and password are separated by a slash.
void find_oracle(std::string_view line, std::vector<SecretPlace>& places) {
  constexpr std::string_view k_thin = "jdbc:oracle:";
  std::size_t end = 0;
  for (std::size_t at = line.find(k_thin); at != std::string_view::npos; at = line.find(k_thin, end)) {
    end = at + k_thin.size();
    const auto type = line.substr(end, 8).find(':') == std::string_view::npos ? std::string_view::npos : line.find(':', end);
    if (type == std::string_view::npos) continue;
    end = std::min(line.find_first_of(" \t\"'", type), line.size());
    const auto user_end = line.substr(type, end - type).rfind('@');
    const auto slash = line.substr(type, end - type).find('/');
    if (user_end == std::string_view::npos || slash == std::string_view::npos || slash > user_end) continue;
    add_part(line, type + slash + 1, type + user_end, places);
  }
}

/// Words before a ':' that make what follows an account and no password: "user:joe@example.com".
bool is_account_word(std::string_view word) {
  constexpr std::array<std::string_view, 14> k_words{"mailto", "user", "group", "serviceaccount", "domain", "email", "member",
                                                     "sip",    "sips", "xmpp",  "acct",           "npm",    "pkg",   "principal"};
  return std::find(k_words.begin(), k_words.end(), base::to_lower(word)) != k_words.end();
}

/// "user:password@host:5432" without a scheme. The port tells it from e-mail addresses, packages and digests.
void find_bare_user_info(std::string_view line, std::vector<SecretPlace>& places) {
  std::size_t floor = 0;
  for (std::size_t at = line.find('@'); at != std::string_view::npos; floor = at + 1, at = line.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > floor && std::string_view(" \t\"'`=,;/<>()[]{}").find(line[begin - 1]) == std::string_view::npos) --begin;
    const std::size_t colon = line.find(':', begin);
    if (colon >= at || colon == begin || is_account_word(line.substr(begin, colon - begin))) continue;
    if (begin > 0 && (line[begin - 1] == '/' || line[begin - 1] == '@')) continue;
    const std::size_t host_end =
        std::min(line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", at + 1), line.size());
    const std::string_view host = line.substr(at + 1, host_end - at - 1);
    const bool has_port =
        host_end + 1 < line.size() && line[host_end] == ':' && line[host_end + 1] >= '0' && line[host_end + 1] <= '9';
    if (host.empty() || host == "sha256" || host == "sha512" || !has_port) continue;
    add_part(line, colon + 1, at, places);
  }
}

/// In the value of one setting all up to the last '@' may be a password. Rather too much is hidden than a piece shown.
void widen(std::string_view line, std::string_view masked, std::vector<UrlSpan>& spans) {
  const auto last = masked.rfind('@');
  if (last == std::string_view::npos) return;
  const auto behind = std::find_if(spans.begin(), spans.end(), [&](const UrlSpan& span) { return span.authority > last; });
  if (behind == spans.begin() || is_in_option(masked, (behind - 1)->authority, last, masked.size(), false)) return;
  for (auto span = spans.begin(); span != behind; ++span) {
    const std::string scheme = base::to_lower(line.substr(span->begin, span->scheme_end - span->begin));
    if (is_web_scheme(scheme) || scheme.starts_with("jdbc:") || has_container(scheme)) continue;
    const auto colon = masked.find(':', span->authority);
    if (colon >= last) continue;
    span->hosts = std::max(span->hosts, last + 1);
    // Everything up to there is hidden: the URLs inside need no reading.
    spans.erase(span + 1, behind);
    return;
  }
}

}  // namespace

void find_url_secrets(std::string_view line, Reach reach, std::vector<SecretPlace>& places) {
  // In every notation an '@' ends the user information.
  if (line.find('@') == std::string_view::npos) return;
  const std::string masked = mask_references(line);
  std::vector<UrlSpan> spans = find_urls(masked, reach);
  if (reach == Reach::line) widen(line, masked, spans);
  for (const UrlSpan& span : spans) {
    if (span.has_user_info()) add_user_info(line, masked, span, places);
  }
  find_bare_user_info(line, places);
  find_go_dsn(line, places);
  find_oracle(line, places);
}

}  // namespace postern::connection
