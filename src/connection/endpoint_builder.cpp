// SPDX-License-Identifier: Apache-2.0
// Builds endpoints from the pieces that the grammars cut out.
#include "connection/endpoint_builder.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "connection/host.h"
#include "connection/host_name.h"
#include "connection/redact.h"
#include "connection/reference.h"
#include "connection/region.h"
#include "connection/technology.h"
#include "connection/web_host.h"

namespace postern::connection {
namespace {

struct SchemeRow {
  std::string_view scheme;
  Transport transport;
  std::uint16_t port;  ///< 0 = that of the technology
};
constexpr std::array<SchemeRow, 52> k_schemes{{{"http", Transport::plaintext, 80},
                                               {"https", Transport::encrypted, 443},
                                               {"ws", Transport::plaintext, 80},
                                               {"wss", Transport::encrypted, 443},
                                               {"grpcs", Transport::encrypted, 443},
                                               {"redis", Transport::plaintext, 6379},
                                               {"rediss", Transport::encrypted, 6379},
                                               {"valkey", Transport::plaintext, 6379},
                                               {"valkeys", Transport::encrypted, 6379},
                                               {"redis-sentinel", Transport::unknown, 26379},
                                               {"amqp", Transport::plaintext, 5672},
                                               {"amqps", Transport::encrypted, 5671},
                                               {"mqtt", Transport::plaintext, 1883},
                                               {"mqtts", Transport::encrypted, 8883},
                                               {"ldap", Transport::plaintext, 389},
                                               {"ldaps", Transport::encrypted, 636},
                                               {"smtp", Transport::unknown, 25},
                                               {"smtps", Transport::encrypted, 465},
                                               {"submission", Transport::unknown, 587},
                                               {"imap", Transport::unknown, 143},
                                               {"imaps", Transport::encrypted, 993},
                                               {"pop3", Transport::unknown, 110},
                                               {"pop3s", Transport::encrypted, 995},
                                               {"ftp", Transport::plaintext, 21},
                                               {"ftps", Transport::encrypted, 990},
                                               {"sftp", Transport::encrypted, 22},
                                               {"ssh", Transport::encrypted, 22},
                                               {"scp", Transport::encrypted, 22},
                                               {"git+ssh", Transport::encrypted, 22},
                                               {"git", Transport::plaintext, 9418},
                                               {"tls", Transport::encrypted, 0},
                                               {"ssl", Transport::encrypted, 0},
                                               {"bolt", Transport::unknown, 7687},
                                               {"bolt+s", Transport::encrypted, 7687},
                                               {"bolt+ssc", Transport::encrypted, 7687},
                                               {"neo4j", Transport::unknown, 7687},
                                               {"neo4j+s", Transport::encrypted, 7687},
                                               {"neo4j+ssc", Transport::encrypted, 7687},
                                               {"couchbases", Transport::encrypted, 0},
                                               {"clickhouses", Transport::encrypted, 9440},
                                               {"mongodb+srv", Transport::encrypted, 0},
                                               {"pulsar", Transport::plaintext, 6650},
                                               {"pulsar+ssl", Transport::encrypted, 6651},
                                               {"plaintext", Transport::plaintext, 9092},
                                               {"sasl_plaintext", Transport::plaintext, 9092},
                                               {"sasl_ssl", Transport::encrypted, 9093},
                                               {"kafka+ssl", Transport::encrypted, 9093},
                                               {"abfss", Transport::encrypted, 443},
                                               {"wasbs", Transport::encrypted, 443},
                                               {"sb", Transport::encrypted, 5671},
                                               {"memcached", Transport::plaintext, 11211},
                                               {"jdbc:snowflake", Transport::encrypted, 443}}};

const SchemeRow* find_scheme(std::string_view scheme) {
  const auto row = std::find_if(k_schemes.begin(), k_schemes.end(), [&](const SchemeRow& r) { return r.scheme == scheme; });
  return row == k_schemes.end() ? nullptr : &*row;
}

/// A technology of managed hosts that only a port (or scheme) tells apart.
bool is_generic(std::string_view technology) {
  return technology == "aws-rds" || technology == "amazon-mq" || technology == "cloud-sql";
}

void set_technology(Endpoint& endpoint, const HostFacts& facts, const NameMeaning& meaning) {
  if (endpoint.technology.empty()) {
    if (const Technology* row = technology_of_scheme(endpoint.scheme)) endpoint.technology = row->id;
  }
  if (endpoint.technology.empty() || endpoint.technology == "grpc") {
    if (!facts.technology.empty()) {
      endpoint.technology = facts.technology;
    } else if (!meaning.technology.empty()) {
      endpoint.technology = meaning.technology;
    }
  }
  if (is_generic(endpoint.technology) && !meaning.technology.empty()) endpoint.technology = meaning.technology;
  if (is_generic(endpoint.technology) && endpoint.port) {
    for (const PortGuess& guess : technologies_of_port(*endpoint.port)) {
      if (guess.technology->role == Role::datastore || guess.technology->role == Role::queue) {
        endpoint.technology = guess.technology->id;
        break;
      }
    }
  }
}

void set_default_port(Endpoint& endpoint) {
  if (endpoint.scheme == "mongodb+srv") return;
  const SchemeRow* scheme = find_scheme(endpoint.scheme);
  if (scheme != nullptr && scheme->port != 0) {
    endpoint.default_port = scheme->port;
  } else if (const Technology* row = find_technology(endpoint.technology); row != nullptr && !row->ports.empty()) {
    endpoint.default_port = row->ports.front();
  }
}

/// Bucket of the two forms of object-store URLs: before the service's labels, or the first segment of the path.
void set_bucket(Endpoint& endpoint) {
  const bool is_store = endpoint.technology == "s3" || endpoint.technology == "gcs";
  if (!is_store || !endpoint.resource.empty() || endpoint.host.empty()) return;
  for (const std::string_view mark : {".s3.", ".s3-", ".storage.googleapis.com"}) {
    const auto at = endpoint.host.find(mark);
    if (at == std::string::npos) continue;
    endpoint.resource = endpoint.host.substr(0, at);
    return;
  }
  const bool is_service_host =
      endpoint.host.starts_with("s3.") || endpoint.host.starts_with("s3-") || endpoint.host == "storage.googleapis.com";
  if (is_service_host && endpoint.path.size() > 1) endpoint.resource = endpoint.path.substr(1, endpoint.path.find('/', 1) - 1);
}

/// "/123456789012/orders" of an SQS queue URL.
void set_queue(Endpoint& endpoint) {
  if (endpoint.technology != "sqs" || endpoint.path.size() < 14 || endpoint.path[13] != '/') return;
  const std::string_view account = std::string_view(endpoint.path).substr(1, 12);
  if (account.find_first_not_of("0123456789") != std::string_view::npos) return;
  endpoint.account = account;
  endpoint.resource = endpoint.path.substr(14);
}

/// Paths of short, plain segments on hosts without a webhook service hold nothing that redaction would find: every token that its
/// shape gives away is longer, keys need a separator, and the services are all under .com and .org. Most paths are such.
bool is_harmless_path(std::string_view host, std::string_view path) {
  constexpr std::size_t k_longest_segment = 10;  // discord.com has 11
  if (host.ends_with(".com") || host.ends_with(".org")) return false;
  std::size_t length = 0;
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    length = c == '/' ? 0 : length + 1;
    if ((!plain && c != '/') || length > k_longest_segment) return false;
  }
  return true;
}

/// A path may be a credential (webhooks) or hold one: it goes through the same door as everything else.
void make_path_safe(Endpoint& endpoint) {
  if (endpoint.path.size() < 2 || is_harmless_path(endpoint.host, endpoint.path)) return;
  const std::string origin = "https://" + (endpoint.host.empty() ? "host" : endpoint.host);
  const Redacted safe = redact({}, origin + endpoint.path);
  endpoint.path = safe.text.starts_with(origin) ? safe.text.substr(origin.size()) : std::string{};
}

void add_references(Endpoint& endpoint, std::string_view text, bool keep_fallback) {
  for (Reference& reference : references_in(text)) {
    if (!keep_fallback) reference.fallback.reset();
    if (std::find(endpoint.references.begin(), endpoint.references.end(), reference) == endpoint.references.end()) {
      endpoint.references.push_back(std::move(reference));
    }
  }
}

/// Schemes that name something that is not on a network, or not an address.
constexpr std::array<std::string_view, 46> k_no_endpoint{"file",
                                                         "unix",
                                                         "npipe",
                                                         "fd",
                                                         "data",
                                                         "about",
                                                         "urn",
                                                         "classpath",
                                                         "sqlite",
                                                         "sqlite3",
                                                         "memory",
                                                         "mem",
                                                         "inmem",
                                                         "inmemory",
                                                         "noop",
                                                         "dummy",
                                                         "stdout",
                                                         "stderr",
                                                         "console",
                                                         "env",
                                                         "secret",
                                                         "spiffe",
                                                         "docker",
                                                         "docker-daemon",
                                                         "chrome-extension",
                                                         "moz-extension",
                                                         "app",
                                                         "android-app",
                                                         "image",
                                                         "config",
                                                         "configmap",
                                                         "param",
                                                         "kv",
                                                         "op",
                                                         "ref",
                                                         "jar",
                                                         "duckdb",
                                                         "badger",
                                                         "bolt-file",
                                                         "leveldb",
                                                         "null",
                                                         "jdbc:h2",
                                                         "jdbc:hsqldb",
                                                         "jdbc:sqlite",
                                                         "jdbc:derby",
                                                         "jdbc:tc"};

bool names_no_endpoint(std::string_view scheme) {
  if (std::find(k_no_endpoint.begin(), k_no_endpoint.end(), scheme) != k_no_endpoint.end()) return true;
  return scheme.starts_with("sqlite+") || scheme.starts_with("sqlite3+") || scheme.starts_with("jdbc:h2:") ||
         scheme.starts_with("jdbc:tc:") || scheme.starts_with("jdbc:hsqldb:mem") || scheme.starts_with("jdbc:derby:") ||
         scheme.ends_with("+unix") || scheme.ends_with("+socket") || scheme.starts_with("r2dbc:h2") || scheme == "duckdb+engine";
}

/// "jdbc:mysql:replication", "jdbc:aws-wrapper:postgresql": the piece that the table knows.
void set_jdbc_technology(Endpoint& endpoint) {
  const bool is_jdbc = endpoint.scheme.starts_with("jdbc:") || endpoint.scheme.starts_with("r2dbc:");
  if (!is_jdbc) return;
  for (const std::string_view piece : base::split(std::string_view(endpoint.scheme).substr(endpoint.scheme.find(':') + 1), ':')) {
    if (const Technology* row = technology_of_scheme(piece)) endpoint.technology = row->id;
  }
}

/// Options of a query ("a=b&c=d") or of a JDBC tail (";a=b;c=d").
void read_options(Endpoint& endpoint, std::string_view query) {
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find_first_of("&;?", at), query.size());
    const std::string_view option = query.substr(at, end - at);
    const auto equals = option.find('=');
    if (equals != std::string_view::npos) {
      const std::string key = base::to_lower(base::trim(option.substr(0, equals)));
      const std::string_view value = base::trim(option.substr(equals + 1));
      const Transport transport = transport_of_option(key, value);
      if (transport != Transport::unknown) endpoint.transport = transport;
      if (endpoint.database.empty() && (key == "databasename" || key == "database" || key == "db" || key == "dbname"))
        endpoint.database = value;
      if (key == "user" || key == "username" || key == "password" || key == "authtoken") endpoint.has_credentials = true;
    }
    at = end + 1;
  }
}

