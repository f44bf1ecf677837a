// SPDX-License-Identifier: Apache-2.0
// Addresses in command lines of programs whose options are known: psql -h db, nc -z cache 6379.
#include "connection/command_line.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "connection/endpoint_builder.h"
#include "connection/host_name.h"
#include "connection/key_value.h"
#include "connection/reference.h"

namespace postern::connection {
namespace {

/// How a family of clients is told its server.
struct ClientRow {
  std::string_view programs;    ///< separated by spaces
  std::string_view technology;  ///< id in the table of technologies; empty: any
  std::string_view host_options;
  std::string_view port_options;
  bool positional;  ///< HOST PORT without options
};
constexpr std::array<ClientRow, 9> k_clients{{
    {"psql pg_isready pg_dump pg_dumpall pg_restore pgbench createdb dropdb vacuumdb", "postgres", "-h --host", "-p --port", false},
    {"mysql mysqldump mysqladmin mysqlimport mysqlsh mariadb mariadb-dump mariadb-admin", "mysql", "-h --host", "-P --port", false},
    {"redis-cli redis-benchmark valkey-cli", "redis", "-h", "-p", false},
    {"mongo mongosh mongodump mongorestore mongoimport mongoexport", "mongodb", "-h --host", "--port", false},
    {"clickhouse-client", "clickhouse", "-h --host", "--port", false},
    {"cqlsh", "cassandra", "", "", true},
    {"ldapsearch ldapadd ldapmodify", "ldap", "-h", "-p", false},
    {"wait-for-it wait-for-it.sh wait-for wait-for.sh", "", "-h --host", "-p --port", false},
    {"nc ncat netcat telnet", "", "", "", true},
}};

/// A word of the shell; `separator` ends a command.
struct Token {
  std::string text;
  std::size_t word;
  bool separator;
};

bool is_listed(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

/// Splits a script as far as commands and their words go; quotes are dropped.
void split_script(std::string_view script, std::size_t word, std::vector<Token>& tokens) {
  std::string text;
  const auto flush = [&] {
    if (!text.empty()) tokens.push_back({std::move(text), word, false});
    text.clear();
  };
  for (const char c : script) {
    if (c == ' ' || c == '\t' || c == '\r') {
      flush();
    } else if (c == '\n' || c == ';' || c == '|' || c == '&' || c == '(' || c == '`') {
      flush();
      tokens.push_back({{}, word, true});
    } else if (c != '"' && c != '\'' && c != '\\') {
      text += c;
    }
  }
  flush();
}

std::vector<Token> tokens_of(std::span<const std::string> words) {
  std::vector<Token> tokens;
  for (std::size_t word = 0; word < words.size(); ++word) {
    if (words[word].find_first_of(" \t\n") == std::string::npos) {
      tokens.push_back({words[word], word, false});
    } else {
      tokens.push_back({{}, word, true});
      split_script(words[word], word, tokens);
      tokens.push_back({{}, word, true});
    }
  }
  return tokens;
}

const ClientRow* client_of(std::string_view program) {
  program.remove_prefix(std::min(program.rfind('/') + 1, program.size()));
  const auto row =
      std::find_if(k_clients.begin(), k_clients.end(), [&](const ClientRow& r) { return is_listed(r.programs, program); });
  return row == k_clients.end() ? nullptr : &*row;
}

/// `-h db`, `--host=db`, `-hdb`: the value of an option of the list, which stands at `at` or right behind it.
std::string_view option_value(std::span<const Token> command, std::size_t at, std::string_view options) {
  const std::string_view text = command[at].text;
  if (options.empty() || text.size() < 2 || text[0] != '-') return {};
  if (is_listed(options, text)) return at + 1 < command.size() ? std::string_view(command[at + 1].text) : std::string_view();
  if (const auto equals = text.find('='); equals != std::string_view::npos) {
    return is_listed(options, text.substr(0, equals)) ? text.substr(equals + 1) : std::string_view();
  }
  return text[1] != '-' && is_listed(options, text.substr(0, 2)) ? text.substr(2) : std::string_view();
}

class CommandReader {
 public:
  CommandReader(const ClientRow& client, std::span<const Token> command) : m_client(client), m_command(command) {}

  std::optional<WordEndpoint> run() {
    if (m_client.positional) {
      find_positional();
    } else {
      find_options();
    }
    if (m_host.empty()) return std::nullopt;
    const std::string masked = mask_references(m_host);
    WordEndpoint found{{}, m_word};
    Endpoint& endpoint = found.endpoint;
    if (!set_host_port(endpoint, {m_host, masked, {}}) || endpoint.unresolved()) return std::nullopt;
    if (!endpoint.port) endpoint.port = parse_port(m_port);
    endpoint.technology = m_client.technology;
    endpoint.confidence = Confidence::host_port;
    complete(endpoint, {});
    return found;
  }

 private:
  void find_options() {
    for (std::size_t at = 0; at < m_command.size(); ++at) {
      if (const auto host = option_value(m_command, at, m_client.host_options); !host.empty() && m_host.empty()) {
        m_host = host;
        m_word = m_command[at].word;
      }
      if (const auto port = option_value(m_command, at, m_client.port_options); !port.empty()) m_port = port;
    }
  }

  /// The first host that a port follows; a program that listens calls nobody.
  void find_positional() {
    for (std::size_t at = 0; at + 1 < m_command.size(); ++at) {
      const std::string_view text = m_command[at].text;
      const bool is_flags = text.size() > 1 && text[0] == '-' && text[1] != '-';
      if ((is_flags && text.find('l') != std::string_view::npos) || text == "--listen") return;
      if (text.starts_with('-') || !is_host(text) || !parse_port(m_command[at + 1].text)) continue;
      m_host = text;
      m_port = m_command[at + 1].text;
      m_word = m_command[at].word;
      return;
    }
  }

  const ClientRow& m_client;
  std::span<const Token> m_command;
  std::string_view m_host;
  std::string_view m_port;
  std::size_t m_word = 0;
};

}  // namespace

std::vector<WordEndpoint> endpoints_of_command(std::span<const std::string> words) {
  std::vector<WordEndpoint> endpoints;
  const std::vector<Token> tokens = tokens_of(words);
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    if (tokens[begin].separator) continue;
    const ClientRow* client = client_of(tokens[begin].text);
    if (client == nullptr) continue;
    std::size_t end = begin + 1;
    while (end < tokens.size() && !tokens[end].separator) ++end;
    const std::span<const Token> command = std::span(tokens).subspan(begin + 1, end - begin - 1);
    if (auto found = CommandReader(*client, command).run()) endpoints.push_back(std::move(*found));
    begin = end;
  }
  return endpoints;
}

std::vector<WordEndpoint> endpoints_of_script(std::string_view script) {
  std::vector<std::string> lines;
  std::size_t target = 0;
  bool goes_on = false;
  for (std::string_view line : base::split(script, '\n')) {
    lines.emplace_back();
    if (!goes_on) target = lines.size() - 1;
    line = base::trim(line.substr(0, end_without_comment(line)));
    goes_on = line.ends_with('\\');
    if (goes_on) line.remove_suffix(1);
    // The space makes every line a script of its own, so that no command reaches into the next line.
    lines[target].append(line).append(1, ' ');
  }
  return endpoints_of_command(lines);
}

}  // namespace postern::connection
