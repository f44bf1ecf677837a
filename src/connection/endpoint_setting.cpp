// SPDX-License-Identifier: Apache-2.0
// Reads the value of one setting: tries the grammars from the most explicit to the weakest.
#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "connection/connection_string.h"
#include "connection/endpoint_builder.h"
#include "connection/endpoint_reader.h"
#include "connection/host.h"
#include "connection/host_name.h"
#include "connection/redact.h"
#include "connection/reference.h"
#include "connection/setting_name.h"
#include "connection/technology.h"

namespace postern::connection {
namespace {

/// No connection string is longer; what is longer is read as text.
constexpr std::size_t k_longest_value = 16384;

constexpr std::array<std::string_view, 26> k_plain_words{
    "true", "false",   "yes",     "no",       "on",       "off",  "none",       "null",        "nil",
    "auto", "default", "enabled", "disabled", "all",      "any",  "production", "development", "staging",
    "test", "dev",     "prod",    "memory",   "inmemory", "http", "https",      "tcp"};

/// Endings of file names that are no top-level domains of services.
constexpr std::array<std::string_view, 36> k_file_endings{
    "yaml", "yml",  "json", "xml", "conf", "cfg",   "ini",  "toml", "properties", "txt", "log", "py",
    "rb",   "js",   "ts",   "go",  "java", "class", "jar",  "sh",   "md",         "pem", "crt", "key",
    "sql",  "html", "css",  "png", "so",   "sock",  "tmpl", "env",  "lock",       "rs",  "php", "zip"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_file_name(std::string_view host) {
  const auto dot = host.rfind('.');
  return dot != std::string_view::npos && contains(k_file_endings, host.substr(dot + 1));
}

/// A port of a neutral "word:number" that is more likely an image tag, a ratio or a user id.
bool is_doubtful_port(std::uint16_t port) { return port < 100 && port != 25 && port != 53 && port != 80 && port != 88; }

/// Java classes and packages ("com.acme.Main"), Kubernetes label keys.
bool is_reversed_name(std::string_view host) {
  const auto labels = base::split(host, '.');
  constexpr std::array<std::string_view, 6> k_starts{"com", "org", "net", "io", "java", "javax"};
  return labels.size() >= 3 && contains(k_starts, labels.front());
}

/// Words that stand in sentences and hardly in commands or lists of options.
constexpr std::array<std::string_view, 20> k_sentence_words{
    "a",    "an", "and", "are", "at",  "documentation", "for",  "here", "in",    "is",
    "more", "of", "on",  "or",  "see", "the",           "this", "to",   "visit", "with"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Counts the words of `text` into `words` and those that only sentences have into `marks`; false when something else than words
/// and the signs between them stands there.
bool count_words(std::string_view text, int& words, int& marks) {
  for (const std::string_view part : base::split(text, ' ')) {
    std::string_view word = base::trim(part);
    while (!word.empty() && std::string_view("(\"'").find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && std::string_view(".,:;!?)\"'").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    if (word.empty()) continue;
    if (!std::all_of(word.begin(), word.end(), is_letter)) return false;
    ++words;
    if (contains(k_sentence_words, base::to_lower(word))) ++marks;
  }
  return true;
}

/// "see https://docs.sample.org/manual for help": a link in the middle of a sentence is for people.
bool is_sentence(std::string_view text, const UrlSpan& link) {
  int before = 0;
  int behind = 0;
  int marks = 0;
  const bool plain = count_words(text.substr(0, link.begin), before, marks) && count_words(text.substr(link.end), behind, marks);
  return plain && before > 0 && behind > 0 && marks > 0;
}

class SettingReader {
 public:
  SettingReader(std::string_view name, std::string_view value)
      : m_masked(mask_references(value)), m_scan{value, m_masked, meaning_of_name(name)} {}

  std::vector<Endpoint> run() {
    if (m_scan.meaning.kind == NameKind::listen) return {};
    if (read_explicit(m_scan)) return std::move(m_endpoints);
    if (m_scan.meaning.kind == NameKind::other) return {};
    if (is_whole_reference()) return unresolved();
    read_list();
    return std::move(m_endpoints);
  }

 private:
  /// Forms that say themselves what they are.
  bool read_explicit(const Scan& scan) {
    if (scan.text.size() <= k_longest_value) {
      constexpr std::array k_readers{read_cloud_name, read_oracle, read_ado, read_go_dsn};
      for (const auto reader : k_readers) {
        if (reader(scan, m_endpoints)) return true;
      }
    }
    const std::vector<UrlSpan> spans = find_urls(scan.masked, Reach::line);
    if (spans.size() == 1 && scan.meaning.kind != NameKind::address && is_sentence(scan.text, spans.front())) return true;
    for (const UrlSpan& span : spans) {
      for (Endpoint& endpoint : endpoints_of_url(scan, span)) m_endpoints.push_back(std::move(endpoint));
    }
    if (!spans.empty()) return true;
    if (scan.text.size() <= k_longest_value && read_keywords(scan, m_endpoints)) return true;
    // A path, a socket, or a driver without a server (jdbc:h2:mem:x).
    return scan.text.starts_with('/') || scan.text.starts_with("./") || scan.text.starts_with("jdbc:") ||
           scan.text.starts_with("unix:");
  }

  [[nodiscard]] bool is_whole_reference() const {
    const bool only = m_scan.masked.find_first_not_of(k_mask) == std::string_view::npos && !m_scan.masked.empty();
    return only && !m_scan.text.starts_with('<');
  }

  /// "$(DATABASE_URL)" under a name that says "address": an address, but nobody knows which.
  std::vector<Endpoint> unresolved() const {
    if (m_scan.meaning.kind != NameKind::address) return {};
    Endpoint endpoint;
    endpoint.host_template = m_scan.text;
    endpoint.references = references_in(m_scan.text);
    for (Reference& reference : endpoint.references) {
      // The fallback of a whole value may be a URL with a password.
      if (reference.fallback) reference.fallback = redact({}, *reference.fallback).text;
    }
    if (!endpoint.references.empty() && endpoint.references.front().fallback)
      endpoint.host_template = "${" + endpoint.references.front().name + "}";
    complete(endpoint, m_scan.meaning);
    return {endpoint};
  }

  /// "h1:9092,h2:9092", "zk1:2181/root", "redis:6379,password=...,ssl=True".
  void read_list() {
    Transport transport = Transport::unknown;
    bool has_credentials = false;
    for (std::size_t at = 0; at < m_scan.text.size();) {
      const std::size_t end = std::min(m_scan.masked.find_first_of(",; \t\n", at), m_scan.text.size());
      const Scan element = m_scan.part(at, end - at);
      const auto equals = element.masked.find('=');
      if (equals != std::string_view::npos) {
        const std::string_view key = element.text.substr(0, equals);
        const Transport stated = transport_of_option(key, element.text.substr(equals + 1));
        if (stated != Transport::unknown) transport = stated;
        has_credentials = has_credentials || key == "password" || key == "user";
      } else if (!element.text.empty()) {
        read_element(element, at);
      }
      at = end + 1;
    }
    for (Endpoint& endpoint : m_endpoints) {
      if (transport != Transport::unknown) endpoint.transport = transport;
      endpoint.has_credentials = endpoint.has_credentials || has_credentials;
    }
  }

  void read_element(const Scan& element, std::size_t offset) {
    if (element.text.starts_with('/') || element.text.starts_with(':') || element.text.starts_with("0.0.0.0") ||
        element.text.starts_with("[::]"))
      return;
    const auto slash = element.masked.find('/');
    const Scan address = element.part(0, slash);
    Endpoint endpoint;
    endpoint.offset = offset;
    if (address.masked.find('@') != std::string_view::npos || !set_host_port(endpoint, address)) return;
    const std::string& host = endpoint.host;
    if (is_file_name(host) || contains(k_plain_words, host)) return;
    if (slash != std::string_view::npos) endpoint.path = element.text.substr(slash);
    if (!grade(endpoint, host, slash != std::string_view::npos)) return;
    complete(endpoint, m_scan.meaning);
    if (is_believable(endpoint)) m_endpoints.push_back(std::move(endpoint));
  }

  /// How sure it is; false when it is no address under this name.
  bool grade(Endpoint& endpoint, std::string_view host, bool has_path) const {
    const bool names_address = m_scan.meaning.kind == NameKind::address;
    const bool qualified =
        host.find('.') != std::string_view::npos || host.find(':') != std::string_view::npos || host == "localhost";
    if (names_address) {
      if (has_path && !qualified && !endpoint.port && endpoint.references.empty()) return false;
      endpoint.confidence = qualified || endpoint.port ? Confidence::host_port : Confidence::bare_name;
      return true;
    }
    // Under a neutral name only what can hardly be anything else.
    if (endpoint.host.empty()) return false;
    if (endpoint.port) {
      if (is_doubtful_port(*endpoint.port) && !parse_ipv4(host) && !has_public_suffix(host)) return false;
      endpoint.confidence = qualified ? Confidence::host_port : Confidence::bare_name;
      return !has_path || qualified;
    }
    endpoint.confidence = Confidence::bare_name;
    return qualified && !has_path && !parse_ipv4(host) && !parse_ipv6(host);
  }

  /// A bare qualified name under a neutral name counts only when its owner is known, or it is a cluster's own name.
  [[nodiscard]] bool is_believable(const Endpoint& endpoint) const {
    if (m_scan.meaning.kind == NameKind::address || endpoint.port) return true;
    if (is_reversed_name(endpoint.host)) return false;
    const HostFacts facts = describe_host(endpoint.host);
    // `svc.ns` alone counts only where a service of that name is declared: it goes on as a bare name.
    if (facts.host_class == HostClass::cluster_local) {
      return endpoint.host.find(".svc") != std::string::npos ||
             (facts.cluster_name && endpoint.confidence == Confidence::bare_name);
    }
    // Registries stand in image names far more often than in addresses.
    return facts.host_class == HostClass::known_vendor && facts.technology != "registry" && facts.category != "devtools-ci" &&
           std::count(endpoint.host.begin(), endpoint.host.end(), '.') >= 2;
  }

  std::string m_masked;
  Scan m_scan;
  std::vector<Endpoint> m_endpoints;
};

/// Letters, digits, '_' and '-': an address only where the name promises one.
bool is_one_word(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string_view without_quotes(std::string_view value) {
  value = base::trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return base::trim(value);
}

}  // namespace

std::vector<Endpoint> read_value(std::string_view name, std::string_view written) {
  const std::string_view value = without_quotes(written);
  if (value.empty() || (is_one_word(value) && meaning_of_name(name).kind != NameKind::address)) return {};
  std::vector<Endpoint> endpoints = SettingReader(name, value).run();
  for (Endpoint& endpoint : endpoints) endpoint.offset += static_cast<std::size_t>(value.data() - written.data());
  return endpoints;
}

std::vector<Endpoint> read_setting(std::string_view name, std::string_view written) {
  const std::string_view value = without_quotes(written);
  if (value.empty()) return {};
  const bool is_text = value.find('\n') != std::string_view::npos || value.front() == '{' || value.front() == '[';
  const bool is_address_in_brackets = value.front() == '[' && parse_ipv6(normalize_host(value));
  if (!is_text || value.starts_with("{{") || is_address_in_brackets) return read_value(name, written);
  std::vector<Endpoint> endpoints = read_text(name, value);
  for (Endpoint& endpoint : endpoints) endpoint.offset += static_cast<std::size_t>(value.data() - written.data());
  return endpoints;
}

}  // namespace postern::connection
