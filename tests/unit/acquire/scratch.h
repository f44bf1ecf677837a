// SPDX-License-Identifier: Apache-2.0
// A temporary folder with files and, where asked for, a real git repository made by the `git` program.
#pragma once
#include <acquire/acquire.h>
#include <postern/base/error.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire::testing {

/// Removed with everything in it at the end of its scope.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "postern-acquire-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_root = std::filesystem::canonical(name);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(m_root, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string at(std::string_view path) const { return (m_root / path).string(); }
  [[nodiscard]] std::string root() const { return m_root.string(); }

  void write(std::string_view path, std::string_view text) const {
    const std::filesystem::path file = m_root / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  void link(std::string_view path, const std::string& target) const {
    std::filesystem::create_directories((m_root / path).parent_path());
    std::filesystem::create_symlink(target, m_root / path);
  }

  /// Runs git in `folder` below the root without any configuration of the machine; returns its output without the last newline.
  std::string git(const std::string& arguments, std::string_view folder = "", std::string_view input = "") const {
    const std::string in = at(".git-input");
    const std::string directory = folder.empty() ? root() : at(folder);
    if (!input.empty()) std::ofstream(in, std::ios::binary) << input;
    const std::string command =
        "cd '" + directory +
        "' && env -i PATH=\"$PATH\" HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null "
        "GIT_AUTHOR_NAME=Author GIT_AUTHOR_EMAIL=author@example.org GIT_COMMITTER_NAME=Author "
        "GIT_COMMITTER_EMAIL=author@example.org "
        "GIT_AUTHOR_DATE='2024-01-01T00:00:00Z' GIT_COMMITTER_DATE='2024-01-01T00:00:00Z' git -c init.defaultBranch=main "
        "-c protocol.file.allow=always -c safe.directory='*' -c core.quotePath=false " +
        arguments + (input.empty() ? " </dev/null" : " <'" + in + "'") + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string output;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0;) output.append(buffer.data(), got);
    m_status = ::pclose(pipe);
    if (!input.empty()) std::filesystem::remove(in);
    while (!output.empty() && output.back() == '\n') output.pop_back();
    return output;
  }
  /// Of the last git command; 0 is success.
  [[nodiscard]] int status() const { return m_status; }

  /// Commits everything below `folder` and returns the commit's id.
  std::string commit(const std::string& message = "change", std::string_view folder = "") const {
    git("add -A", folder);
    git("commit -q --allow-empty -m '" + message + "'", folder);
    return git("rev-parse HEAD", folder);
  }

 private:
  std::filesystem::path m_root;
  mutable int m_status = 0;
};

inline std::vector<std::string> paths_of(const SourceTree& tree) {
  std::vector<std::string> paths;
  for (const InputFile& file : tree.files) paths.push_back(file.path);
  return paths;
}

using Paths = std::vector<std::string>;

inline std::vector<std::string> codes_of(const base::DiagnosticSink& sink) {
  std::vector<std::string> codes;
  for (const base::Diagnostic& diagnostic : sink.all()) codes.push_back(diagnostic.code);
  return codes;
}

/// Accepts YAML and JSON by extension.
inline bool is_yaml_or_json(std::string_view path) {
  const auto ends = [&](std::string_view end) { return path.size() >= end.size() && path.substr(path.size() - end.size()) == end; };
  return ends(".yaml") || ends(".yml") || ends(".json");
}

inline Options options_in(const Scratch& scratch, std::string_view folder = "") {
  Options options;
  options.wanted = is_yaml_or_json;
  options.working_folder = folder.empty() ? scratch.root() : scratch.at(folder);
  return options;
}

inline SourceTree load(const Options& options, std::string_view source, base::DiagnosticSink& sink) {
  return Acquirer(options).load(parse_source(source), sink);
}

/// What a load throws: its message and hint in one text, empty when it does not throw.
template <typename Expected = SourceError, typename Action>
std::string trouble_of(Action action) {
  try {
    action();
  } catch (const Expected& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return {};
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace postern::acquire::testing
