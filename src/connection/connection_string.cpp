// SPDX-License-Identifier: Apache-2.0
// Reads connection strings without a URL.
#include "connection/connection_string.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "connection/host_name.h"
#include "connection/reference.h"

namespace postern::connection {
namespace {

/// One "key = value" with the place of the value.
struct Option {
  std::string key;  ///< lower case, without spaces and underscores
  std::size_t begin = 0;
  std::size_t length = 0;
};

std::string option_key(std::string_view written) {
  std::string key = base::to_lower(base::trim(written));
  key.erase(std::remove_if(key.begin(), key.end(), [](char c) { return c == ' ' || c == '_'; }), key.end());
  return key;
}

/// End of the value that starts at `at`: ';' outside quotes and parentheses.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  char quote = '\0';
  int depth = 0;
  bool at_start = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (at_start && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (c == ';' && depth <= 0) {
      return at;
    }
    at_start = at_start && c == ' ';
  }
  return at;
}

std::vector<Option> split_options(std::string_view text) {
  std::vector<Option> options;
  for (std::size_t at = 0; at < text.size();) {
    const auto equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    // Pieces without '=' before it are no options.
    if (const auto semicolon = text.substr(at, equals - at).rfind(';'); semicolon != std::string_view::npos) at += semicolon + 1;
    const std::size_t end = end_of_value(text, equals + 1);
    std::string_view value = text.substr(equals + 1, end - equals - 1);
    std::size_t begin = equals + 1;
    while (!value.empty() && (value.front() == ' ' || value.front() == '"' || value.front() == '\'')) {
      value.remove_prefix(1);
      ++begin;
    }
    while (!value.empty() && (value.back() == ' ' || value.back() == '"' || value.back() == '\'')) value.remove_suffix(1);
    options.push_back({option_key(text.substr(at, equals - at)), begin, value.size()});
    at = end + 1;
  }
  return options;
}

const Option* find_option(const std::vector<Option>& options, std::initializer_list<std::string_view> keys) {
  for (const Option& option : options) {
    if (std::find(keys.begin(), keys.end(), option.key) != keys.end() && option.length != 0) return &option;
  }
  return nullptr;
}

std::string_view text_of(const Scan& scan, const Option* option) {
  return option == nullptr ? std::string_view{} : scan.text.substr(option->begin, option->length);
}

constexpr std::array<std::string_view, 6> k_server_keys{"server", "datasource", "address", "addr", "networkaddress", "host"};

/// "tcp:host,port", "host\instance", "host:port".
struct ServerValue {
  Scan host;
  std::optional<std::uint16_t> port;
};

ServerValue server_value(Scan scan) {
  for (const std::string_view protocol : {"tcp:", "TCP:", "np:", "lpc:", "admin:"}) {
    if (scan.text.starts_with(protocol)) scan = scan.part(protocol.size(), scan.text.size() - protocol.size());
  }
  ServerValue value{scan, std::nullopt};
  if (const auto comma = scan.masked.find(','); comma != std::string_view::npos) {
    value.port = parse_port(base::trim(scan.text.substr(comma + 1)));
    value.host = scan.part(0, comma);
  }
  if (const auto slash = value.host.text.find('\\'); slash != std::string_view::npos) value.host = value.host.part(0, slash);
  if (value.host.text.starts_with("//")) value.host = value.host.part(2, value.host.text.size() - 2);
  if (const auto path = value.host.masked.find('/'); path != std::string_view::npos) value.host = value.host.part(0, path);
  return value;
}

void set_ado_technology(Endpoint& endpoint, const std::vector<Option>& options, const NameMeaning& meaning,
                        std::string_view server_key) {
  if (!meaning.technology.empty()) {
    endpoint.technology = meaning.technology;
    return;
  }
  static const std::map<std::uint16_t, std::string_view> k_by_port{
      {5432, "postgres"}, {3306, "mysql"}, {1433, "mssql"}, {1521, "oracle"}};
  const auto by_port = k_by_port.find(endpoint.port.value_or(0));
  if (by_port != k_by_port.end()) {
    endpoint.technology = by_port->second;
  } else if (server_key == "host") {
    endpoint.technology = "postgres";
  } else if (find_option(options, {"uid", "sslmode"}) != nullptr &&
             find_option(options, {"initialcatalog", "encrypt"}) == nullptr && find_option(options, {"port"}) != nullptr) {
    endpoint.technology = "mysql";
  } else {
    endpoint.technology = "mssql";
  }
}

bool add_server(const Scan& scan, const std::vector<Option>& options, const Option& server, std::vector<Endpoint>& endpoints) {
  const ServerValue value = server_value(scan.part(server.begin, server.length));
  const std::string_view host = value.host.text;
  // Files and local databases: SQLite's "Data Source=app.db", LocalDB, "|DataDirectory|".
  if (host.find_first_of("(|") != std::string_view::npos && host != "(local)") return true;
  if (host.ends_with(".db") || host.ends_with(".sqlite") || host.ends_with(".sqlite3") || host.ends_with(".mdf") ||
      host == ":memory:")
    return true;
  Endpoint endpoint;
  endpoint.confidence = Confidence::url;
  endpoint.offset = server.begin;
  if (host == "." || host == "(local)") {
    endpoint.host = "localhost";
  } else if (!set_host_port(endpoint, value.host)) {
    return false;
  }
  if (value.port) endpoint.port = value.port;
  if (!endpoint.port) endpoint.port = parse_port(text_of(scan, find_option(options, {"port"})));
  endpoint.database = text_of(scan, find_option(options, {"initialcatalog", "database", "dbname"}));
  endpoint.has_credentials = find_option(options, {"password", "pwd", "userid", "uid", "user", "username"}) != nullptr;
  for (const Option& option : options) {
    const Transport transport = transport_of_option(option.key, text_of(scan, &option));
    if (transport != Transport::unknown) endpoint.transport = transport;
  }
  set_ado_technology(endpoint, options, scan.meaning, server.key);
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

bool add_storage_account(const Scan& scan, const std::vector<Option>& options, std::vector<Endpoint>& endpoints) {
  if (base::to_lower(text_of(scan, find_option(options, {"usedevelopmentstorage"}))) == "true") return true;
  const Option* account = find_option(options, {"accountname"});
  if (account == nullptr || find_option(options, {"blobendpoint", "queueendpoint", "tableendpoint"}) != nullptr) return false;
  Endpoint endpoint;
  endpoint.confidence = Confidence::url;
  endpoint.offset = account->begin;
  const std::string_view suffix = text_of(scan, find_option(options, {"endpointsuffix"}));
  const Scan name = scan.part(account->begin, account->length);
  endpoint.has_credentials = find_option(options, {"accountkey", "sharedaccesssignature"}) != nullptr;
  endpoint.technology = "azure-blob";
  if (name.masked.find(k_mask) != std::string_view::npos) {
    endpoint.host_template = std::string(name.text) + ".blob." + std::string(suffix.empty() ? "core.windows.net" : suffix);
    endpoint.references = references_in(name.text);
  } else {
    endpoint.account = name.text;
    endpoint.host = normalize_host(std::string(name.text) + ".blob." + std::string(suffix.empty() ? "core.windows.net" : suffix));
  }
  const std::string protocol = base::to_lower(text_of(scan, find_option(options, {"defaultendpointsprotocol"})));
  if (!protocol.empty()) endpoint.transport = protocol == "https" ? Transport::encrypted : Transport::plaintext;
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

/// Values that are URLs: Endpoint=sb://..., AccountEndpoint=https://..., IngestionEndpoint=https://...
bool add_urls(const Scan& scan, const std::vector<Option>& options, std::vector<Endpoint>& endpoints) {
  bool found = false;
  const bool has_key =
      find_option(options, {"accountkey", "sharedaccesskey", "instrumentationkey", "sharedaccesssignature"}) != nullptr;
  for (const Option& option : options) {
    const Scan value = scan.part(option.begin, option.length);
    for (const UrlSpan& span : find_urls(value.masked)) {
      for (Endpoint& endpoint : endpoints_of_url(value, span)) {
        endpoint.offset += option.begin;
        endpoint.has_credentials = endpoint.has_credentials || has_key;
        if (endpoint.technology == "servicebus") endpoint.resource = text_of(scan, find_option(options, {"entitypath"}));
        endpoints.push_back(std::move(endpoint));
        found = true;
      }
    }
  }
  return found;
}

/// Cloud services that data flows to, by the third field of an ARN.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> k_arn_services{{{"sqs", "sqs"},
                                                                                        {"sns", "sns"},
                                                                                        {"kinesis", "kinesis"},
                                                                                        {"firehose", "kinesis"},
                                                                                        {"s3", "s3"},
                                                                                        {"dynamodb", "dynamodb"},
                                                                                        {"rds", "aws-rds"},
                                                                                        {"rds-db", "aws-rds"},
                                                                                        {"elasticache", "redis"},
                                                                                        {"memorydb", "redis"},
                                                                                        {"kafka", "kafka"},
                                                                                        {"mq", "amazon-mq"},
                                                                                        {"es", "elasticsearch"},
                                                                                        {"aoss", "elasticsearch"},
                                                                                        {"redshift", "redshift"},
                                                                                        {"cassandra", "cassandra"},
                                                                                        {"ssm", "aws-ssm"},
                                                                                        {"kms", "aws-kms"},
                                                                                        {"ses", "ses"},
                                                                                        {"timestream", "timestream"}}};

bool read_arn(const Scan& scan, std::vector<Endpoint>& endpoints) {
  if (!scan.text.starts_with("arn:")) return false;
  const auto parts = base::split(scan.masked, ':');
  if (parts.size() < 6) return true;
  const auto service =
      std::find_if(k_arn_services.begin(), k_arn_services.end(), [&](const auto& row) { return row.first == parts[2]; });
  // Roles, certificates, secrets: indirections and identities, no place that data goes to.
  if (service == k_arn_services.end()) return true;
  Endpoint endpoint;
  endpoint.scheme = "arn";
  endpoint.confidence = Confidence::managed_host;
  endpoint.technology = service->second;
  const std::size_t resource = parts[0].size() + parts[1].size() + parts[2].size() + parts[3].size() + parts[4].size() + 5;
  if (parts[3].find(k_mask) == std::string_view::npos) endpoint.region = parts[3];
  if (parts[4].find(k_mask) == std::string_view::npos) endpoint.account = parts[4];
  endpoint.resource = scan.text.substr(resource);
  endpoint.references = references_in(scan.text);
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

/// Google resource names: Spanner databases, Pub/Sub topics; secrets are indirections.
bool read_google_name(const Scan& scan, std::vector<Endpoint>& endpoints) {
  if (!scan.text.starts_with("projects/")) return false;
  const auto parts = base::split(scan.text, '/');
  std::map<std::string_view, std::string_view> named;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) named[parts[i]] = parts[i + 1];
  Endpoint endpoint;
  endpoint.confidence = Confidence::managed_host;
  endpoint.account = named["projects"];
  if (named.contains("instances") && named.contains("databases")) {
    endpoint.technology = "spanner";
    endpoint.resource = named["instances"];
    endpoint.database = named["databases"];
  } else if (named.contains("topics") || named.contains("subscriptions")) {
    endpoint.technology = "pubsub";
    endpoint.resource = named.contains("topics") ? named["topics"] : named["subscriptions"];
    endpoint.direction = named.contains("topics") ? Direction::unknown : Direction::reads;
  } else {
    return true;
  }
  endpoint.references = references_in(scan.text);
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

}  // namespace

bool read_ado(const Scan& scan, std::vector<Endpoint>& endpoints) {
  if (scan.text.find('=') == std::string_view::npos ||
      scan.masked.substr(0, scan.masked.find('=')).find("://") != std::string_view::npos)
    return false;
  const std::vector<Option> options = split_options(scan.masked);
  if (options.empty()) return false;
  if (add_storage_account(scan, options, endpoints)) return true;
  for (const Option& option : options) {
    const bool is_server = std::find(k_server_keys.begin(), k_server_keys.end(), option.key) != k_server_keys.end();
    if (is_server && option.length != 0 && scan.text.substr(option.begin, option.length).find("://") == std::string_view::npos &&
        (options.size() > 1 || scan.text.find(';') != std::string_view::npos)) {
      return add_server(scan, options, option, endpoints);
    }
  }
  return scan.text.find(';') != std::string_view::npos && options.size() > 1 && add_urls(scan, options, endpoints);
}

bool read_keywords(const Scan& scan, std::vector<Endpoint>& endpoints) {
  Endpoint endpoint;
  bool found = false;
  for (std::size_t at = 0; at < scan.text.size();) {
    const std::size_t end = std::min(scan.masked.find_first_of(" \t\n", at), scan.text.size());
    const auto equals = scan.masked.substr(at, end - at).find('=');
    if (equals != std::string_view::npos) {
      const std::string key = base::to_lower(scan.text.substr(at, equals));
      const Scan value = scan.part(at + equals + 1, end - at - equals - 1);
      if (key == "host" || key == "hostaddr") {
        if (value.text.starts_with('/')) return set_cloud_sql(endpoint, value.text) ? (endpoints.push_back(endpoint), true) : true;
        found = set_host_port(endpoint, value);
        endpoint.offset = at + equals + 1;
      }
      if (key == "port") endpoint.port = parse_port(value.text);
      if (key == "dbname") endpoint.database = value.text;
      if (key == "password" || key == "user") endpoint.has_credentials = true;
      const Transport transport = transport_of_option(key, value.text);
      if (transport != Transport::unknown) endpoint.transport = transport;
    }
    at = end + 1;
  }
  if (!found || scan.text.find(' ') == std::string_view::npos) return false;
  endpoint.confidence = Confidence::url;
  endpoint.technology = scan.meaning.technology.empty() ? "postgres" : scan.meaning.technology;
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

bool read_go_dsn(const Scan& scan, std::vector<Endpoint>& endpoints) {
  // A URL's password may hold the words of a DSN.
  const auto scheme = scan.masked.find("://");
  if (scheme != std::string_view::npos && scan.masked.substr(0, scheme).find_first_of(":@/( ") == std::string_view::npos)
    return false;
  if (scan.masked.find("unix(") != std::string_view::npos) return true;
  auto open = scan.masked.rfind("tcp(");
  std::size_t length = 4;
  if (open == std::string_view::npos) {
    open = scan.masked.rfind("tcp6(");
    length = 5;
  }
  if (open == std::string_view::npos || (open != 0 && scan.masked[open - 1] != '@')) return false;
  const auto close = scan.masked.find(')', open);
  if (close == std::string_view::npos) return false;
  Endpoint endpoint;
  if (!set_host_port(endpoint, scan.part(open + length, close - open - length))) return false;
  endpoint.confidence = Confidence::url;
  endpoint.technology = "mysql";
  endpoint.has_credentials = open != 0;
  endpoint.offset = open + length;
  const std::string_view rest = scan.text.substr(close + 1);
  if (rest.starts_with('/')) endpoint.database = rest.substr(1, std::min(rest.find('?'), rest.size()) - 1);
  for (const std::string_view option : base::split(rest.substr(std::min(rest.find('?'), rest.size())), '&')) {
    const auto equals = option.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = option.substr(option.starts_with('?') ? 1 : 0, equals - (option.starts_with('?') ? 1 : 0));
    const Transport transport = transport_of_option(key, option.substr(equals + 1));
    if (transport != Transport::unknown) endpoint.transport = transport;
  }
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

bool read_oracle(const Scan& scan, std::vector<Endpoint>& endpoints) {
  const std::string lower = base::to_lower(scan.masked.substr(0, 13));
  if (!lower.starts_with("jdbc:oracle:")) return false;
  const auto at = scan.masked.rfind('@');
  if (at == std::string_view::npos) return true;
  Endpoint endpoint;
  endpoint.scheme = "jdbc:oracle";
  endpoint.technology = "oracle";
  endpoint.confidence = Confidence::url;
  endpoint.has_credentials = scan.masked.substr(0, at).find('/') != std::string_view::npos;
  std::size_t begin = at + 1;
  if (const auto slashes = scan.masked.find("//", begin); slashes != std::string_view::npos) {
    if (scan.masked.substr(begin, slashes - begin) == "tcps:") endpoint.transport = Transport::encrypted;
    begin = slashes + 2;
  }
  std::size_t end = std::min(scan.masked.find_first_of("/?", begin), scan.masked.size());
  if (scan.masked[begin < scan.masked.size() ? begin : 0] == '(') {
    // TNS description: (ADDRESS=(PROTOCOL=TCP)(HOST=h)(PORT=1521))
    const std::string upper = base::to_lower(scan.masked);
    const auto host = upper.find("(host=", begin);
    const auto port = upper.find("(port=", begin);
    if (host == std::string::npos) return true;
    begin = host + 6;
    end = std::min(scan.masked.find(')', begin), scan.masked.size());
    if (port != std::string::npos) endpoint.port = parse_port(scan.text.substr(port + 6, scan.text.find(')', port) - port - 6));
  } else if (std::count(scan.masked.begin() + static_cast<std::ptrdiff_t>(begin),
                        scan.masked.begin() + static_cast<std::ptrdiff_t>(end), ':') == 2) {
    const auto sid = scan.masked.substr(begin, end - begin).rfind(':');
    endpoint.database = scan.text.substr(begin + sid + 1, end - begin - sid - 1);
    end = begin + sid;
  } else if (end < scan.text.size() && scan.text[end] == '/') {
    endpoint.database = scan.text.substr(end + 1, std::min(scan.text.find('?', end), scan.text.size()) - end - 1);
  }
  const auto written_port = endpoint.port;
  if (!set_host_port(endpoint, scan.part(begin, end - begin))) return true;
  if (!endpoint.port) endpoint.port = written_port;
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

bool read_cloud_name(const Scan& scan, std::vector<Endpoint>& endpoints) {
  if (read_arn(scan, endpoints) || read_google_name(scan, endpoints)) return true;
  Endpoint endpoint;
  if (scan.text.find("://") != std::string_view::npos || !set_cloud_sql(endpoint, scan.text)) return false;
  complete(endpoint, scan.meaning);
  endpoints.push_back(std::move(endpoint));
  return true;
}

}  // namespace postern::connection
