// SPDX-License-Identifier: Apache-2.0
// Reads the rules of CODEOWNERS as GitHub and GitLab understand them.
#include <ingest/catalogue/code_owners.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace postern::ingest::catalogue {
namespace {

using base::Symbol;

constexpr std::string_view k_name = "CODEOWNERS";
constexpr std::size_t k_most_rules = 20'000;

/// The words of a line; a backslash keeps a blank.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      words.back() += line[++i];
    } else if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
      if (!words.back().empty()) words.emplace_back();
    } else if (line[i] == '#' && words.back().empty()) {
      break;
    } else {
      words.back() += line[i];
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// The folder whose paths the file is about: that above .github, .gitlab and docs.
std::string_view scope_of(std::string_view path) {
  const std::string_view folder = base::folder_of(path);
  const std::string_view name = base::file_name(folder);
  return name == ".github" || name == ".gitlab" || name == "docs" || name == ".bitbucket" ? base::folder_of(folder) : folder;
}

std::string number_of(std::size_t rule) {
  const std::string digits = std::to_string(rule);
  return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

model::EntityFact read_file(const SourceFile& file) {
  model::EntityFact entity;
  const std::string_view scope = scope_of(file.path);
  entity.address = Symbol("catalogue/codeowners/" + std::string(scope));
  entity.kind = model::EntityKind::configuration;
  entity.name = Symbol(k_name);
  entity.location = {Symbol(file.path), 1, 1};
  entity.attributes.push_back({&model::attribute::resource_type, {}, {}, Symbol("codeowners"), entity.location});
  std::uint32_t number = 0;
  std::vector<std::string> usual;  // of the section (GitLab) that a line stands in
  for (const std::string_view line : base::split(file.bytes, '\n')) {
    ++number;
    std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    if (words[0].starts_with('[') || words[0].starts_with("^[")) {
      usual.clear();
      std::copy_if(words.begin(), words.end(), std::back_inserter(usual),
                   [](const std::string& word) { return word.find('@') != std::string::npos; });
      continue;
    }
    const std::string pattern = std::exchange(words[0], {});
    words.erase(words.begin());
    const std::string owners = base::join(words.empty() ? usual : words, ", ");
    if (entity.attributes.size() > k_most_rules) break;
    entity.attributes.push_back({&model::attribute::settings,
                                 {},
                                 Symbol(number_of(number) + ' ' + pattern),
                                 Symbol(owners),
                                 {Symbol(file.path), number, 1}});
  }
  return entity;
}

}  // namespace

bool wants_code_owners(std::string_view path) { return path == k_name || path.ends_with("/CODEOWNERS"); }

std::vector<ProjectFile> read_code_owners(const SourceFiles& files, const ProjectSettings&, base::DiagnosticSink&) {
  std::vector<ProjectFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!wants_code_owners(files[i].path)) continue;
    result.push_back({i, false, {}});
    result.back().facts.emplace_back(read_file(files[i]));
  }
  return result;
}

}  // namespace postern::ingest::catalogue
