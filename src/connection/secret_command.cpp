// SPDX-License-Identifier: Apache-2.0
// Secrets in command lines of programs whose options are known, and in statements of SQL that set a password.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

#include "connection/command_secret.h"
#include "connection/secret_value.h"

namespace postern::connection {
namespace {

/// Options of a family of programs; lists are separated by spaces.
struct ProgramRow {
  std::string_view programs;
  std::string_view values;      ///< the next word, or what is glued to a short option or follows '=', is a secret
  std::string_view users;       ///< the same for NAME:PASSWORD
  std::string_view glued;       ///< the short option whose secret is only ever glued to it
  std::string_view only_after;  ///< the options mean this behind this word only
};
constexpr std::array<ProgramRow, 15> k_programs{{
    {"curl wget", "--oauth2-bearer --pass", "-u --user -U --proxy-user", "", ""},
    {"http https httpie", "", "-a --auth", "", ""},
    {"mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlsh mariadb mariadb-dump mariadb-admin", "", "", "-p", ""},
    {"redis-cli redis-benchmark valkey-cli", "-a --pass", "", "", ""},
    {"sshpass", "-p", "", "", ""},
    {"openssl", "-k -K -pass -passin -passout -password", "", "", ""},
    {"mongo mongosh mongodump mongorestore mongoimport mongoexport", "-p", "", "", ""},
    {"sqlcmd bcp", "-P", "", "", ""},
    {"cqlsh cypher-shell rabbitmqadmin", "-p", "", "", ""},
    {"ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd", "-w", "", "", ""},
    {"zip unzip", "-P", "", "", ""},
    {"7z 7za 7zr", "", "", "-p", ""},
    {"mosquitto_pub mosquitto_sub", "-P --pw", "", "", ""},
    {"etcdctl", "", "--user", "", ""},
    {"docker podman nerdctl buildah skopeo helm oras crane az oc", "-p", "", "", "login"},
}};

/// Commands whose secret is an argument by its position.
struct VerbRow {
  std::string_view programs;
  std::string_view verbs;  ///< the words behind the program
  int key;                 ///< argument that must be a secret's name; -1: the secret stands there in any case
  std::size_t value;       ///< argument that is the secret, from 0 behind the verbs
};
constexpr std::array<VerbRow, 13> k_verbs{{
    {"aws", "configure set", 0, 1},
    {"vault bao", "login", -1, 0},
    {"mc mcli", "alias set", -1, 3},
    {"mc mcli", "config host add", -1, 3},
    {"rabbitmqctl", "add_user", -1, 1},
    {"rabbitmqctl", "change_password", -1, 1},
    {"rabbitmqctl", "authenticate_user", -1, 1},
    {"consul", "kv put", 0, 1},
    {"etcdctl", "put", 0, 1},
    {"redis-cli valkey-cli npm yarn pnpm", "config set", 0, 1},
    {"git", "config", 0, 1},
    {"neo4j-admin", "set-initial-password", -1, 0},
    {"neo4j-admin", "dbms set-initial-password", -1, 0},
}};

/// Options that make a program read its password from the pipe.
constexpr std::string_view k_from_pipe = "--password-stdin --passphrase-fd chpasswd passwd --stdin";

struct Token {
  std::string_view text;
  std::size_t word = 0;
  std::size_t begin = 0;  ///< offset in the word
  bool separator = false;
};

bool is_listed(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

bool is_quote(char c) { return c == '"' || c == '\''; }
bool is_between(char c) { return c == ' ' || c == '\t' || c == '\r' || c == ',' || c == '[' || c == ']'; }
bool is_separator(char c) { return c == '\n' || c == ';' || c == '|' || c == '&' || c == '(' || c == ')' || c == '`'; }

/// Words of a script and what separates its commands. What stands in quotes is one word, and read as a script of its own.
void split_script(std::string_view script, std::size_t from, std::vector<Token>& tokens, std::vector<Token>& scripts) {
  for (std::size_t at = 0; at < script.size();) {
    const char c = script[at];
    if (is_between(c)) {
      ++at;
    } else if (is_separator(c)) {
      tokens.push_back({script.substr(at, 1), 0, from + at, true});
      ++at;
    } else if (is_quote(c)) {
      const std::size_t end = std::min(script.find(c, at + 1), script.size());
      const Token inside{script.substr(at + 1, end - at - 1), 0, from + at + 1, false};
      tokens.push_back(inside);
      if (inside.text.find(' ') != std::string_view::npos) scripts.push_back(inside);
      at = end + 1;
    } else {
      std::size_t end = at;
      while (end < script.size() && script[end] != ' ' && script[end] != '\t' && script[end] != '\r' &&
             !is_separator(script[end])) {
        // --option="two words"
        if (is_quote(script[end])) end = std::min(script.find(script[end], end + 1), script.size() - 1);
        ++end;
      }
      tokens.push_back({script.substr(at, end - at), 0, from + at, false});
      at = end;
    }
  }
}

std::string_view program_of(const Token& token) {
  std::string_view name = token.text;
  name.remove_prefix(std::min(name.rfind('/') + 1, name.size()));
  return name;
}

bool is_known(std::string_view name) {
  const auto has = [&](const auto& row) { return is_listed(row.programs, name); };
  return std::any_of(k_programs.begin(), k_programs.end(), has) || std::any_of(k_verbs.begin(), k_verbs.end(), has);
}

/// Letters of both sizes and digits, as no option of a program is written.
bool is_strong(std::string_view text) {
  if (text.size() < 10 || text.find_first_of("./:=, ") != std::string_view::npos) return false;
  const auto has = [&](char first, char last) {
    return std::any_of(text.begin(), text.end(), [=](char c) { return c >= first && c <= last; });
  };
  return has('a', 'z') && has('A', 'Z') && has('0', '9');
}

bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

/// What makes NAME:PASSWORD different from USER:GROUP and from host and port, where the program is not known.
bool may_be_password(std::string_view user, std::string_view rest) {
  if (is_number(rest) || user == rest || user.find_first_of("/.") != std::string_view::npos) return false;
  return rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz-_") != std::string_view::npos;
}

class CommandSecrets {
 public:
  explicit CommandSecrets(std::vector<WordSecret>& secrets) : m_secrets(secrets) {}

  void read(std::span<const Token> tokens) {
    for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
      if (tokens[begin].separator) continue;
      std::size_t end = begin;
      while (end < tokens.size() && !tokens[end].separator) ++end;
      const std::span<const Token> command = tokens.subspan(begin, end - begin);
      read_command(command);
      if (end < tokens.size() && tokens[end].text == "|") read_pipe(command, tokens.subspan(end + 1));
      begin = end;
    }
  }

 private:
  void read_command(std::span<const Token> command) {
    for (const Token& token : command) read_assignments(token);
    std::size_t begin = 0;
    while (begin < command.size() && !is_known(program_of(command[begin]))) ++begin;
    read_any(command.subspan(0, begin));
    while (begin < command.size()) {
      std::size_t end = begin + 1;
      while (end < command.size() && !is_known(program_of(command[end]))) ++end;
      read_program(program_of(command[begin]), command.subspan(begin + 1, end - begin - 1));
      begin = end;
    }
  }

  void read_program(std::string_view name, std::span<const Token> words) {
    for (const ProgramRow& row : k_programs) {
      if (!is_listed(row.programs, name)) continue;
      std::size_t at = 0;
      if (!row.only_after.empty()) {
        while (at < words.size() && words[at].text != row.only_after) ++at;
      }
      for (; at < words.size(); ++at) read_option(row, words, at);
    }
    for (const VerbRow& row : k_verbs) {
      if (is_listed(row.programs, name)) read_verb(row, words);
    }
  }

  void read_option(const ProgramRow& row, std::span<const Token> words, std::size_t at) {
    const Token& token = words[at];
    if (token.text.size() < 2 || token.text[0] != '-') return;
    const Token* const next = at + 1 < words.size() ? &words[at + 1] : nullptr;
    const std::size_t equals = token.text.find('=');
    const bool is_long = token.text[1] == '-';
    const std::string_view option = is_long ? token.text.substr(0, equals) : token.text.substr(0, 2);
    if (is_listed(row.values, token.text)) {
      if (next != nullptr) add_value(*next, 0, token.text);
    } else if (is_listed(row.users, token.text)) {
      if (next != nullptr) add_user(*next, 0, token.text, Certainty::known);
    } else if (is_long && equals != std::string_view::npos) {
      if (is_listed(row.values, option)) add_value(token, equals + 1, option);
      if (is_listed(row.users, option)) add_user(token, equals + 1, option, Certainty::known);
    } else if (!is_long && (is_listed(row.values, option) || row.glued == option)) {
      if (token.text.size() > 2 && !is_listed(row.values, token.text)) add_value(token, 2, option);
    } else if (!is_long && is_listed(row.users, option)) {
      add_user(token, 2, option, Certainty::known);
    }
  }

  void read_verb(const VerbRow& row, std::span<const Token> words) {
    std::vector<const Token*> plain;
    for (const Token& token : words) {
      if (!token.text.starts_with('-')) plain.push_back(&token);
    }
    std::size_t at = 0;
    for (const std::string_view verb : base::split(row.verbs, ' ')) {
      if (at == plain.size() || plain[at]->text != verb) return;
      ++at;
    }
    if (at + row.value >= plain.size()) return;
    const Token& value = *plain[at + row.value];
    std::string_view key;
    if (row.key >= 0) {
      key = plain[at + static_cast<std::size_t>(row.key)]->text;
      if (secret_kind_of_name(key.substr(key.rfind('/') + 1)) == SecretKind::none) return;
    }
    add_value(value, 0, key.empty() ? row.verbs : key);
  }

  /// Options that mean the same nearly everywhere, and those whose value looks like nothing but a password.
  void read_any(std::span<const Token> words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      const Token& token = words[at];
      const Token* const next = at + 1 < words.size() ? &words[at + 1] : nullptr;
      constexpr std::string_view k_users = "-u --user --auth --basic-auth --userpass --credentials --proxy-user";
      const std::size_t equals = token.text.find('=');
      if (next != nullptr && is_listed(k_users, token.text)) add_user(*next, 0, token.text, Certainty::guessed);
      if (equals != std::string_view::npos && is_listed(k_users, token.text.substr(0, equals)))
        add_user(token, equals + 1, token.text.substr(0, equals), Certainty::guessed);
      if (token.text.starts_with("-p") && is_strong(token.text.substr(2))) add_value(token, 2, "-p");
      if (next != nullptr && (token.text == "-a" || token.text == "-p") && is_strong(next->text)) add_value(*next, 0, token.text);
    }
  }