void set_database(Endpoint& endpoint) {
  const Technology* row =
      endpoint.technology.empty() ? technology_of_scheme(endpoint.scheme) : find_technology(endpoint.technology);
  if (row == nullptr || endpoint.path.size() < 2 || !endpoint.database.empty()) return;
  const bool has_database =
      row->role == Role::datastore || row->role == Role::cache || row->role == Role::queue || row->role == Role::search;
  if (!has_database || row->id == "kafka" || row->id == "nats" || row->id == "sqs") return;
  endpoint.database = endpoint.path.substr(1, endpoint.path.find('/', 1) - 1);
  if (endpoint.database == "%2F" || endpoint.database == "%2f") endpoint.database = "/";
}

/// The part before the host is a container, not a user (abfss://container@account...), or the host is the bucket (s3://bucket).
bool set_store(Endpoint& endpoint, const Scan& scan, const UrlSpan& span) {
  const std::string_view authority = scan.text.substr(span.authority, span.path - span.authority);
  if (endpoint.scheme == "abfss" || endpoint.scheme == "abfs" || endpoint.scheme == "wasbs" || endpoint.scheme == "wasb") {
    const auto at = authority.find('@');
    if (at == std::string_view::npos) return false;
    endpoint.resource = authority.substr(0, at);
    endpoint.host = normalize_host(authority.substr(at + 1));
    endpoint.account = endpoint.host.substr(0, endpoint.host.find('.'));
    endpoint.has_credentials = false;
    return true;
  }
  const bool is_bucket = endpoint.scheme == "s3" || endpoint.scheme == "s3a" || endpoint.scheme == "s3n" ||
                         endpoint.scheme == "gs" || endpoint.scheme == "gcs" || endpoint.scheme == "oss" ||
                         endpoint.scheme == "azblob";
  if (!is_bucket || span.has_user_info() || authority.find(':') != std::string_view::npos) return false;
  endpoint.resource = authority;
  add_references(endpoint, authority, true);
  return !authority.empty();
}

