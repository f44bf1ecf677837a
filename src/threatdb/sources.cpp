// SPDX-License-Identifier: Apache-2.0
// Walks folders for threat data, without following links.
#include "threatdb/sources.h"

#include <postern/base/error.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <cerrno>

#include "platform/file.h"
#include "threatdb/codes.h"
#include "threatdb/epss_reader.h"

namespace postern::threatdb {
namespace {

constexpr std::size_t k_deepest = 32;
constexpr std::size_t k_most_files = 4'000'000;

/// The last part of a path; two of them for names that say nothing alone (`PyPI/all.zip`).
std::string name_of(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::string_view name = base::file_name(path);
  const std::string_view folder = base::file_name(base::folder_of(path));
  return name == "all.zip" && !folder.empty() ? std::string(folder) + "/" + std::string(name) : std::string(name);
}

class Walk {
 public:
  Walk(std::vector<FoundSource>& sources, const ImportPath& top, base::DiagnosticSink& sink)
      : m_sources(sources), m_top(top), m_sink(sink) {}

  void folder(const platform::FileDescriptor& root) {
    m_loose = {m_top.name.empty() ? name_of(m_top.path) : m_top.name, m_top.path, {}, m_top.published, true};
    visit(root, "", 0);
    if (!m_loose.files.empty()) m_sources.push_back(std::move(m_loose));
    if (m_found == 0)
      throw SourceError("the folder " + m_top.path + " holds no threat data", "name advisories of OSV, KEV or EPSS");
    if (m_passed_over > 0)
      m_sink.note(k_not_threat_data, {base::Symbol(m_top.path), 0, 0},
                  std::to_string(m_passed_over) + (m_passed_over == 1 ? " file is" : " files are") + " no threat data by name");
  }

 private:
  void visit(const platform::FileDescriptor& root, const std::string& relative, std::size_t depth) {
    if (depth > k_deepest) throw SourceError("the folder " + m_top.path + " is nested too deeply");
    const platform::FileDescriptor here = platform::open_folder_below(root, relative);
    if (!here) throw SourceError("the folder " + m_top.path + "/" + relative + " cannot be read: " + platform::error_text(errno));
    const platform::FolderListing listing = platform::list_folder(here);
    if (listing.error != 0)
      throw SourceError("the folder " + m_top.path + " cannot be read: " + platform::error_text(listing.error));
    for (const platform::FolderEntry& entry : listing.entries) {
      const std::string path = relative.empty() ? entry.name : relative + "/" + entry.name;
      if (entry.kind == platform::EntryKind::folder) {
        if (!entry.name.starts_with('.')) visit(root, path, depth + 1);
      } else if (entry.kind == platform::EntryKind::file) {
        file(path);
      }
    }
  }

  void file(const std::string& path) {
    const bool is_loose = path.ends_with(".json");
    if (!is_loose && !path.ends_with(".zip") && !path.ends_with(".gz") && !path.ends_with(".csv")) {
      ++m_passed_over;
      return;
    }
    if (++m_found > k_most_files) throw SourceError("the folder " + m_top.path + " holds too many files");
    if (is_loose) {
      m_loose.files.push_back(path);
    } else {
      m_sources.push_back({name_of(m_top.path + "/" + path), m_top.path + "/" + path, {}, m_top.published, false});
    }
  }

  std::vector<FoundSource>& m_sources;
  const ImportPath& m_top;
  base::DiagnosticSink& m_sink;
  FoundSource m_loose;
  std::size_t m_found = 0;
  std::size_t m_passed_over = 0;
};

}  // namespace

Content sniff(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return Content::archive;
  if (bytes.starts_with("\x1F\x8B")) return Content::gzip;
  if (is_epss(bytes)) return Content::scores;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && (bytes[first] == '{' || bytes[first] == '[')) return Content::json;
  return Content::other;
}

std::vector<FoundSource> find_sources(const std::vector<ImportPath>& paths, base::DiagnosticSink& sink) {
  std::vector<FoundSource> sources;
  for (const ImportPath& top : paths) {
    if (const platform::FileDescriptor root = platform::open_folder(top.path)) {
      Walk(sources, top, sink).folder(root);
    } else {
      sources.push_back({top.name.empty() ? name_of(top.path) : top.name, top.path, {}, top.published, true});
    }
  }
  return sources;
}

}  // namespace postern::threatdb
