// SPDX-License-Identifier: Apache-2.0
// Secrets that their own shape gives away: tokens of known services, bearer headers, webhook URLs.
#include <postern/base/text.h>

#include <algorithm>
#include <array>

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

void find_tokens(std::string_view line, std::vector<SecretPlace>& places) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (at > 0 && is_word(line[at - 1])) continue;
    const std::string_view rest = line.substr(at);
    if (rest.starts_with("eyJ")) {
      const std::size_t end = end_of_token(line, at);
      if (is_jwt(line.substr(at, end - at))) {
        places.push_back({at, end, SecretKind::token, {}, false, false});
        at = end;
      }
      continue;
    }
    const auto row = std::find_if(k_shapes.begin(), k_shapes.end(), [&](const ShapeRow& r) { return rest.starts_with(r.prefix); });
    if (row == k_shapes.end()) continue;
    const std::size_t end = end_of_token(line, at + row->prefix.size());
    const std::string_view body = line.substr(at + row->prefix.size(), end - at - row->prefix.size());
    const bool has_digit_or_upper =
        std::any_of(body.begin(), body.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
    if (body.size() < row->minimum || !has_digit_or_upper) continue;
    places.push_back({at, end, row->kind, {}, false, false});
    at = end;
  }
}

/// "Bearer abc", "Basic dXNlcjpwYXNz", "Digest ..." as in an Authorization header.
void find_bearers(std::string_view line, std::vector<SecretPlace>& places) {
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

}  // namespace

void find_shapes(std::string_view line, std::vector<SecretPlace>& places) {
  find_tokens(line, places);
  find_bearers(line, places);
  find_webhooks(line, places);
}

}  // namespace postern::connection