  /// `--set=a=1,auth.password=X`, `--from-literal=password=X`: the option's value is an assignment again.
  void read_assignments(const Token& token) {
    if (!token.text.starts_with('-')) return;
    std::size_t begin = token.text.find('=');
    while (begin < token.text.size()) {
      ++begin;
      const std::size_t end = std::min(token.text.find(',', begin), token.text.size());
      const std::size_t equals = token.text.find('=', begin);
      if (equals < end) {
        const std::string_view key = token.text.substr(begin, equals - begin);
        const SecretKind kind = secret_kind_of_name(key);
        if (kind != SecretKind::none && key.find_first_of("?&:") == std::string_view::npos) add(token, equals + 1, end, kind, key);
      }
      begin = end;
    }
  }

  /// `echo X | docker login --password-stdin`
  void read_pipe(std::span<const Token> command, std::span<const Token> rest) {
    const std::string_view name = command.empty() ? std::string_view() : program_of(command.front());
    if (name != "echo" && name != "printf") return;
    bool reads = false;
    for (std::size_t at = 0; at < rest.size() && !rest[at].separator && !reads; ++at) reads = is_listed(k_from_pipe, rest[at].text);
    if (reads && command.size() > 1 && !command.back().text.starts_with('-')) add_value(command.back(), 0, "--password-stdin");
  }

