// SPDX-License-Identifier: Apache-2.0
// The files of a source by path, and the table of formats whose files belong together.
#include <ingest/compose_file/compose_file.h>
#include <ingest/project.h>
#include <ingest/settings_file/settings_file.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest {
namespace {

/// Alphabetical by id.
constexpr std::array k_projects = {
    ProjectRow{"compose", "Docker Compose",
               "Projects with their overrides, includes, extended services, variables and mounted configuration files",
               model::InputKind::manifests, compose_file::wants, compose_file::read_projects},
    ProjectRow{"settings", "Configuration beside source code",
               "application.properties and application.yml of Spring, appsettings.json of .NET, services of systemd",
               model::InputKind::manifests, settings_file::wants, settings_file::read_files},
};

}  // namespace

SourceFiles::SourceFiles(std::string root, std::vector<SourceFile> files) : m_root(std::move(root)), m_files(std::move(files)) {
  std::sort(m_files.begin(), m_files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
}

std::optional<std::size_t> SourceFiles::find(std::string_view path) const {
  const std::optional<std::string> wanted = normal_path(path);
  if (!wanted) return std::nullopt;
  const auto at = std::lower_bound(m_files.begin(), m_files.end(), *wanted,
                                   [](const SourceFile& file, const std::string& text) { return file.path < text; });
  if (at == m_files.end() || at->path != *wanted) return std::nullopt;
  return static_cast<std::size_t>(at - m_files.begin());
}

std::span<const ProjectRow> project_formats() { return k_projects; }

bool is_project_file(std::string_view path) {
  return std::any_of(k_projects.begin(), k_projects.end(), [&](const ProjectRow& row) { return row.wants(path); });
}

std::optional<std::string> normal_path(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      result += (result.empty() ? "" : "/") + std::string(part);
      continue;
    }
    if (result.empty()) return std::nullopt;
    const std::size_t last = result.rfind('/');
    result.resize(last == std::string::npos ? 0 : last);
  }
  return result;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace postern::ingest
