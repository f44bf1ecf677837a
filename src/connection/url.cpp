// SPDX-License-Identifier: Apache-2.0
// Cuts URLs and DSNs out of text.
#include "connection/url.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

#include "connection/host_name.h"
#include "connection/reference.h"

namespace postern::connection {
namespace {

constexpr std::size_t k_longest_scheme = 64;
constexpr std::string_view k_space = " \t\r\n\v\f";
constexpr std::array<std::string_view, 4> k_web_schemes{"http", "https", "ws", "wss"};

bool is_scheme_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-' || c == '_';
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Start of the scheme that ends at `colon`; "jdbc:x:y" and "r2dbc:x" are taken with their prefixes. Equals `colon` when there is
/// none.
std::size_t begin_of_scheme(std::string_view text, std::size_t colon, std::size_t floor) {
  std::size_t begin = colon;
  while (begin > floor && colon - begin < k_longest_scheme && is_scheme_char(text[begin - 1])) --begin;
  while (begin < colon && !is_letter(text[begin])) ++begin;
  std::size_t outer = begin;
  while (outer > floor && colon - outer < k_longest_scheme && (is_scheme_char(text[outer - 1]) || text[outer - 1] == ':')) --outer;
  const std::string prefix = base::to_lower(text.substr(outer, begin - outer));
  for (const std::string_view family : {"jdbc:", "r2dbc:"}) {
    const auto at = prefix.rfind(family);
    if (at != std::string::npos) return outer + at;
  }
  return begin;
}

/// A quote ends a value only when what follows can follow a value; inside a password it does not.
bool quote_ends(std::string_view text, std::size_t at) {
  return at + 1 >= text.size() || k_space.find(text[at + 1]) != std::string_view::npos ||
         std::string_view(",;:)]}>\\\"'|&").find(text[at + 1]) != std::string_view::npos;
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

/// End of the token that a URL stands in: space, a closing quote, or an unopened closing bracket.
std::size_t end_of_token(std::string_view text, std::size_t from) {
  int round = 0;
  int square = 0;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (k_space.find(c) != std::string_view::npos || c == '<' || c == '>' || c == '|') return at;
    if (is_quote(c) && quote_ends(text, at)) return at;
    if (c == '\\' && at + 1 < text.size() && (is_quote(text[at + 1]) || text[at + 1] == 'n')) return at;
    if (c == '(') ++round;
    if (c == '[') ++square;
    if (c == ')' && --round < 0) return at;
    if (c == ']' && --square < 0) return at;
    if (c == '}') return at;
  }
  return text.size();
}

/// Looks only at [from, limit): what is behind belongs to others, and searching it again and again would be quadratic.
std::size_t find_from(std::string_view text, std::string_view set, std::size_t from, std::size_t limit) {
  const auto found = text.substr(from, limit - from).find_first_of(set);
  return found == std::string_view::npos ? limit : from + found;
}

/// Last '@' in [from, limit) whose rest starts with a host list that a path, a query or the end follows.
std::optional<std::size_t> last_user_end(std::string_view text, std::size_t from, std::size_t limit) {
  if (from >= limit) return std::nullopt;
  std::string_view window = text.substr(from, limit - from);
  // Only the last few are looked at: more would make hostile text quadratic.
  for (int tries = 4; tries != 0; --tries) {
    const auto found = window.rfind('@');
    if (found == std::string_view::npos) return std::nullopt;
    const std::size_t at = from + found;
    const std::size_t rest = find_from(text, "/?#;", at + 1, limit);
    if (rest > at + 1 && is_host_list(text.substr(at + 1, rest - at - 1))) return at;
    window = window.substr(0, found);
  }
  return std::nullopt;
}

/// The whole authority of a URL without user information reads as hosts with ports.
bool plainly_hosts(std::string_view authority) { return authority.empty() || is_host_list(authority); }

/// Where the hosts start, after the user information; `limit` is the end of the token and `line_end` that of the line.
std::size_t begin_of_hosts(std::string_view text, std::size_t from, std::size_t& limit, std::size_t line_end, bool is_web) {
  const std::size_t first = find_from(text, "/?#", from, limit);
  const std::string_view authority = text.substr(from, first - from);
  const auto at = authority.rfind('@');
  const std::size_t query = find_from(text, "?", from, limit);
  if (at != std::string_view::npos) {
    if (!is_web) {
      if (const auto later = last_user_end(text, first, query)) return *later + 1;
    }
    if (is_host_list(authority.substr(at + 1)) || is_web) return from + at + 1;
    if (const auto later = last_user_end(text, from, limit)) return *later + 1;
    return from + at + 1;
  }
  const auto colon = authority.find(':');
  const bool could_be_user = colon != std::string_view::npos && authority.find(':', colon + 1) == std::string_view::npos;
  if (plainly_hosts(authority)) {
    if (!could_be_user || (is_web && authority.substr(0, colon).find('.') != std::string_view::npos)) return from;
    const auto later = last_user_end(text, first, query);
    return later && text[*later - 1] != '/' ? *later + 1 : from;
  }
  if (const auto later = last_user_end(text, from, limit)) return *later + 1;
  if (colon == std::string_view::npos) return from;
  // Not hosts at all, and no '@' in the token: the password may hold a space or a quote.
  const std::size_t far = std::min(line_end, text.find("://", limit));
  const auto last = far > limit ? text.substr(limit, far - limit).rfind('@') : std::string_view::npos;
  if (last == std::string_view::npos) return from;
  const std::size_t far_end = end_of_token(text.substr(0, line_end), limit + last + 1);
  if (const auto later = last_user_end(text, limit, far_end)) {
    limit = far_end;
    return *later + 1;
  }
  return from;
}

/// Lists of URLs: a ',' or ';' before the next scheme ends this one. The end of the text when nothing follows.
std::size_t end_before_next(std::string_view text, std::size_t from) {
  const auto next = text.find("://", from);
  if (next == std::string_view::npos) return text.size();
  std::size_t begin = begin_of_scheme(text, next, from);
  if (begin > from && text[begin - 1] == '=') {
    // "etcd-0=http://..." inside a list: the name belongs to the next element; a nested URL in a query stays where it is.
    const auto comma = text.substr(from, begin - 1 - from).find_last_of(",;");
    if (comma == std::string_view::npos) return text.size();
    begin = from + comma + 1;
  }
  return begin > from && (text[begin - 1] == ',' || text[begin - 1] == ';' || text[begin - 1] == '|') ? begin - 1 : text.size();
}

std::string_view without_trailing_punctuation(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == '.' || text.back() == ':'))
    text.remove_suffix(1);
  return text;
}

