// SPDX-License-Identifier: Apache-2.0
// Formats of which several files make one thing (a Terraform module, a Compose project, a series of migrations), or whose files are
// neither YAML nor JSON. An explicit table beside that of documents; files of YAML and JSON are asked for documents all the same.
#pragma once
#include <ingest/hint_words.h>
#include <postern/base/diagnostic.h>
#include <postern/base/path.h>
#include <postern/document/document.h>
#include <postern/model/fact.h>
#include <postern/model/snapshot.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest {

/// One file of a source. Borrowed from who acquired it.
struct SourceFile {
  std::string_view path;  ///< as people know it (relative to the repository), `/` as separator
  std::string_view bytes;
  Hints hints = {};  ///< of the bytes; SourceFiles finds them
};

/// The files of one source root that may be inputs, by path.
class SourceFiles {
 public:
  /// `root` is the folder of the source, as part of the paths; empty where they begin below it.
  /// The files are looked through with that many threads.
  SourceFiles(std::string root, std::vector<SourceFile> files, unsigned threads = 1);

  [[nodiscard]] std::size_t size() const noexcept { return m_files.size(); }
  [[nodiscard]] const SourceFile& operator[](std::size_t index) const { return m_files[index]; }
  [[nodiscard]] std::span<const SourceFile> all() const noexcept { return m_files; }
  [[nodiscard]] const std::string& root() const noexcept { return m_root; }
  /// The path of a file below the folder of the source: what says something about the file and not about where the source lies.
  [[nodiscard]] std::string_view below_root(std::string_view path) const;
  /// The index of the file at `path`, after `.` and `..` parts are resolved; nothing where there is none, or outside of the source.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view path) const;

 private:
  std::string m_root;
  std::vector<SourceFile> m_files;  ///< sorted by path
};

/// What the environment says about how its projects are read.
struct ProjectSettings {
  std::vector<std::string> values;  ///< files with values of the environment (variables, chart values), as known paths, in order
  document::Limits limits;
};

/// What one file of a project says.
struct ProjectFile {
  std::size_t file = 0;  ///< index in the source's files
  bool failed = false;   ///< it, or what it takes part in, could not be read; the sink says why
  std::vector<model::Fact> facts;
};

/// One format of projects. All texts live as long as the process.
struct ProjectRow {
  std::string_view id;           ///< stable, lower case
  std::string_view title;        ///< for people
  std::string_view description;  ///< one sentence: what is read
  model::InputKind kind;
  /// Whether a file of this name may belong to such a project: files that nobody wants are not acquired. `.yaml` and `.json` files
  /// always are.
  bool (*wants)(std::string_view path);
  /// Finds all projects of this format among the files and reads them. Every file that it understands is part of the answer, once,
  /// in ascending order, also when it says nothing by itself. Several formats may answer for one file. Must cost next
  /// to nothing where names show that there is no such project. Trouble goes to `sink`; never throws on account of the files, and
  /// runs at the same time as the other rows.
  std::vector<ProjectFile> (*read)(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink);
};

/// All formats of projects, by id. `postern list formats` prints them.
[[nodiscard]] std::span<const ProjectRow> project_formats();
/// Whether some format of projects wants a file of this name.
[[nodiscard]] bool is_project_file(std::string_view path);

/// A path without `.`, `..` and empty parts; nothing where it leads out of where it begins.
[[nodiscard]] std::optional<std::string> normal_path(std::string_view path);

}  // namespace postern::ingest
