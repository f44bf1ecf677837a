// SPDX-License-Identifier: Apache-2.0
// A Compose project that was put together -> facts.
#pragma once
#include <ingest/compose_file/loader.h>
#include <postern/model/fact.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::compose_file {

/// What a project is called.
struct ProjectName {
  std::string label;   ///< tells the projects of one source apart; value of the label that Compose puts on containers
  std::string prefix;  ///< of its addresses, where the names of several projects would collide; else empty
  std::string folder;  ///< a known path
};

/// One project while its facts are written down.
struct Project {
  const SourceFiles& source;
  const LoadedProject& loaded;
  const ProjectName& name;
  base::DiagnosticSink& sink;
  std::vector<model::Fact>& facts;
  std::set<std::size_t>& files;                              ///< that take part: grows by mounted files
  std::set<Symbol> declared = {};                            ///< addresses of mounted files
  std::set<std::string> active = {};                         ///< profiles
  std::map<std::string, std::set<std::string>> linked = {};  ///< names that links give to services

  /// `PLURAL/NAME`, or `NAME` for services, below the prefix.
  [[nodiscard]] Symbol address(std::string_view plural, std::string_view item) const;
  /// An entity fact, still to be filled.
  [[nodiscard]] model::EntityFact entity(model::EntityKind kind, std::string_view plural, std::string_view item,
                                         const Location& location) const;
};

/// Appends the facts of a project.
void write_project(Project& project);

/// One service. `services` are all of the project.
void write_service(Project& project, const std::string& name, const Value& service);
/// Variables, command and arguments; `rows` are the service's.
void write_settings(Project& project, const std::string& name, const Value& service, std::vector<model::Attribute>& rows);
/// Mounted volumes, files, secrets and configurations.
void write_mounts(Project& project, const std::string& name, const Value& service, std::vector<model::Attribute>& rows);
/// Volumes, secrets and configurations of the project as a whole.
void write_resources(Project& project);
/// What a service may do on its machine.
void read_security(const Project& project, const Value& service, Symbol scope, std::vector<model::Attribute>& rows);
/// Routes to services by their labels, where a Traefik is part of the project.
void write_label_routes(Project& project);
/// A mounted file of the source as a configuration of its own; gives its address.
Symbol write_file(Project& project, std::size_t file);

/// Says that a value cannot be read.
void report_bad_value(const Project& project, const Value& value, std::string_view what);

}  // namespace postern::ingest::compose_file
