// SPDX-License-Identifier: Apache-2.0
// Finds specifications by what their files hold.
#include <ingest/openapi/project.h>
#include <ingest/openapi/specification.h>
#include <ingest/source_layout.h>
#include <postern/base/search.h>

#include <algorithm>
#include <array>
#include <map>

namespace postern::ingest::openapi {
namespace {

/// Whether a line or member of the file may be what makes it a specification; most files are told by this alone.
bool may_be_specification(const SourceFile& file) {
  if (!file.hints.hold(Hint::specification)) return false;
  const std::string_view text = file.bytes;
  constexpr std::array<std::string_view, 3> k_words = {"openapi", "swagger", "asyncapi"};
  const auto is_key = [&](std::string_view word) {
    for (std::size_t at = base::find_word(text, word); at != std::string_view::npos; at = base::find_word(text, word, at + 1)) {
      const char before = at == 0 ? '\n' : text[at - 1];
      const std::size_t end = at + word.size();
      const char after = end < text.size() ? text[end] : '\0';
      const bool yaml = (before == '\n' || before == '\xBF') && (after == ':' || after == ' ');
      const bool json = (before == '"' || before == '\'') && (after == '"' || after == '\'');
      if (yaml || json) return true;
    }
    return false;
  };
  return std::any_of(k_words.begin(), k_words.end(), is_key);
}

}  // namespace

bool wants_specification(std::string_view) { return false; }

std::vector<ProjectFile> read_specifications(const SourceFiles& files, const ProjectSettings& settings,
                                             base::DiagnosticSink& sink) {
  Library library(files, settings.limits, sink);
  std::vector<FoundInterface> found;
  std::map<std::size_t, ProjectFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!is_document_file(files[i].path) || !may_be_specification(files[i])) continue;
    // What a document says that is no specification after all is said when it is read as what it is.
    base::DiagnosticSink trial;
    Library glance(files, settings.limits, trial);
    const Place look = glance.root(i);
    const bool is_open = is_openapi(look.node);
    if (!is_open && !is_asyncapi(look.node)) continue;
    const Place root = library.root(i);
    found.push_back(
        {i, std::string(files.below_root(files[i].path)), is_open ? read_openapi(root, library) : read_asyncapi(root, library)});
    result[i] = {i, false, {}};
  }
  const std::vector<std::string> names = names_of(found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    result[found[i].file].facts.emplace_back(entity_of(found[i].interface, names[i]));
  }
  for (const std::size_t file : library.referred()) result.try_emplace(file, ProjectFile{file, false, {}});
  std::vector<ProjectFile> list;
  for (auto& [file, read] : result) list.push_back(std::move(read));
  return list;
}

}  // namespace postern::ingest::openapi
