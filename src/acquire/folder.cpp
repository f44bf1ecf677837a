// SPDX-License-Identifier: Apache-2.0
// From a path that a user named to the files there.
#include <acquire/acquire.h>
#include <acquire/file_reading.h>
#include <acquire/folder.h>
#include <acquire/folder_walk.h>
#include <postern/base/error.h>

#include <cerrno>
#include <filesystem>

namespace postern::acquire {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_path_hint = "give a folder or file that exists, relative to the folder where the command runs";

/// `path` below `top`, '/'-separated; "" when they are the same.
std::string relative_to(const fs::path& path, const fs::path& top) {
  const std::string relative = path.lexically_relative(top).generic_string();
  return relative == "." ? std::string() : relative;
}

bool lies_below(const fs::path& path, const fs::path& top) {
  const std::string relative = path.lexically_relative(top).generic_string();
  return !relative.empty() && relative != ".." && relative.substr(0, 3) != "../";
}

fs::path without_trailing_slash(fs::path path) {
  return path.has_filename() || !path.has_relative_path() ? path : path.parent_path();
}

/// Where a named path really lies. A link inside of a work tree must not lead out of it: a merge request may have put it there.
struct Place {
  fs::path real;
  std::string repository_root;  ///< empty when not in a work tree
};

Place locate(const std::string& path, const Options& options) {
  std::error_code trouble;
  const fs::path working_folder = fs::canonical(options.working_folder, trouble);
  if (trouble) throw SourceError("the working folder `" + options.working_folder + "` cannot be opened: " + trouble.message());
  const fs::path named = without_trailing_slash((working_folder / path).lexically_normal());
  Place place;
  place.real = fs::canonical(working_folder / path, trouble);
  if (trouble) throw SourceError("`" + path + "` cannot be opened: " + trouble.message(), k_path_hint);
  const auto named_root = find_repository_root(named.parent_path().string());
  if (named_root && !lies_below(place.real, fs::canonical(*named_root))) {
    throw SourceError("`" + path + "` is a symbolic link that leads out of the git work tree `" + *named_root + "`",
                      "name the folder that is meant itself, if it is meant");
  }
  const bool is_folder = fs::is_directory(place.real, trouble);
  if (const auto root = find_repository_root(is_folder ? place.real.string() : place.real.parent_path().string()))
    place.repository_root = *root;
  return place;
}

SourceTree tree_at(const std::string& description, const fs::path& folder, const std::string& repository_root) {
  SourceTree tree;
  tree.description = description;
  tree.in_repository = !repository_root.empty();
  if (tree.in_repository) tree.root = relative_to(folder, repository_root);
  return tree;
}

SourceTree load_folder(const std::string& path, const Place& place, const Options& options, base::DiagnosticSink& sink) {
  SourceTree tree = tree_at(path, place.real, place.repository_root);
  const platform::FileDescriptor root = platform::open_folder(place.real.string());
  if (!root) throw SourceError("the folder `" + path + "` cannot be opened: " + platform::error_text(errno), k_path_hint);
  FolderWalk walk(root, place.repository_root.empty() ? place.real.string() : place.repository_root, options, tree, sink);
  const std::vector<Candidate> candidates = walk.run();
  if (walk.over_limit()) {
    refuse_for_count(tree, options.limits, sink);
    return tree;
  }
  read_files(root, candidates, options, tree, sink);
  report_links(walk.links(), tree, options.wanted, sink);
  return tree;
}

SourceTree load_named_file(const std::string& path, const Place& place, const Options& options, base::DiagnosticSink& sink) {
  SourceTree tree = tree_at(path, place.real.parent_path(), place.repository_root);
  const std::string name = fs::path(path).filename().string();
  platform::ReadResult result = platform::read_file_in(platform::open_folder(place.real.parent_path().string()),
                                                       place.real.filename().string(), options.limits.file_bytes);
  if (result.status == platform::ReadStatus::failed) {
    throw SourceError("the file `" + path + "` cannot be read: " + platform::error_text(result.error), k_path_hint);
  }
  if (accept_name(name, sink)) take_file(name, std::move(result), options.limits.file_bytes, tree, sink);
  return tree;
}

}  // namespace

std::optional<std::string> find_repository_root(const std::string& path) {
  std::error_code trouble;
  fs::path folder = without_trailing_slash(fs::absolute(path, trouble).lexically_normal());
  while (!folder.empty()) {
    if (fs::exists(fs::symlink_status(folder / ".git", trouble))) return folder.string();
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return std::nullopt;
}

SourceTree load_path(const std::string& path, const Options& options, base::DiagnosticSink& sink) {
  const Place place = locate(path, options);
  std::error_code trouble;
  const fs::file_status status = fs::status(place.real, trouble);
  if (fs::is_directory(status)) return load_folder(path, place, options, sink);
  if (fs::is_regular_file(status)) return load_named_file(path, place, options, sink);
  throw SourceError("`" + path + "` is neither a folder nor a regular file", "pipe its content in and name `-` as the source");
}

SourceTree load_file(const std::string& path, const Options& options, base::DiagnosticSink& sink) {
  const Place place = locate(path, options);
  std::error_code trouble;
  if (!fs::is_regular_file(place.real, trouble)) throw SourceError("`" + path + "` is not a regular file", k_path_hint);
  return load_named_file(path, place, options, sink);
}

SourceTree load_stream(int descriptor, const Options& options, base::DiagnosticSink& sink) {
  SourceTree tree;
  tree.description = "-";
  platform::ReadResult result = platform::read_stream(descriptor, options.limits.file_bytes);
  if (result.status == platform::ReadStatus::failed) {
    throw SourceError("standard input cannot be read: " + platform::error_text(result.error));
  }
  take_file("stdin", std::move(result), options.limits.file_bytes, tree, sink);
  return tree;
}

}  // namespace postern::acquire
