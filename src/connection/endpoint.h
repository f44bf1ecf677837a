// SPDX-License-Identifier: Apache-2.0
// Addresses found in configuration: what a setting, an argument or a configuration file says that a program talks to.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

/// How `parse_endpoints` reads its text.
enum class ParseMode : std::uint8_t {
  setting,  ///< the single value of a named setting (an environment variable, a key of a ConfigMap)
  text,     ///< a configuration file, an argument or a command: scanned for addresses, comments are skipped
};

enum class Transport : std::uint8_t { unknown, plaintext, encrypted };
[[nodiscard]] const char* to_string(Transport transport);

/// What the text says about the direction of the data. `self` is the program's own public or advertised address
/// (PUBLIC_URL, REDIRECT_URI, ADVERTISED_LISTENERS, CORS origins): no relation starts there.
enum class Direction : std::uint8_t { unknown, reads, writes, self };
[[nodiscard]] const char* to_string(Direction direction);

/// How sure it is that the text is an address, weakest first (so that `<` means "less sure").
enum class Confidence : std::uint8_t {
  bare_name,     ///< a name alone, or a one-label `name:port` inside a longer text: believe it only when something has that name
  host_port,     ///< `host:port`, a qualified host under a name that says "address", or a joined HOST and PORT
  managed_host,  ///< a host under the suffix of a known vendor or managed service, an ARN, a Cloud SQL instance
  url,           ///< a URL, DSN or connection string
};
[[nodiscard]] const char* to_string(Confidence confidence);

/// A part of an address that another place fills in: `$(NAME)`, `${NAME:-fallback}`, `{{ template }}`.
struct Reference {
  std::string name;                     ///< the variable, or the template's text
  std::optional<std::string> fallback;  ///< what stands after `:-`; never taken for the value
  friend bool operator==(const Reference&, const Reference&) = default;
};

/// One address. Never holds a user name or password: only whether there was one.
struct Endpoint {
  std::string scheme;                         ///< lower case, as written ("postgresql+asyncpg", "jdbc:mysql"); empty without one
  std::string host;                           ///< lower case, no trailing dot, no brackets; empty when not known or not needed
  std::string host_template;                  ///< the host as written when a reference stands in it
  std::optional<std::uint16_t> port;          ///< only when written
  std::optional<std::uint16_t> default_port;  ///< what the scheme or technology uses when none is written
  std::string path;                           ///< path of a URL without query and fragment
  std::string database;                       ///< database, virtual host, index or schema behind the host
  std::string resource;                       ///< what is named without a host: bucket, queue, table, instance
  std::string technology;                     ///< id in the table of technologies; empty when the text does not say
  std::string region;                         ///< only where the text says it
  std::string account;                        ///< cloud account or project, only where the text says it
  Transport transport = Transport::unknown;
  Direction direction = Direction::unknown;
  Confidence confidence = Confidence::bare_name;
  bool loopback = false;              ///< localhost, 127.0.0.0/8, ::1, 0.0.0.0: the same pod or host
  bool has_credentials = false;       ///< a user name or password stood in the text
  std::vector<Reference> references;  ///< what is not resolved in host, port, path or database; empty = fully known
  std::size_t offset = 0;             ///< of the address in the parsed text, in bytes
  std::uint32_t line = 1;             ///< from 1, in the parsed text
  std::uint32_t column = 1;           ///< from 1, in bytes
  std::string key;                    ///< text mode: the key or flag that the address stands under, when there is one

  [[nodiscard]] bool unresolved() const noexcept { return !references.empty(); }
  /// The written port or else the default one.
  [[nodiscard]] std::optional<std::uint16_t> effective_port() const noexcept { return port ? port : default_port; }
};

/// All addresses in `value`, in the order of the text. `setting_name` may be empty in text mode. Embedded stores (sqlite,
/// jdbc:h2:mem), files, unix sockets and own listen addresses (PORT, LISTEN_ADDR, ":8080", "0.0.0.0:8080") give nothing. Linear in
/// the size of `value`.
[[nodiscard]] std::vector<Endpoint> parse_endpoints(std::string_view setting_name, std::string_view value, ParseMode mode);

struct RedactedText;
/// The same as parse_endpoints({}, text.text, ParseMode::text), without a second look at lines that redaction found dull.
[[nodiscard]] std::vector<Endpoint> endpoints_of_text(const RedactedText& text);

/// A named value of one container or configuration file.
struct Setting {
  std::string name;
  std::string value;
};

/// An address together with the settings (indexes, ascending) that say it.
struct SettingEndpoint {
  Endpoint endpoint;
  std::vector<std::size_t> settings;
};

/// Joins split settings of one container: `<P>_HOST`, `_HOSTNAME`, `_ADDR`, `_SERVER`, `_SERVICE_HOST` ... with `<P>_PORT`, and the
/// database name and TLS switch of the same prefix (DB_NAME, PGSSLMODE). Only pairs whose host is there are returned.
[[nodiscard]] std::vector<SettingEndpoint> pair_settings(std::span<const Setting> settings);

/// Everything that the settings of one container say: joined pairs, then every other setting by itself; each setting is used once.
/// Ordered by first contributing setting, then offset. `known` is empty or says for each setting what `parse_endpoints` gave for it
/// before; null where nobody asked.
[[nodiscard]] std::vector<SettingEndpoint> endpoints_of_settings(std::span<const Setting> settings,
                                                                 std::span<const std::vector<Endpoint>* const> known = {});

}  // namespace postern::connection
