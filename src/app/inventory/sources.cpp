// SPDX-License-Identifier: Apache-2.0
// Folders and patterns of snapshots -> the states that a question is asked of.
#include "app/inventory/sources.h"

#include <postern/base/error.h>

#include <algorithm>
#include <filesystem>

#include "acquire/ignore_rules.h"

namespace postern::app {
namespace {

namespace fs = std::filesystem;

/// Links are not followed.
std::vector<std::string> snapshots_below(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code trouble;
  for (auto at = fs::recursive_directory_iterator(folder, trouble); !trouble && at != fs::recursive_directory_iterator();
       at.increment(trouble)) {
    if (fs::is_regular_file(at->symlink_status(trouble)) && at->path().extension() == ".json") files.push_back(at->path().string());
  }
  if (trouble) throw SourceError("the folder " + folder.string() + " cannot be read: " + trouble.message());
  return files;
}

std::vector<std::string> snapshots_matching(const fs::path& pattern) {
  const acquire::Glob glob(pattern.filename().string());
  const fs::path folder = pattern.has_parent_path() ? pattern.parent_path() : fs::path(".");
  std::vector<std::string> files;
  std::error_code trouble;
  for (auto at = fs::directory_iterator(folder, trouble); !trouble && at != fs::directory_iterator(); at.increment(trouble)) {
    if (at->is_regular_file(trouble) && glob.matches(at->path().filename().string()))
      files.push_back((pattern.has_parent_path() ? at->path() : at->path().filename()).string());
  }
  if (trouble) throw SourceError("the folder " + folder.string() + " cannot be read: " + trouble.message());
  return files;
}

std::vector<std::string> files_of(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return snapshots_below(path);
  const bool is_pattern = !fs::exists(path, ignored) && path.find_first_of("*?[") != std::string::npos;
  return is_pattern ? snapshots_matching(path) : std::vector<std::string>{path};
}

}  // namespace

std::vector<StateSources> states_of(const std::vector<acquire::SourceSpec>& sources) {
  std::vector<StateSources> states;
  StateSources together;
  for (const acquire::SourceSpec& source : sources) {
    if (source.kind != acquire::SourceKind::snapshot) {
      together.push_back(source);
      continue;
    }
    std::vector<std::string> files = files_of(source.path);
    if (files.empty())
      throw SourceError("no snapshot is in " + source.path,
                        "`postern map PATH --format snapshot` writes one; its name ends in .json");
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) states.push_back({{acquire::SourceKind::snapshot, "snapshot:" + file, file, {}}});
  }
  if (!together.empty()) states.insert(states.begin(), std::move(together));
  return states;
}

}  // namespace postern::app