  enum class Certainty : unsigned char { known, guessed };

  void add_user(const Token& token, std::size_t from, std::string_view option, Certainty certainty) {
    const std::size_t colon = token.text.find(':', from);
    if (colon == std::string_view::npos || colon == from || token.text.substr(colon).starts_with("://")) return;
    const std::string_view user = token.text.substr(from, colon - from);
    if (certainty == Certainty::guessed && !may_be_password(user, token.text.substr(colon + 1))) return;
    add(token, colon + 1, token.text.size(), SecretKind::password, option);
  }

  void add_value(const Token& token, std::size_t from, std::string_view option) {
    std::string_view value = token.text.substr(from);
    if (value.starts_with("file:") || value.starts_with("env:") || value.starts_with("fd:") || value == "stdin" || value == "-")
      return;
    if (from == 0 && value.starts_with('-')) return;
    if (value.starts_with("pass:")) from += 5;
    add(token, from, token.text.size(), SecretKind::password, option);
  }

  void add(const Token& token, std::size_t begin, std::size_t end, SecretKind kind, std::string_view key) {
    if (begin < end && is_quote(token.text[begin])) {
      const char quote = token.text[begin++];
      if (end > begin && token.text[end - 1] == quote) --end;
    }
    if (begin >= end) return;
    std::vector<SecretPlace> places;
    add_named_value(token.text, begin, end, kind, key, places);
    for (SecretPlace& place : places) {
      place.begin += token.begin;
      place.end += token.begin;
      m_secrets.push_back({token.word, std::move(place)});
    }
  }

