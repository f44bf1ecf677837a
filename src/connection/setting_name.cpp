// SPDX-License-Identifier: Apache-2.0
// What the name of a setting says about its value, as far as addresses go.
#include "connection/setting_name.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

#include "connection/name_memory.h"
#include "connection/name_tokens.h"
#include "connection/technology.h"

namespace postern::connection {
namespace {

using Tokens = std::vector<std::string>;

/// Words at the end (or next to a qualifier at the end) that promise an address.
constexpr std::array<std::string_view, 61> k_address_words{"pghost",        "pghostaddr",
                                                           "dbhost",        "dburl",
                                                           "databaseurl",   "jdbcurl",
                                                           "apiurl",        "serviceurl",
                                                           "baseuri",       "host",
                                                           "hosts",         "hostname",
                                                           "hostnames",     "addr",
                                                           "addrs",         "address",
                                                           "addresses",     "endpoint",
                                                           "endpoints",     "server",
                                                           "servers",       "broker",
                                                           "brokers",       "url",
                                                           "urls",          "uri",
                                                           "uris",          "dsn",
                                                           "nodes",         "seeds",
                                                           "peers",         "upstream",
                                                           "upstreams",     "backend",
                                                           "backends",      "target",
                                                           "targets",       "gateway",
                                                           "proxy",         "fqdn",
                                                           "bootstrap",     "sentinels",
                                                           "connect",       "master",
                                                           "replica",       "replicas",
                                                           "primary",       "collector",
                                                           "origin",        "baseurl",
                                                           "domain",        "remote",
                                                           "contactpoints", "hostport",
                                                           "authority",     "destination",
                                                           "relay",         "connectionstring",
                                                           "namenode",      "forwarder",
                                                           "connection"};
/// Words that may follow an address word without changing it (KAFKA_BROKER_LIST, DB_HOST_PRIMARY, REDIS_HOST_1).
constexpr std::array<std::string_view, 22> k_qualifiers{
    "list", "primary",  "secondary", "master",  "replica", "slave", "read",     "write",   "reader", "writer", "ro",
    "rw",   "internal", "external",  "private", "name",    "base",  "override", "default", "string", "points", "v1"};
constexpr std::array<std::string_view, 46> k_other_words{
    "image",  "version",   "tag",     "email", "user",      "username", "schedule",   "cron",     "path",   "file",
    "dir",    "directory", "timeout", "ttl",   "interval",  "mode",     "type",       "level",    "class",  "ratio",
    "time",   "date",      "uid",     "gid",   "namespace", "label",    "labels",     "selector", "regex",  "pattern",
    "format", "mime",      "locale",  "lang",  "tz",        "timezone", "expression", "key",      "secret", "password",
    "token",  "revision",  "digest",  "sha",   "package",   "platform"};
/// Addresses that are no hosts.
constexpr std::array<std::string_view, 10> k_not_hosts{"mac",  "street", "billing", "shipping", "mail",
                                                       "from", "to",     "sender",  "wallet",   "contract"};

/// Domains that are a realm, a suffix or a scope of names: nothing listens there.
constexpr std::array<std::string_view, 10> k_not_a_server{"trust", "cookie", "session", "dns",     "cluster",
                                                          "email", "mail",   "search",  "failure", "fault"};

struct NameRun {
  std::string_view run;  ///< joined with '+'
  Direction direction;
};
constexpr std::array<NameRun, 34> k_directions{{{"public+url", Direction::self},
                                                {"public+address", Direction::self},
                                                {"public+host", Direction::self},
                                                {"external+url", Direction::self},
                                                {"external+address", Direction::self},
                                                {"root+url", Direction::self},
                                                {"site+url", Direction::self},
                                                {"self+url", Direction::self},
                                                {"app+url", Direction::self},
                                                {"redirect+uri", Direction::self},
                                                {"redirect+uris", Direction::self},
                                                {"redirect+url", Direction::self},
                                                {"redirect+urls", Direction::self},
                                                {"callback", Direction::self},
                                                {"advertised", Direction::self},
                                                {"advertise", Direction::self},
                                                {"cors", Direction::self},
                                                {"allowed+origins", Direction::self},
                                                {"allowed+origin", Direction::self},
                                                {"allowed+hosts", Direction::self},
                                                {"trusted+hosts", Direction::self},
                                                {"trusted+origins", Direction::self},
                                                {"server+name", Direction::self},
                                                {"virtual+host", Direction::self},
                                                {"no+proxy", Direction::self},
                                                {"known+hosts", Direction::self},
                                                {"schema+location", Direction::self},
                                                {"runbook+url", Direction::self},
                                                {"read+replica", Direction::reads},
                                                {"reader", Direction::reads},
                                                {"consumer", Direction::reads},
                                                {"producer", Direction::writes},
                                                {"exporter", Direction::writes},
                                                {"webhook", Direction::writes}}};

/// What ends in these is a text or the name of something, even where it is written as a URL. (A service may be called that as
/// well.)
constexpr std::array<std::string_view, 5> k_names_and_texts{"audience", "audiences", "description", "summary", "xmlns"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_number(std::string_view token) { return token.find_first_not_of("0123456789") == std::string_view::npos; }

Direction direction_of(const Tokens& tokens) {
  if (tokens.size() == 1 && tokens[0] == "hostname") return Direction::self;
  if (contains(k_names_and_texts, tokens.back())) return Direction::self;
  static const RunSet k_runs = [] {
    RunSet runs;
    for (std::size_t i = 0; i < k_directions.size(); ++i) runs.add(k_directions[i].run, i);
    return runs;
  }();
  const auto row = k_runs.first_row(tokens);
  return row ? k_directions[*row].direction : Direction::unknown;
}

bool is_listen(const Tokens& tokens) {
  if (tokens.back() == "port" || tokens.back() == "ports") return true;
  return std::any_of(tokens.begin(), tokens.end(), [](const std::string& token) {
    return token == "listen" || token == "listener" || token == "listeners" || token == "listening" || token == "bind";
  });
}

bool is_address(const Tokens& tokens) {
  std::size_t end = tokens.size();
  while (end > 1 && (is_number(tokens[end - 1]) || contains(k_qualifiers, tokens[end - 1])) &&
         !contains(k_address_words, tokens[end - 1]))
    --end;
  const std::string& head = tokens[end - 1];
  // "connection string", "contact points": the qualifier is the second half of the address word.
  if (end < tokens.size() && ((head == "connection" && tokens[end] == "string") || (head == "contact" && tokens[end] == "points")))
    return true;
  if (!contains(k_address_words, head)) return false;
  const bool has_owner = end >= 2;
  if ((head == "address" || head == "addresses") && has_owner && contains(k_not_hosts, tokens[end - 2])) return false;
  if (head == "domain" && has_owner && contains(k_not_a_server, tokens[end - 2])) return false;
  return !(has_owner && tokens[end - 2] == "email" && head == "address");
}

struct PartRow {
  std::string_view suffix;  ///< tokens joined with '_'
  PairPart part;
  int rank;
};
/// Longer suffixes first: the first that fits counts.
constexpr std::array<PartRow, 35> k_parts{{{"service_host", PairPart::host, 0}, {"service_ip", PairPart::host, 5},
                                           {"service_port", PairPart::port, 0}, {"host_name", PairPart::host, 1},
                                           {"server_name", PairPart::none, 0},  {"ssl_mode", PairPart::tls, 0},
                                           {"use_ssl", PairPart::tls, 0},       {"use_tls", PairPart::tls, 0},
                                           {"ssl_enabled", PairPart::tls, 0},   {"tls_enabled", PairPart::tls, 0},
                                           {"enable_ssl", PairPart::tls, 0},    {"enable_tls", PairPart::tls, 0},
                                           {"db_name", PairPart::database, 1},  {"database_name", PairPart::database, 1},
                                           {"host_port", PairPart::port, 1},    {"server_port", PairPart::port, 1},
                                           {"host", PairPart::host, 0},         {"hostname", PairPart::host, 1},
                                           {"server", PairPart::host, 2},       {"addr", PairPart::host, 3},
                                           {"address", PairPart::host, 3},      {"endpoint", PairPart::host, 4},
                                           {"fqdn", PairPart::host, 4},         {"ip", PairPart::host, 5},
                                           {"domain", PairPart::host, 6},       {"url", PairPart::host, 7},
                                           {"uri", PairPart::host, 7},          {"broker", PairPart::host, 5},
                                           {"port", PairPart::port, 0},         {"sslmode", PairPart::tls, 0},
                                           {"ssl", PairPart::tls, 0},           {"tls", PairPart::tls, 0},
                                           {"secure", PairPart::tls, 0},        {"database", PairPart::database, 0},
                                           {"dbname", PairPart::database, 0}}};

NameMeaning find_meaning(std::string_view name) {
  NameMeaning meaning;
  const Tokens tokens = name_tokens(name);
  if (tokens.empty()) return meaning;
  if (const Technology* technology = technology_of_name(name)) meaning.technology = technology->id;
  meaning.direction = direction_of(tokens);
  if (meaning.direction == Direction::unknown && is_listen(tokens)) {
    meaning.kind = NameKind::listen;
  } else if (is_address(tokens)) {
    meaning.kind = NameKind::address;
  } else if (contains(k_other_words, tokens.back())) {
    meaning.kind = NameKind::other;
  }
  return meaning;
}

PairName find_pair_name(std::string_view name) {
  // PGHOST and its family write no separator.
  std::string joined;
  for (const std::string& token : name_tokens(name)) joined += (joined.empty() ? "" : "_") + token;
  if (joined.starts_with("pg") && !joined.starts_with("pg_") && joined.find('_') == std::string::npos) joined.insert(2, 1, '_');
  for (const PartRow& row : k_parts) {
    if (joined == row.suffix) return {row.part, {}, row.rank};
    if (joined.size() > row.suffix.size() + 1 && joined.ends_with(row.suffix) &&
        joined[joined.size() - row.suffix.size() - 1] == '_') {
      return {row.part, joined.substr(0, joined.size() - row.suffix.size() - 1), row.rank};
    }
  }
  return {};
}

const PairName& remembered_pair_name(std::string_view name) {
  thread_local NameMemory<PairName> memory;
  return memory.of(name, find_pair_name);
}

}  // namespace

NameMeaning meaning_of_name(std::string_view name) {
  thread_local NameMemory<NameMeaning> memory;
  return memory.of(name, find_meaning);
}

PairName pair_name(std::string_view name) { return remembered_pair_name(name); }

PairPart pair_part(std::string_view name) { return remembered_pair_name(name).part; }

}  // namespace postern::connection
