// SPDX-License-Identifier: Apache-2.0
// The shapes of host names and addresses.
#include "connection/host_name.h"

#include <postern/base/text.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace postern::connection {
namespace {

/// Generic top-level domains that addresses in configuration really use; sorted. Country codes are all two letters.
constexpr std::array<std::string_view, 73> k_generic_domains{
    "academy",  "agency",  "app",      "art",     "asia",       "aws",      "bank",    "bio",    "biz",   "blog",    "build",
    "business", "careers", "cash",     "cat",     "center",     "chat",     "cloud",   "club",   "com",   "company", "consulting",
    "coop",     "design",  "dev",      "digital", "direct",     "download", "earth",   "edu",    "email", "energy",  "engineer",
    "eu",       "events",  "exchange", "finance", "foundation", "fun",      "games",   "global", "goog",  "google",  "gov",
    "group",    "health",  "host",     "info",    "int",        "jobs",     "life",    "link",   "live",  "market",  "markets",
    "media",    "mil",     "mobi",     "money",   "name",       "net",      "network", "news",   "one",   "online",  "org",
    "page",     "pro",     "run",      "shop",    "site",       "social",   "software"};
/// `example` is reserved for documents, which use it for hosts of the public DNS.
constexpr std::array<std::string_view, 16> k_more_generic_domains{
    "example", "solutions",  "space", "store",   "studio", "support", "systems", "team",
    "tech",    "technology", "tools", "website", "works",  "world",   "xyz",     "zone"};
constexpr std::array<std::string_view, 15> k_internal_suffixes{"local",   "internal", "svc",    "lan",     "localdomain",
                                                               "test",    "invalid",  "home",   "corp",    "intranet",
                                                               "private", "consul",   "docker", "cluster", "localhost"};

bool is_label_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), is_label_char);
}

std::string_view last_label(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const auto dot = host.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : host.substr(dot + 1);
}

/// The 16-bit groups of one half of an IPv6 address; nothing when malformed.
std::optional<std::vector<std::uint8_t>> ipv6_groups(std::string_view half) {
  std::vector<std::uint8_t> bytes;
  if (half.empty()) return bytes;
  const auto parts = base::split(half, ':');
  for (std::size_t i = 0; i < parts.size() && bytes.size() <= 16; ++i) {
    if (i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
      const auto tail = parse_ipv4(parts[i]);
      if (!tail) return std::nullopt;
      bytes.insert(bytes.end(), tail->begin(), tail->end());
      continue;
    }
    std::uint16_t group = 0;
    const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), group, 16);
    if (parts[i].empty() || parts[i].size() > 4 || error != std::errc{} || end != parts[i].data() + parts[i].size())
      return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(group >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(group & 0xFFU));
  }
  return bytes;
}

}  // namespace

std::string normalize_host(std::string_view host) {
  if (host.starts_with('[')) {
    host.remove_prefix(1);
    host = host.substr(0, host.find(']'));
  }
  host = host.substr(0, host.find('%'));
  if (host.size() > 1 && host.ends_with('.')) host.remove_suffix(1);
  return base::to_lower(host);
}

std::optional<std::array<std::uint8_t, 4>> parse_ipv4(std::string_view host) {
  if (host.size() < 7 || host.size() > 15) return std::nullopt;
  const auto parts = base::split(host, '.');
  if (parts.size() != 4) return std::nullopt;
  std::array<std::uint8_t, 4> octets{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (parts[i].empty() || parts[i].size() > 3 || (parts[i].size() > 1 && parts[i].front() == '0')) return std::nullopt;
    const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), octets[i]);
    if (error != std::errc{} || end != parts[i].data() + parts[i].size()) return std::nullopt;
  }
  return octets;
}

std::optional<std::array<std::uint8_t, 16>> parse_ipv6(std::string_view host) {
  if (host.size() < 2 || host.size() > 45 || host.find(':') == std::string_view::npos) return std::nullopt;
  const auto gap = host.find("::");
  const auto front = ipv6_groups(host.substr(0, gap));
  const auto back = gap == std::string_view::npos ? std::optional(std::vector<std::uint8_t>{}) : ipv6_groups(host.substr(gap + 2));
  if (!front || !back) return std::nullopt;
  const std::size_t count = front->size() + back->size();
  if (gap == std::string_view::npos ? count != 16 : count > 14) return std::nullopt;
  std::array<std::uint8_t, 16> address{};
  std::copy(front->begin(), front->end(), address.begin());
  std::copy(back->begin(), back->end(), address.end() - static_cast<std::ptrdiff_t>(back->size()));
  return address;
}

bool is_dns_name(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || host.size() > 253) return false;
  bool letters = false;
  for (const std::string_view label : base::split(host, '.')) {
    if (!is_label(label)) return false;
    letters =
        letters || std::any_of(label.begin(), label.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  }
  return letters;
}

bool is_host(std::string_view host) { return parse_ipv4(host) || parse_ipv6(host) || is_dns_name(host); }

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost") || host == "ip6-localhost" || host == "localhost.localdomain")
    return true;
  if (const auto v4 = parse_ipv4(host)) return (*v4)[0] == 127 || host == "0.0.0.0";
  if (const auto v6 = parse_ipv6(host)) {
    return std::all_of(v6->begin(), v6->end() - 1, [](std::uint8_t byte) { return byte == 0; }) && v6->back() <= 1;
  }
  return false;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool has_public_suffix(std::string_view host) {
  const std::string label = base::to_lower(last_label(host));
  if (label.size() == 2)
    return std::all_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; }) && label != "ns";
  return std::find(k_generic_domains.begin(), k_generic_domains.end(), label) != k_generic_domains.end() ||
         std::find(k_more_generic_domains.begin(), k_more_generic_domains.end(), label) != k_more_generic_domains.end();
}

bool has_internal_suffix(std::string_view host) {
  const std::string label = base::to_lower(last_label(host));
  return std::find(k_internal_suffixes.begin(), k_internal_suffixes.end(), label) != k_internal_suffixes.end();
}

}  // namespace postern::connection
