// SPDX-License-Identifier: Apache-2.0
// What the command line said: plain data, the same for every command.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace postern::app {

/// Options of all commands; each command reads those that it declares.
struct Options {
  // what is judged
  std::vector<std::string> paths;     ///< positional arguments
  std::vector<std::string> baseline;  ///< several: of the applications of one environment
  std::optional<std::string> environment;
  std::optional<std::string> target_reference;  ///< commit or branch that the merge request goes into
  std::optional<std::string> application;
  std::optional<std::string> scope;
  std::vector<std::string> images;    ///< SERVICE=REFERENCE
  std::vector<std::string> vex;       ///< files with statements about weaknesses
  std::vector<std::string> findings;  ///< reports of other tools
  std::vector<std::string> policies;  ///< folders of packs
  std::optional<std::string> configuration;
  // how it is told
  std::string format;
  std::vector<std::string> reports;  ///< FORMAT=FILE
  bool quiet = false;
  bool verbose = false;
  std::optional<int> warn_exit_code;
  // how it runs
  unsigned threads = 2;
  bool allow_foreign_owner = false;
  // `map`
  bool attack_paths = false;
  std::optional<std::string> impact;  ///< KIND:NAME of an outage
  std::vector<std::string> why;       ///< two entities
  // `threatdb`
  std::optional<std::string> threat_db;  ///< folder of the database
  std::optional<std::string> ecosystem;  ///< of packages that are named without a package URL
  bool replace = false;
  bool allow_older = false;
  // `policy test`
  bool coverage = false;
  // `query` and `hunt`
  bool exit_code = false;  ///< 1 when something is found
  // `export sbom`
  std::optional<std::string> output;   ///< file or folder
  std::optional<std::string> service;  ///< NAMESPACE/NAME
  // `config show`
  bool show_origin = false;
};

}  // namespace postern::app