UrlSpan cut_url(std::string_view text, std::size_t begin, std::size_t colon, std::size_t line_end) {
  UrlSpan span{begin, colon, colon + 3, 0, 0, 0, 0};
  const std::string scheme = base::to_lower(text.substr(begin, colon - begin));
  std::size_t limit = end_of_token(text.substr(0, end_before_next(text, span.authority)), span.authority);
  span.hosts = begin_of_hosts(text, span.authority, limit, line_end, is_web_scheme(scheme));
  const std::string_view kept = without_trailing_punctuation(text.substr(span.hosts, limit - span.hosts));
  span.end = span.hosts + kept.size();
  const bool is_jdbc = scheme.starts_with("jdbc:");
  span.path = find_from(text, is_jdbc ? "/?#;" : "/?#", span.hosts, span.end);
  span.query = find_from(text, is_jdbc ? "?;#" : "?#", span.path, span.end);
  return span;
}

}  // namespace

bool is_web_scheme(std::string_view scheme) {
  return std::find(k_web_schemes.begin(), k_web_schemes.end(), scheme) != k_web_schemes.end();
}

HostPort split_host_port(std::string_view text) {
  HostPort parts;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return parts;
    parts.host = text.substr(0, close + 1);
    std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') return parts;
    parts.port = rest.empty() ? rest : rest.substr(1);
    parts.valid = parse_ipv6(normalize_host(parts.host)).has_value() &&
                  (parts.port.empty() || parse_port(parts.port) || parts.port.find(k_mask) != std::string_view::npos);
    return parts;
  }
  if (parse_ipv6(text)) return {text, {}, true};
  const auto colon = text.rfind(':');
  parts.host = text.substr(0, colon);
  if (colon != std::string_view::npos) parts.port = text.substr(colon + 1);
  const bool port_fits =
      parts.port.empty() || parse_port(parts.port) || parts.port.find_first_not_of(k_mask) == std::string_view::npos;
  bool host_fits = is_host(parts.host);
  if (!host_fits && parts.host.find(k_mask) != std::string_view::npos) {
    std::string filled(parts.host);
    std::replace(filled.begin(), filled.end(), k_mask, 'x');
    host_fits = filled.find_first_of("/@:,;?#=&%\"' ") == std::string::npos;
  }
  parts.valid = host_fits && port_fits;
  return parts;
}

bool is_host_list(std::string_view text) {
  if (text.empty() || text.size() > 8192) return false;
  const auto pieces = base::split(text, ',');
  return std::all_of(pieces.begin(), pieces.end(), [](std::string_view piece) { return split_host_port(piece).valid; });
}

std::vector<UrlSpan> find_urls(std::string_view text) {
  std::vector<UrlSpan> spans;
  std::size_t floor = 0;
  std::size_t line_end = 0;
  for (std::size_t colon = text.find("://"); colon != std::string_view::npos;
       colon = text.find("://", std::max(colon + 3, floor))) {
    const std::size_t begin = begin_of_scheme(text, colon, floor);
    if (begin == colon) continue;
    if (line_end < colon) line_end = std::min(text.find('\n', colon), text.size());
    spans.push_back(cut_url(text, begin, colon, line_end));
    floor = std::max(spans.back().end, colon + 3);
  }
  return spans;
}

}  // namespace postern::connection
