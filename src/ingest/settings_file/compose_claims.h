// SPDX-License-Identifier: Apache-2.0
// Which files of a source Compose projects take: those belong to the services that mount them.
#pragma once
#include <ingest/project.h>

#include <set>
#include <string>
#include <string_view>

namespace postern::ingest::settings_file {

class ComposeClaims {
 public:
  /// Looks at the files that are called like Compose files; cheap where there are none.
  explicit ComposeClaims(const SourceFiles& source);

  /// Whether a service mounts the file, alone or with a folder of configuration, or has its variables from it.
  [[nodiscard]] bool takes(std::string_view path) const;
  /// Whether the file lies below a Compose file and in nothing that a service is built from: an alternative that no service uses.
  [[nodiscard]] bool leaves_out(std::string_view path) const;
  /// Whether a Compose file lies in the folder: a `.env` there is its own.
  [[nodiscard]] bool is_project_folder(std::string_view folder) const { return m_folders.contains(std::string(folder)); }

 private:
  void add_path(std::string_view folder, std::string_view path, std::set<std::string>& paths);
  void add_file(const SourceFile& file);

  std::set<std::string> m_files;
  std::set<std::string> m_mounted_folders;
  std::set<std::string> m_folders;
  std::set<std::string> m_built_folders;
};

}  // namespace postern::ingest::settings_file
