// SPDX-License-Identifier: Apache-2.0
// Reads the files of a Compose project and puts them together: includes, extended services, later files over earlier ones.
#pragma once
#include <ingest/compose_file/value.h>
#include <ingest/compose_file/variables.h>
#include <ingest/project.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace postern::ingest::compose_file {

/// One project before its facts are written down.
struct LoadedProject {
  Value model;                     ///< all files together; a mapping
  Variables variables;             ///< of the project's folder
  std::set<std::size_t> files;     ///< that it is made of, files of variables included
  std::set<std::size_t> included;  ///< those of them that came through `include`
  std::set<std::size_t> failed;    ///< those of them that could not be read
};

/// Loads projects of one source. Trouble goes to the sink.
class Loader {
 public:
  Loader(const SourceFiles& source, const ProjectSettings& settings, base::DiagnosticSink& sink)
      : m_source(source), m_settings(settings), m_sink(sink) {}

  /// `files` in the order in which they are put on one another. `folder` is that of the project.
  [[nodiscard]] LoadedProject load(const std::vector<std::size_t>& files, const std::string& folder);

  /// The variables of a project in this folder: of the environment's files of values that are files of variables, else of `.env`.
  [[nodiscard]] Variables variables_of(const std::string& folder, std::set<std::size_t>& used) const;

 private:
  struct Extending {
    std::size_t file;
    std::string service;
    friend auto operator<=>(const Extending&, const Extending&) = default;
  };
  [[nodiscard]] Value read_file(std::size_t file, const std::string& folder, const Variables& variables);
  /// One file with its own extended services, and what it includes below it.
  [[nodiscard]] Value load_file(std::size_t file, const std::string& folder, const Variables& variables);
  void include(Value& model, const Value& entry, const std::string& folder, const Variables& variables);
  [[nodiscard]] Value load_included(const Value& entry, const std::string& folder, const Variables& variables);
  void extend_all(Value& model, std::size_t file, const Variables& variables);
  [[nodiscard]] Value extended(const Value& services, const std::string& name, std::size_t file, const Variables& variables);
  [[nodiscard]] Value base_of(const Value& services, const Value& reference, std::size_t file, const Variables& variables);
  [[nodiscard]] bool has_room(const Value& value);
  void report_variables(const Variables::Filled& filled, const Location& location);

  const SourceFiles& m_source;
  const ProjectSettings& m_settings;
  base::DiagnosticSink& m_sink;
  LoadedProject m_project;
  std::vector<std::size_t> m_including;                         ///< files that are being loaded, outermost first
  std::vector<Extending> m_extending;                           ///< services that are being extended, outermost first
  std::map<std::pair<std::size_t, std::string>, Value> m_read;  ///< files with their variables filled in, by folder
  std::set<std::string> m_reported;                             ///< names of variables
  std::size_t m_size = 0;                                       ///< values that were put together
};

/// `folder` and a relative path; absolute paths and what leads out of the source are left as they are, with false.
struct ResolvedPath {
  std::string path;
  bool inside = false;  ///< of the source
};
[[nodiscard]] ResolvedPath resolve_path(std::string_view folder, std::string_view path);

}  // namespace postern::ingest::compose_file
