// SPDX-License-Identifier: Apache-2.0
// Shared judgements on what a source holds.
#include <acquire/codes.h>
#include <acquire/inspection.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>
#include <thread>

namespace postern::acquire {
namespace {

/// Well-formed UTF-8 stays; from each malformed byte on, bytes above 127 are written as \xNN.
std::string printable(std::string_view path) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  while (const auto bad = base::find_invalid_utf8(path)) {
    text += path.substr(0, *bad);
    const auto byte = static_cast<unsigned char>(path[*bad]);
    text += "\\x";
    text += k_digits[byte >> 4U];
    text += k_digits[byte & 15U];
    path.remove_prefix(*bad + 1);
  }
  return text += path;
}

bool holds(const SourceTree& tree, const std::string& path) {
  const auto found = std::lower_bound(tree.files.begin(), tree.files.end(), path,
                                      [](const InputFile& file, const std::string& wanted) { return file.path < wanted; });
  return found != tree.files.end() && found->path == path;
}

/// Whether files of the folder ("" is the root) are read under their own names.
bool holds_folder(const SourceTree& tree, const std::string& path) {
  if (path.empty()) return !tree.files.empty();
  const std::string prefix = path + "/";
  const auto found = std::lower_bound(tree.files.begin(), tree.files.end(), prefix,
                                      [](const InputFile& file, const std::string& wanted) { return file.path < wanted; });
  return found != tree.files.end() && found->path.starts_with(prefix);
}

/// A folder inside of the source was walked itself: without inputs in it there is nothing that a follower would find.
void report_folder_link(const LinkFound& link, const SourceTree& tree, base::DiagnosticSink& sink) {
  const auto target = resolve_link(link);
  if (!target) {
    sink.error(k_link_leads_outside, location_of(link.path),
               "the symbolic link leads to a folder outside of the source; what lies there was not read",
               "replace the link by the folder that it means, or name that folder as a source as well");
  } else if (holds_folder(tree, *target)) {
    sink.note(k_link_not_followed, location_of(link.path),
              "the symbolic link was not followed; the files of `" + (target->empty() ? "." : *target) +
                  "` are read under their own names");
  }
}

}  // namespace

std::optional<std::string> resolve_link(const LinkFound& link) {
  if (link.target.empty() || link.target.front() == '/') return std::nullopt;
  std::vector<std::string> parts;
  for (const std::string_view part : base::split(link.path, '/')) parts.emplace_back(part);
  parts.pop_back();
  for (const std::string_view part : base::split(link.target, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.emplace_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  return base::join(parts, "/");
}

base::Location location_of(std::string_view path) { return {base::Symbol(printable(path)), 0, 0}; }

bool accept_name(std::string_view path, base::DiagnosticSink& sink) {
  if (!base::find_invalid_utf8(path)) return true;
  sink.error(k_name_invalid, location_of(path), "the name is not valid UTF-8, so the file was not read", "rename the file");
  return false;
}

bool refuse_lfs_pointer(std::string_view path, std::string_view bytes, base::DiagnosticSink& sink) {
  constexpr std::string_view k_first_line = "version https://git-lfs.github.com/spec/v1\n";
  constexpr std::size_t k_largest_pointer = 1024;  // the specification's limit
  if (bytes.size() > k_largest_pointer || bytes.substr(0, k_first_line.size()) != k_first_line) return false;
  sink.error(k_lfs_pointer, location_of(path), "the file is a Git LFS pointer, its content is not present",
             "run `git lfs pull` before the gate, or keep deployable files out of LFS");
  return true;
}

void report_too_large(std::string_view path, std::uint64_t size, std::uint64_t limit, base::DiagnosticSink& sink) {
  const std::string found = size != 0 ? "the file has " + std::to_string(size) + " bytes" : std::string("the input is larger");
  sink.error(k_file_too_large, location_of(path), found + ", the limit is " + std::to_string(limit) + "; it was not read",
             "leave it out of the source, or raise the limit");
}

void report_links(const std::vector<LinkFound>& links, const SourceTree& tree, const WantedFile& wanted,
                  base::DiagnosticSink& sink) {
  for (const LinkFound& link : links) {
    if (link.to_folder) {
      report_folder_link(link, tree, sink);
      continue;
    }
    if (!is_wanted(wanted, link.path)) continue;
    const auto target = resolve_link(link);
    if (target && holds(tree, *target)) {
      sink.note(k_link_not_followed, location_of(link.path),
                "the symbolic link was not followed; `" + *target + "` is read under its own name");
    } else {
      sink.error(k_link_leads_outside, location_of(link.path),
                 "the symbolic link has the name of an input and leads to nothing that is read",
                 "replace the link by the file that it means");
    }
  }
}

bool is_wanted(const WantedFile& wanted, std::string_view path) { return !wanted || wanted(path); }

unsigned thread_count(const Options& options) {
  constexpr unsigned k_most_threads = 4;
  return options.threads != 0 ? options.threads : std::clamp(std::thread::hardware_concurrency(), 1U, k_most_threads);
}

void sort_files(SourceTree& tree) {
  std::sort(tree.files.begin(), tree.files.end(), [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
}

void refuse_for_count(SourceTree& tree, const Limits& limits, base::DiagnosticSink& sink) {
  tree.files.clear();
  sink.error(k_too_many_files, {},
             "`" + tree.description + "` holds more than " + std::to_string(limits.files) + " files to read or " +
                 std::to_string(limits.entries) + " entries in all; nothing of it is judged",
             "name a smaller folder, or raise the limit");
}

void refuse_for_bytes(SourceTree& tree, const Limits& limits, base::DiagnosticSink& sink) {
  tree.files.clear();
  sink.error(k_too_many_bytes, {},
             "the files of `" + tree.description + "` have more than " + std::to_string(limits.total_bytes) +
                 " bytes together; nothing of it is judged",
             "name a smaller folder, or raise the limit");
}

}  // namespace postern::acquire