Endpoint start_of_url(const Scan& scan, const UrlSpan& span) {
  Endpoint endpoint;
  endpoint.scheme = base::to_lower(scan.text.substr(span.begin, span.scheme_end - span.begin));
  endpoint.confidence = Confidence::url;
  endpoint.offset = span.begin;
  std::string_view path = scan.text.substr(span.path, span.query - span.path);
  path = path.substr(0, scan.masked.substr(span.path, path.size()).find(';'));
  endpoint.path = path;
  endpoint.has_credentials = span.has_user_info();
  if (const SchemeRow* row = find_scheme(endpoint.scheme)) endpoint.transport = row->transport;
  set_jdbc_technology(endpoint);
  read_options(endpoint, scan.text.substr(span.query, span.end - span.query));
  set_database(endpoint);
  if (span.path > span.hosts) add_references(endpoint, scan.text.substr(span.path, span.query - span.path), false);
  return endpoint;
}

/// dns:///svc:port, passthrough:///svc:port: the path is the address.
bool is_resolver_scheme(std::string_view scheme) {
  return scheme == "dns" || scheme == "xds" || scheme == "passthrough" || scheme == "kubernetes" || scheme == "ipv4" ||
         scheme == "ipv6";
}

std::vector<Endpoint> endpoints_without_host(Endpoint endpoint, const Scan& scan, const UrlSpan& span) {
  const std::string_view rest = scan.text.substr(span.path, span.end - span.path);
  if (const Technology* row = technology_of_scheme(endpoint.scheme); row != nullptr && endpoint.technology.empty())
    endpoint.technology = row->id;
  const auto socket = rest.find("/cloudsql/");
  if (socket != std::string_view::npos && set_cloud_sql(endpoint, rest.substr(socket))) {
    complete(endpoint, scan.meaning);
    return {endpoint};
  }
  if (!is_resolver_scheme(endpoint.scheme) || rest.size() < 2) return {};
  endpoint.path.clear();
  endpoint.database.clear();
  if (!set_host_port(endpoint, scan.part(span.path + 1, span.query - span.path - 1))) return {};
  complete(endpoint, scan.meaning);
  return {endpoint};
}

