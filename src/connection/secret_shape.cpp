// SPDX-License-Identifier: Apache-2.0
// Secrets that their own shape gives away: tokens of known services, bearer headers, webhook URLs.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

#include "connection/reference.h"
#include "connection/secret_value.h"

namespace postern::connection {
namespace {

struct ShapeRow {
  std::string_view prefix;
  std::size_t minimum;  ///< bytes of token characters after the prefix
  SecretKind kind;
};
constexpr std::array<ShapeRow, 62> k_shapes{{{"AKIA", 16, SecretKind::cloud_key},
                                             {"ASIA", 16, SecretKind::cloud_key},
                                             {"ghp_", 20, SecretKind::token},
                                             {"gho_", 20, SecretKind::token},
                                             {"ghu_", 20, SecretKind::token},
                                             {"ghs_", 20, SecretKind::token},
                                             {"ghr_", 20, SecretKind::token},
                                             {"github_pat_", 20, SecretKind::token},
                                             {"glpat-", 16, SecretKind::token},
                                             {"gldt-", 16, SecretKind::token},
                                             {"glrt-", 16, SecretKind::token},
                                             {"glptt-", 16, SecretKind::token},
                                             {"glcbt-", 16, SecretKind::token},
                                             {"xoxb-", 10, SecretKind::token},
                                             {"xoxa-", 10, SecretKind::token},
                                             {"xoxp-", 10, SecretKind::token},
                                             {"xoxr-", 10, SecretKind::token},
                                             {"xoxs-", 10, SecretKind::token},
                                             {"xoxe-", 10, SecretKind::token},
                                             {"xapp-", 10, SecretKind::token},
                                             {"sk_live_", 8, SecretKind::api_key},
                                             {"rk_live_", 8, SecretKind::api_key},
                                             {"sk_test_", 8, SecretKind::api_key},
                                             {"rk_test_", 8, SecretKind::api_key},
                                             {"whsec_", 16, SecretKind::generic_secret},
                                             {"sk-ant-", 16, SecretKind::api_key},
                                             {"sk-proj-", 16, SecretKind::api_key},
                                             {"sk-", 32, SecretKind::api_key},
                                             {"AIza", 30, SecretKind::api_key},
                                             {"ya29.", 20, SecretKind::token},
                                             {"GOCSPX-", 16, SecretKind::generic_secret},
                                             {"npm_", 30, SecretKind::token},
                                             {"pypi-AgEI", 16, SecretKind::token},
                                             {"SG.", 30, SecretKind::api_key},
                                             {"hf_", 24, SecretKind::token},
                                             {"hvs.", 20, SecretKind::token},
                                             {"hvb.", 20, SecretKind::token},
                                             {"dop_v1_", 32, SecretKind::token},
                                             {"doo_v1_", 32, SecretKind::token},
                                             {"dckr_pat_", 16, SecretKind::token},
                                             {"rubygems_", 32, SecretKind::token},
                                             {"shpat_", 24, SecretKind::token},
                                             {"shpss_", 24, SecretKind::generic_secret},
                                             {"shpca_", 24, SecretKind::token},
                                             {"sq0atp-", 16, SecretKind::token},
                                             {"sq0csp-", 16, SecretKind::generic_secret},
                                             {"key-", 32, SecretKind::api_key},
                                             {"NRAK-", 20, SecretKind::api_key},
                                             {"glsa_", 24, SecretKind::token},
                                             {"glc_", 32, SecretKind::token},
                                             {"sntrys_", 24, SecretKind::token},
                                             {"lin_api_", 24, SecretKind::api_key},
                                             {"figd_", 24, SecretKind::token},
                                             {"PMAK-", 24, SecretKind::api_key},
                                             {"xkeysib-", 24, SecretKind::api_key},
                                             {"AGE-SECRET-KEY-1", 30, SecretKind::private_key},
                                             {"EAACEdEose0cBA", 10, SecretKind::token},
                                             {"ATATT3", 24, SecretKind::token},
                                             {"dapi", 32, SecretKind::token},
                                             {"tfp_", 24, SecretKind::token},
                                             {"sbp_", 32, SecretKind::token},
                                             {"pscale_tkn_", 24, SecretKind::token}}};

/// Places in URLs behind which the rest of the path is the credential.
constexpr std::array<std::string_view, 9> k_webhooks{
    "hooks.slack.com/services/",   "hooks.slack.com/workflows/",    "hooks.slack.com/triggers/",
    "discord.com/api/webhooks/",   "discordapp.com/api/webhooks/",  "webhook.office.com/webhookb2/",
    "outlook.office.com/webhook/", "hooks.zapier.com/hooks/catch/", "chat.googleapis.com/v1/spaces/"};

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == '+' || c == '/' || c == '=';
}
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::size_t end_of_token(std::string_view line, std::size_t at) {
  while (at < line.size() && is_token_char(line[at]) && line[at] != '/') ++at;
  return at;
}

/// Three base64url parts; the first starts with the bytes of `{"`.
bool is_jwt(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  return second != std::string_view::npos && first >= 10 && second - first > 10;
}

/// The rows whose prefixes start with each character, in the order of the table: most characters start none.
using RowsByFirst = std::array<std::vector<const ShapeRow*>, 256>;
const RowsByFirst& rows_by_first() {
  static const RowsByFirst k_rows = [] {
    RowsByFirst rows;
    for (const ShapeRow& row : k_shapes) rows[static_cast<unsigned char>(row.prefix.front())].push_back(&row);
    return rows;
  }();
  return k_rows;
}

/// The first row whose prefix `rest` starts with.
const ShapeRow* find_shape(const RowsByFirst& rows, std::string_view rest) {
  for (const ShapeRow* row : rows[static_cast<unsigned char>(rest.front())]) {
    if (rest.starts_with(row->prefix)) return row;
  }
  return nullptr;
}

bool has_digit_or_upper(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

/// Runs of token characters are measured once: `m_end` is the end of the run that the last token stood in.
class TokenFinder {
 public:
  TokenFinder(std::string_view line, std::vector<SecretPlace>& places) : m_line(line), m_places(places) {}

  void run() {
    const RowsByFirst& rows = rows_by_first();
    for (std::size_t at = 0; at < m_line.size(); ++at) {
      if (at > 0 && is_word(m_line[at - 1])) continue;
      if (m_line[at] == 'e' && m_line.substr(at).starts_with("eyJ")) {
        read_jwt(at);
      } else if (const ShapeRow* row = find_shape(rows, m_line.substr(at))) {
        read_shape(at, *row);
      }
    }
  }

 private:
  std::size_t end_from(std::size_t at) {
    if (at >= m_end) m_end = end_of_token(m_line, at);
    return m_end;
  }

  void read_jwt(std::size_t& at) {
    if (at < m_no_jwt_before) return;
    const std::size_t end = end_from(at);
    if (!is_jwt(m_line.substr(at, end - at))) {
      // Without two dots left, no later part of the run is a token either.
      if (std::count(m_line.begin() + static_cast<std::ptrdiff_t>(at), m_line.begin() + static_cast<std::ptrdiff_t>(end), '.') < 2)
        m_no_jwt_before = end;
      return;
    }
    m_places.push_back({at, end, SecretKind::token, {}, false, false});
    at = end;
  }

  void read_shape(std::size_t& at, const ShapeRow& row) {
    const std::size_t begin = at + row.prefix.size();
    const std::size_t end = std::max(begin, end_from(begin));
    const std::string_view body = m_line.substr(begin, end - begin);
    if (body.size() < row.minimum) return;
    if (has_digit_or_upper(body)) m_places.push_back({at, end, row.kind, {}, false, false});
    // A run of small letters holds no token further on either.
    at = end;
  }

  std::string_view m_line;
  std::vector<SecretPlace>& m_places;
  std::size_t m_end = 0;
  std::size_t m_no_jwt_before = 0;
};

/// Whether a space stands behind the last letter of a scheme that is looked for: few lines need a copy in small letters.
bool may_hold_scheme(std::string_view line) {
  for (std::size_t space = line.find(' ', 1); space != std::string_view::npos; space = line.find(' ', space + 1)) {
    const char last = line[space - 1];
    if (last == 'r' || last == 'R' || last == 'c' || last == 'C' || last == 'y' || last == 'Y') return true;
  }
  return false;
}

/// "Bearer abc", "Basic dXNlcjpwYXNz", "Digest ..." as in an Authorization header.
void find_bearers(std::string_view line, std::vector<SecretPlace>& places) {
  if (!may_hold_scheme(line)) return;
  const std::string lower = base::to_lower(line);
  for (const std::string_view scheme : {"bearer ", "basic ", "apikey "}) {
    for (std::size_t at = lower.find(scheme); at != std::string::npos; at = lower.find(scheme, at + 1)) {
      if (at > 0 && is_word(lower[at - 1])) continue;
      const std::size_t begin = at + scheme.size();
      std::size_t end = begin;
      while (end < line.size() &&
             (is_token_char(line[end]) || line[end] == '~' || line[end] == '$' || line[end] == '{' || line[end] == '}'))
        ++end;
      const std::string_view token = line.substr(begin, end - begin);
      const std::string_view before = std::string_view(lower).substr(at < 40 ? 0 : at - 40, std::min<std::size_t>(at, 40));
      const bool is_header = before.find("authorization") != std::string_view::npos;
      const bool has_digit = token.find_first_of("0123456789=") != std::string_view::npos;
      if (token.empty() || (!is_header && (token.size() < 16 || !has_digit))) continue;
      add_named_value(line, begin, end, SecretKind::token, "Authorization", places);
    }
  }
}

void find_webhooks(std::string_view line, std::vector<SecretPlace>& places) {
  // Every mark holds one of these; two searches instead of ten.
  if (line.find(".com/") == std::string_view::npos && line.find(".org/") == std::string_view::npos) return;
  for (const std::string_view mark : k_webhooks) {
    std::size_t end = 0;
    for (std::size_t at = line.find(mark); at != std::string_view::npos; at = line.find(mark, end)) {
      const std::size_t begin = at + mark.size();
      end = std::min(line.find_first_of(" \t\"'`<>)\\,", begin), line.size());
      if (end == begin) continue;
      const bool placeholder = is_placeholder(line.substr(begin, end - begin));
      places.push_back({begin, end, SecretKind::webhook_url, {}, false, placeholder});
    }
  }
  constexpr std::string_view k_telegram = "api.telegram.org/bot";
  std::size_t end = 0;
  for (std::size_t at = line.find(k_telegram); at != std::string_view::npos; at = line.find(k_telegram, end)) {
    const std::size_t begin = at + k_telegram.size();
    end = std::min(line.find_first_of(" \t\"'`<>)\\,/", begin), line.size());
    if (end > begin) places.push_back({begin, end, SecretKind::token, {}, false, is_placeholder(line.substr(begin, end - begin))});
  }
}

/// Letters of both sizes between at least three groups of digits: no word and no version is written so.
bool is_token_segment(std::string_view segment) {
  if (segment.size() < 16) return false;
  bool upper = false;
  bool lower = false;
  int groups = 0;
  bool in_digits = false;
  for (const char c : segment) {
    const bool digit = c >= '0' && c <= '9';
    groups += digit && !in_digits ? 1 : 0;
    in_digits = digit;
    upper = upper || (c >= 'A' && c <= 'Z');
    lower = lower || (c >= 'a' && c <= 'z');
    if (!is_word(c) && c != '-') return false;
  }
  return upper && lower && groups >= 3;
}

/// A segment of a URL's path that is a token ("https://h/t/TOKEN/x"), and Slack's "/services/T.../B.../TOKEN" on any host.
void find_path_tokens(std::string_view line, std::vector<SecretPlace>& places) {
  constexpr std::string_view k_path_end = " \t\"'`<>)\\,?#;";
  std::size_t end = 0;
  for (std::size_t at = line.find("://"); at != std::string_view::npos; at = line.find("://", end)) {
    end = std::min(line.find_first_of(k_path_end, at), line.size());
    const std::size_t path = std::min(line.find('/', at + 3), end);
    const std::size_t services = line.substr(path, end - path).find("/services/T");
    if (services != std::string_view::npos &&
        line.substr(path + services, end - path - services).find("/B") != std::string_view::npos) {
      places.push_back({path + services + 10, end, SecretKind::webhook_url, {}, false, false});
    }
    for (std::size_t begin = path; begin < end;) {
      const std::size_t stop = std::min(line.find('/', begin + 1), end);
      if (is_token_segment(line.substr(begin + 1, stop - begin - 1)))
        places.push_back({begin + 1, stop, SecretKind::webhook_url, {}, false, false});
      begin = stop;
    }
    end = std::max(end, at + 3);
  }
}

}  // namespace

void find_shapes(std::string_view line, std::vector<SecretPlace>& places) {
  TokenFinder(line, places).run();
  find_bearers(line, places);
  find_webhooks(line, places);
  find_path_tokens(line, places);
}

}  // namespace postern::connection