  std::vector<WordSecret>& m_secrets;
};

/// Most lines hold none of these, and are not cut into words.
bool may_be_command(std::string_view line) {
  if (line.find(' ') == std::string_view::npos && !line.starts_with('-')) return false;
  constexpr std::array<std::string_view, 6> k_marks{"-", " set", "login", "add_user", "_password", " put "};
  return std::any_of(k_marks.begin(), k_marks.end(), [&](std::string_view m) { return line.find(m) != std::string_view::npos; });
}

/// `IDENTIFIED BY 'X'`, `PASSWORD 'X'`, `PASSWORD('X')` in any case of letters.
void find_sql_passwords(std::string_view line, std::vector<SecretPlace>& places) {
  if (line.find('\'') == std::string_view::npos) return;
  const std::string lower = base::to_lower(line);
  const bool identified = lower.find("identified ") != std::string::npos;
  for (const std::string_view word : {"password", "by"}) {
    if (word == "by" && !identified) continue;
    for (std::size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
      std::size_t open = at + word.size();
      while (open < lower.size() && (lower[open] == ' ' || lower[open] == '(')) ++open;
      if (open == at + word.size() || open >= lower.size() || lower[open] != '\'') continue;
      const std::size_t end = std::min(line.find('\'', open + 1), line.size());
      if (end > open + 1) add_named_value(line, open + 1, end, SecretKind::password, "PASSWORD", places);
    }
  }
}

}  // namespace

void find_command_secrets(std::string_view line, std::vector<SecretPlace>& places) {
  find_sql_passwords(line, places);
  if (!may_be_command(line)) return;
  std::vector<WordSecret> secrets;
  std::vector<Token> scripts{{line, 0, 0, false}};
  // What is quoted within quotes is not read again: each byte is looked at twice at most.
  for (std::size_t next = 0, outer = 1; next < scripts.size(); ++next) {
    std::vector<Token> tokens;
    std::vector<Token> inner;
    const Token script = scripts[next];
    split_script(script.text, script.begin, tokens, inner);
    CommandSecrets(secrets).read(tokens);
    if (next < outer) scripts.insert(scripts.end(), inner.begin(), inner.end());
  }
  for (WordSecret& secret : secrets) places.push_back(std::move(secret.place));
}

std::vector<WordSecret> secrets_of_command(std::span<const std::string> words) {
  std::vector<WordSecret> secrets;
  std::vector<Token> tokens;
  for (std::size_t word = 0; word < words.size(); ++word) {
    const bool is_script = words[word].find('\n') != std::string::npos;
    tokens.push_back({words[word], word, 0, is_script});
  }
  CommandSecrets(secrets).read(tokens);
  return secrets;
}

}  // namespace postern::connection