/// "h\instance" of SQL Server: the instance is no part of the host.
Scan without_instance(const Scan& scan) {
  const auto slash = scan.text.find('\\');
  return slash == std::string_view::npos || scan.text.find(':', slash) != std::string_view::npos ? scan : scan.part(0, slash);
}

/// `HOST[:PORT]` of a URL; a host in disguise is taken for what programs make of it.
bool set_url_host(Endpoint& endpoint, const Scan& scan) {
  const auto colon = scan.masked.rfind(':');
  const auto host = undisguised_host(scan.masked.substr(0, colon));
  if (!host) return set_host_port(endpoint, scan);
  const std::string text = *host + std::string(colon == std::string_view::npos ? std::string_view() : scan.masked.substr(colon));
  return set_host_port(endpoint, {text, text, scan.meaning});
}

}  // namespace

Transport transport_of_option(std::string_view written_key, std::string_view written_value) {
  const std::string key = base::to_lower(written_key);
  const std::string value = base::to_lower(written_value);
  const auto is_one_of = [](std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (is_one_of(key, {"security.protocol", "security_protocol", "securityprotocol"})) {
    if (is_one_of(value, {"ssl", "sasl_ssl"})) return Transport::encrypted;
    return is_one_of(value, {"plaintext", "sasl_plaintext"}) ? Transport::plaintext : Transport::unknown;
  }
  if (!is_one_of(key, {"sslmode", "ssl-mode", "ssl_mode", "ssl mode", "usessl", "ssl", "tls", "encrypt", "secure", "requiressl",
                       "use_ssl", "use_tls", "usetls", "tlsmode", "sslenabled", "ssl.enabled"})) {
    return Transport::unknown;
  }
  if (is_one_of(value, {"disable", "disabled", "false", "0", "none", "no", "off", "optional"})) return Transport::plaintext;
  // libpq's "prefer" and "allow", MySQL's "preferred": whoever stands between the two decides that it is clear text.
  if (is_one_of(value, {"allow", "prefer", "preferred"})) return Transport::plaintext;
  if (is_one_of(value, {"require", "required", "verify-ca", "verify-full", "verify_ca", "verify_identity", "verifyca", "verifyfull",
                        "true", "1", "yes", "on", "strict", "mandatory", "skip-verify", "custom"})) {
    return Transport::encrypted;
  }
  return Transport::unknown;
}

bool set_cloud_sql(Endpoint& endpoint, std::string_view text) {
  if (const auto socket = text.rfind("/cloudsql/"); socket != std::string_view::npos) text = text.substr(socket + 10);
  const std::string_view name = text.substr(0, text.find_first_of("=?,&/ \"'"));
  const auto parts = base::split(name, ':');
  if (parts.size() < 3 || parts.size() > 4) return false;
  const auto region = find_exact_region("gcp", parts[parts.size() - 2]);
  if (!region || parts[0].empty() || parts.back().empty()) return false;
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.:_") != std::string_view::npos) return false;
  endpoint.account = name.substr(0, name.size() - parts.back().size() - parts[parts.size() - 2].size() - 2);
  endpoint.region = region->region;
  endpoint.resource = name;
  if (endpoint.technology.empty()) endpoint.technology = "cloud-sql";
  endpoint.confidence = std::max(endpoint.confidence, Confidence::managed_host);
  return true;
}

bool set_host_port(Endpoint& endpoint, const Scan& scan) {
  const HostPort parts = split_host_port(scan.masked);
  if (!parts.valid || parts.host.empty()) return false;
  const std::string_view host = scan.text.substr(0, parts.host.size());
  const std::string_view port = parts.port.empty() ? std::string_view{} : scan.text.substr(scan.text.size() - parts.port.size());
  if (parts.host.find(k_mask) == std::string_view::npos) {
    endpoint.host = normalize_host(host);
  } else {
    endpoint.host_template = host;
    add_references(endpoint, host, true);
  }
  if (parts.port.find(k_mask) != std::string_view::npos) add_references(endpoint, port, true);
  endpoint.port = parse_port(parts.port);
  return true;
}

void complete(Endpoint& endpoint, const NameMeaning& meaning) {
  const HostFacts facts = endpoint.host.empty() ? HostFacts{} : describe_host(endpoint.host);
  endpoint.loopback = !endpoint.host.empty() && is_loopback(endpoint.host);
  set_technology(endpoint, facts, meaning);
  if (endpoint.region.empty()) endpoint.region = facts.region;
  if (endpoint.direction == Direction::unknown) endpoint.direction = meaning.direction;
  if (facts.read_only && endpoint.direction == Direction::unknown) endpoint.direction = Direction::reads;
  if (facts.host_class == HostClass::known_vendor) endpoint.confidence = std::max(endpoint.confidence, Confidence::managed_host);
  set_default_port(endpoint);
  set_queue(endpoint);
  set_bucket(endpoint);
  make_path_safe(endpoint);
}

std::vector<Endpoint> endpoints_of_url(const Scan& scan, const UrlSpan& span) {
  Endpoint first = start_of_url(scan, span);
  if (names_no_endpoint(first.scheme)) return {};
  if (set_store(first, scan, span)) {
    complete(first, scan.meaning);
    return {first};
  }
  if (span.path == span.hosts) return endpoints_without_host(std::move(first), scan, span);
  std::vector<Endpoint> endpoints;
  std::size_t at = span.hosts;
  for (const std::string_view piece : base::split(scan.masked.substr(span.hosts, span.path - span.hosts), ',')) {
    Endpoint endpoint = first;
    if (at != span.hosts) endpoint.offset = at;
    if (set_url_host(endpoint, without_instance(scan.part(at, piece.size())))) {
      complete(endpoint, scan.meaning);
      endpoints.push_back(std::move(endpoint));
    }
    at += piece.size() + 1;
  }
  return endpoints;
}

}  // namespace postern::connection
