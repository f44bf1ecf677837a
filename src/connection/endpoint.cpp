// SPDX-License-Identifier: Apache-2.0
// The entrance to the address grammars, and the joining of split settings.
#include "connection/endpoint.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>

#include "connection/endpoint_builder.h"
#include "connection/endpoint_reader.h"
#include "connection/host_name.h"
#include "connection/redact.h"
#include "connection/reference.h"
#include "connection/setting_name.h"
#include "connection/technology.h"

namespace postern::connection {
namespace {

/// The settings of one prefix, as indexes.
struct Split {
  std::size_t host = 0;
  int host_rank = -1;
  std::size_t port = 0;
  int port_rank = -1;
  std::vector<std::size_t> others;
};

void set_lines(std::vector<Endpoint>& endpoints, std::string_view text) {
  std::size_t at = 0;
  std::uint32_t line = 1;
  std::size_t line_begin = 0;
  for (Endpoint& endpoint : endpoints) {
    if (endpoint.offset < at) at = 0, line = 1, line_begin = 0;
    for (; at < std::min(endpoint.offset, text.size()); ++at) {
      if (text[at] == '\n') ++line, line_begin = at + 1;
    }
    endpoint.line = line;
    endpoint.column = static_cast<std::uint32_t>(endpoint.offset - line_begin + 1);
  }
}

/// A host of a pair is a host alone (or an own scheme before it); lists and host:port values say everything themselves.
std::optional<Endpoint> endpoint_of_host(const Setting& setting) {
  std::vector<Endpoint> endpoints = parse_endpoints(setting.name, setting.value, ParseMode::setting);
  if (endpoints.size() == 1) return std::move(endpoints.front());
  if (!endpoints.empty()) return std::nullopt;
  // Names that are neutral by themselves ("host" under "redis" in a file) still say a host here.
  const std::string_view value = base::trim(setting.value);
  const std::string masked = mask_references(value);
  Endpoint endpoint;
  const NameMeaning meaning = meaning_of_name(setting.name);
  if (meaning.kind == NameKind::listen || meaning.direction == Direction::self || value == "0.0.0.0" || value == "::")
    return std::nullopt;
  if (!set_host_port(endpoint, {value, masked, meaning})) return std::nullopt;
  complete(endpoint, meaning);
  return endpoint;
}

void add_port(Endpoint& endpoint, std::string_view written) {
  const std::string_view value = base::trim(written);
  if (const auto port = parse_port(value)) {
    endpoint.port = port;
    return;
  }
  for (Reference& reference : references_in(value)) endpoint.references.push_back(std::move(reference));
}

void add_other(Endpoint& endpoint, const Setting& setting) {
  const PairName name = pair_name(setting.name);
  if (name.part == PairPart::database && endpoint.database.empty() && end_of_reference(setting.value + " ", 0) == 0) {
    endpoint.database = base::trim(setting.value);
  }
  if (name.part == PairPart::tls) {
    const Transport transport = transport_of_option("sslmode", base::trim(setting.value));
    if (transport != Transport::unknown) endpoint.transport = transport;
  }
}

/// MySQL and what speaks its protocol: which of them it is makes no difference.
constexpr std::uint32_t k_mysql_port = 3306;

/// A host and a port that stand in settings of their own: the usual port of one kind of store tells what is there. A port that
/// several kinds use (8080) tells nothing.
void guess_store(Endpoint& endpoint) {
  if (!endpoint.technology.empty() || !endpoint.scheme.empty() || !endpoint.port) return;
  const Technology* found = nullptr;
  for (const PortGuess& guess : technologies_of_port(*endpoint.port)) {
    const Role role = guess.technology->role;
    const bool store = role == Role::datastore || role == Role::cache || role == Role::queue || role == Role::search;
    if (!store || guess.technology->ports.front() != *endpoint.port) continue;
    if (found != nullptr && *endpoint.port != k_mysql_port) return;
    if (found == nullptr) found = guess.technology;
  }
  if (found != nullptr) endpoint.technology = found->id;
}

/// Hosts under which vocabularies and schemas have their names; nobody calls them.
constexpr std::array<std::string_view, 9> k_vocabulary_hosts = {"json-schema.org", "java.sun.com",          "purl.org",
                                                                "schema.org",      "schemas.microsoft.com", "schemas.xmlsoap.org",
                                                                "www.w3.org",      "xmlns.jcp.org",         "xmlns.oracle.com"};
constexpr std::array<std::string_view, 4> k_vocabulary_keys = {"$id", "$schema", "schemaLocation", "xmlns"};

bool names_vocabulary(const Endpoint& endpoint) {
  const bool host = std::find(k_vocabulary_hosts.begin(), k_vocabulary_hosts.end(), endpoint.host) != k_vocabulary_hosts.end();
  return host || std::any_of(k_vocabulary_keys.begin(), k_vocabulary_keys.end(),
                             [&](std::string_view key) { return endpoint.key.ends_with(key); });
}

std::optional<SettingEndpoint> join(const Split& split, std::span<const Setting> settings) {
  // A host with nothing to join is read by itself; most settings are of that kind.
  if (split.host_rank < 0 || (split.port_rank < 0 && split.others.empty())) return std::nullopt;
  auto endpoint = endpoint_of_host(settings[split.host]);
  if (!endpoint) return std::nullopt;
  SettingEndpoint joined{std::move(*endpoint), {split.host}};
  if (split.port_rank >= 0 && !joined.endpoint.port) {
    add_port(joined.endpoint, settings[split.port].value);
    joined.settings.push_back(split.port);
    joined.endpoint.confidence = std::max(joined.endpoint.confidence, Confidence::host_port);
    // The port may tell what the host alone did not (RDS).
    complete(joined.endpoint, meaning_of_name(settings[split.host].name));
    guess_store(joined.endpoint);
  }
  for (const std::size_t other : split.others) {
    add_other(joined.endpoint, settings[other]);
    joined.settings.push_back(other);
  }
  if (joined.settings.size() == 1) return std::nullopt;
  std::sort(joined.settings.begin(), joined.settings.end());
  return joined;
}

}  // namespace

std::vector<Endpoint> parse_endpoints(std::string_view setting_name, std::string_view value, ParseMode mode) {
  std::vector<Endpoint> endpoints = mode == ParseMode::setting ? read_setting(setting_name, value) : read_text(setting_name, value);
  std::erase_if(endpoints, names_vocabulary);
  if (mode == ParseMode::setting) {
    std::stable_sort(endpoints.begin(), endpoints.end(), [](const Endpoint& a, const Endpoint& b) { return a.offset < b.offset; });
    set_lines(endpoints, value);
  }
  return endpoints;
}

std::vector<SettingEndpoint> pair_settings(std::span<const Setting> settings) {
  std::map<std::string, Split> splits;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (pair_part(settings[i].name) == PairPart::none || base::trim(settings[i].value).empty()) continue;
    const PairName name = pair_name(settings[i].name);
    // "HOST" and "PORT" without a prefix are the program's own.
    if (name.prefix.empty()) continue;
    Split& split = splits[name.prefix];
    if (name.part == PairPart::host && (split.host_rank < 0 || name.rank < split.host_rank)) {
      split.host = i;
      split.host_rank = name.rank;
    } else if (name.part == PairPart::port && (split.port_rank < 0 || name.rank < split.port_rank)) {
      split.port = i;
      split.port_rank = name.rank;
    } else if (name.part == PairPart::database || name.part == PairPart::tls) {
      split.others.push_back(i);
    }
  }
  std::vector<SettingEndpoint> joined;
  for (const auto& [prefix, split] : splits) {
    if (auto endpoint = join(split, settings)) joined.push_back(std::move(*endpoint));
  }
  std::stable_sort(joined.begin(), joined.end(),
                   [](const SettingEndpoint& a, const SettingEndpoint& b) { return a.settings < b.settings; });
  return joined;
}

