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

bool is_option_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; }

struct UrlText {
  std::string_view text;
  std::size_t from;      ///< of the authority
  std::size_t limit;     ///< end of the token
  std::size_t line_end;  ///< end of the line
};

/// The token's authority does not read as hosts: the password holds a space or a quote. Looks for '@' up to the next URL of the
/// line.
std::optional<std::size_t> far_user_end(UrlText& url, bool needs_port_or_path) {
  const std::size_t far = std::min(url.line_end, url.text.find("://", url.limit));
  if (far <= url.limit) return std::nullopt;
  const auto last = url.text.substr(url.limit, far - url.limit).rfind('@');
  if (last == std::string_view::npos) return std::nullopt;
  const std::size_t at = url.limit + last;
  const std::size_t end = end_of_token(url.text.substr(0, url.line_end), at + 1);
  const std::size_t hosts = find_from(url.text, "/?#;", at + 1, end);
  if (hosts == at + 1 || !is_host_list(url.text.substr(at + 1, hosts - at - 1))) return std::nullopt;
  if (needs_port_or_path && hosts == end && url.text.substr(at + 1, end - at - 1).find(':') == std::string_view::npos)
    return std::nullopt;
  url.limit = end;
  return at;
}

/// http and its like: the authority ends at the first '/', and later '@' are usual ("/@scope/package").
std::size_t begin_of_web_hosts(UrlText& url) {
  const std::size_t first = find_from(url.text, "/?#", url.from, url.limit);
  const std::string_view authority = url.text.substr(url.from, first - url.from);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) return url.from + at + 1;
  const auto colon = authority.find(':');
  if (authority.empty() || is_host_list(authority)) {
    // "https://user:12/34@host": a one-label host with a port may be the start of a password with a slash.
    if (colon == std::string_view::npos || authority.find('.') != std::string_view::npos || authority.starts_with('['))
      return url.from;
    const auto later = last_user_end(url.text, first, find_from(url.text, "?", url.from, url.limit));
    return later && url.text[*later - 1] != '/' ? *later + 1 : url.from;
  }
  if (const auto later = last_user_end(url.text, url.from, url.limit)) return *later + 1;
  if (colon == std::string_view::npos) return url.from;
  const auto later = far_user_end(url, false);
  return later ? *later + 1 : url.from;
}

/// Databases, queues and the rest: the last '@' that hosts follow ends the user information.
std::size_t begin_of_server_hosts(UrlText& url, Reach reach, bool is_jdbc) {
  const std::size_t first = find_from(url.text, "/?#", url.from, url.limit);
  const std::string_view authority = url.text.substr(url.from, first - url.from);
  const bool reads_as_hosts = authority.empty() || is_host_list(authority);
  if (!is_jdbc && (reach == Reach::line || (!reads_as_hosts && authority.find(':') != std::string_view::npos &&
                                            authority.find('@') == std::string_view::npos))) {
    const bool has_colon = authority.find(':') != std::string_view::npos;
    if (const auto later =
            has_colon ? far_user_end(url, reads_as_hosts || authority.find('@') != std::string_view::npos) : std::nullopt)
      return *later + 1;
  }
  const auto later = last_user_end(url.text, url.from, url.limit);
  if (later && !is_in_option(url.text, url.from, *later, url.limit, is_jdbc)) return *later + 1;
  // What stands in an option may hide a real one before it.
  const auto before = last_user_end(url.text, url.from, find_from(url.text, "?;", url.from, url.limit));
  if (before) return *before + 1;
  const auto at = authority.rfind('@');
  return at == std::string_view::npos ? url.from : url.from + at + 1;
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

UrlSpan cut_url(std::string_view text, std::size_t begin, std::size_t colon, std::size_t line_end, Reach reach) {
  UrlSpan span{begin, colon, colon + 3, 0, 0, 0, 0};
  const std::string scheme = base::to_lower(text.substr(begin, colon - begin));
  UrlText url{text, span.authority, 0, line_end};
  url.limit = end_of_token(text.substr(0, end_before_next(text, span.authority)), span.authority);
  const bool is_jdbc = scheme.starts_with("jdbc:");
  span.hosts = is_web_scheme(scheme) ? begin_of_web_hosts(url) : begin_of_server_hosts(url, reach, is_jdbc);
  const std::string_view kept = without_trailing_punctuation(text.substr(span.hosts, url.limit - span.hosts));
  span.end = span.hosts + kept.size();
  span.path = find_from(text, is_jdbc ? "/?#;" : "/?#", span.hosts, span.end);
  span.query = find_from(text, is_jdbc ? "?;#" : "?#", span.path, span.end);
  return span;
}

}  // namespace

bool is_in_option(std::string_view text, std::size_t from, std::size_t at, std::size_t limit, bool is_jdbc) {
  const std::size_t mark = find_from(text, "?;", from, at);
  std::size_t name_end = mark + 1;
  while (name_end < at && is_option_char(text[name_end])) ++name_end;
  if (mark == at || name_end == mark + 1 || name_end >= at || text[name_end] != '=') return false;
  if (is_jdbc) return true;
  const std::size_t rest = find_from(text, "/:?#&;", at + 1, limit);
  return rest == limit || (text[rest] != '/' && text[rest] != ':');
}

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

std::vector<UrlSpan> find_urls(std::string_view text, Reach reach) {
  std::vector<UrlSpan> spans;
  std::size_t floor = 0;
  std::size_t line_end = 0;
  for (std::size_t colon = text.find("://"); colon != std::string_view::npos;
       colon = text.find("://", std::max(colon + 3, floor))) {
    const std::size_t begin = begin_of_scheme(text, colon, floor);
    if (begin == colon) continue;
    if (line_end < colon) line_end = std::min(text.find('\n', colon), text.size());
    spans.push_back(cut_url(text, begin, colon, line_end, reach));
    floor = std::max(spans.back().end, colon + 3);
  }
  return spans;
}

}  // namespace postern::connection
