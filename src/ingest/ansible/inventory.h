// SPDX-License-Identifier: Apache-2.0
// An inventory of Ansible while it is read: hosts, groups and their variables, from INI, from YAML, and from files of variables.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::ansible {

/// Hosts that one inventory may have: ranges can make more than anybody has.
inline constexpr std::size_t k_most_hosts = 10'000;

/// How the value of a variable is known.
enum class Knowledge : std::uint8_t {
  literal,
  computed,  ///< a template fills it in
  vault      ///< encrypted
};

struct Variable {
  std::string name;  ///< `db.host` for a value within a value
  std::string text;
  Knowledge knowledge = Knowledge::literal;
  base::Location location;
};

struct Group {
  std::set<std::string> hosts;
  std::set<std::string> children;
  std::vector<Variable> variables;  ///< a later one wins
  base::Location location;
};

struct Host {
  std::vector<Variable> variables;
  base::Location location;
};

struct Inventory {
  std::map<std::string, Host> hosts;
  std::map<std::string, Group> groups;
};

/// `web[01:20].example.com` -> twenty names; a name without a range is itself. Empty where the range cannot be read. Stops at
/// `most` names.
[[nodiscard]] std::vector<std::string> names_of(std::string_view pattern, std::size_t most);

/// Reads an inventory in the manner of INI. Lines that cannot be read go to `sink` (P1282), ranges that are too large too (P1283).
[[nodiscard]] Inventory read_ini(std::string_view text, base::Symbol file, base::DiagnosticSink& sink);
/// Whether a text is such an inventory: every line is a group, a host or a variable.
[[nodiscard]] bool is_ini_inventory(std::string_view text);

/// Reads an inventory in YAML.
[[nodiscard]] Inventory read_yaml(const document::Node& root, base::DiagnosticSink& sink);
/// Whether a document is one: groups with nothing but `hosts`, `children` and `vars`.
[[nodiscard]] bool is_yaml_inventory(const document::Node& root);

/// Appends the variables of a mapping, values within values by their path.
void add_variables(const document::Node& mapping, std::vector<Variable>& variables);
/// How the value of a text is known.
[[nodiscard]] Knowledge knowledge_of(std::string_view text);

}  // namespace postern::ingest::ansible