std::vector<Endpoint> endpoints_of_text(const RedactedText& text) {
  std::vector<Endpoint> endpoints = read_text({}, text.text, text.dull);
  std::erase_if(endpoints, names_vocabulary);
  return endpoints;
}

std::vector<SettingEndpoint> endpoints_of_settings(std::span<const Setting> settings,
                                                   std::span<const std::vector<Endpoint>* const> known) {
  std::vector<SettingEndpoint> all = pair_settings(settings);
  std::vector<bool> used(settings.size(), false);
  for (const SettingEndpoint& pair : all) {
    for (const std::size_t setting : pair.settings) used[setting] = true;
  }
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (used[i]) continue;
    if (!known.empty() && known[i] != nullptr) {
      for (const Endpoint& endpoint : *known[i]) all.push_back({endpoint, {i}});
      continue;
    }
    for (Endpoint& endpoint : parse_endpoints(settings[i].name, settings[i].value, ParseMode::setting))
      all.push_back({std::move(endpoint), {i}});
  }
  std::stable_sort(all.begin(), all.end(), [](const SettingEndpoint& a, const SettingEndpoint& b) {
    return a.settings.front() != b.settings.front() ? a.settings.front() < b.settings.front()
                                                    : a.endpoint.offset < b.endpoint.offset;
  });
  return all;
}

}  // namespace postern::connection
