// SPDX-License-Identifier: Apache-2.0
// Finds the programs, lays out private copies, and says what went wrong.
#include "app/rendering.h"

#include <postern/base/error.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "connection/redact.h"
#include "ingest/codes.h"
#include "ingest/project.h"
#include "platform/private_folder.h"
#include "platform/program.h"

namespace postern::app {
namespace {

using ingest::RenderedKind;
using ingest::RenderedSource;

constexpr std::string_view k_tree = "tree";
constexpr std::size_t k_most_copied = std::size_t{512} << 20U;

struct Tool {
  std::string path;
  std::vector<std::string> arguments;  ///< before those of the call
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::optional<Tool> tool_of(const char* setting, std::string_view name) {
  if (std::getenv(setting) == nullptr) {
    const auto path = platform::find_program(name, variable("PATH"));
    return path ? std::optional(Tool{*path, {}}) : std::nullopt;
  }
  const std::string named = variable(setting);
  return named.starts_with('/') ? std::optional(Tool{named, {}}) : std::nullopt;
}

std::optional<Tool> helm() { return tool_of("POSTERN_HELM", "helm"); }

std::optional<Tool> kustomize() {
  constexpr const char* k_setting = "POSTERN_KUSTOMIZE";
  if (auto tool = tool_of(k_setting, "kustomize")) {
    tool->arguments = {"build"};
    return tool;
  }
  if (std::getenv(k_setting) != nullptr) return std::nullopt;
  const auto path = platform::find_program("kubectl", variable("PATH"));
  return path ? std::optional(Tool{*path, {"kustomize"}}) : std::nullopt;
}

std::string with_folder(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

/// One source while it is rendered.
class SourceRendering {
 public:
  SourceRendering(const acquire::SourceTree& tree, const std::vector<std::string>& values, std::size_t most,
                  base::DiagnosticSink& sink)
      : m_tree(tree), m_values(values), m_most(most), m_sink(sink) {}

  std::optional<std::vector<RenderedFile>> chart(const Tool& tool, const RenderedSource& source) {
    const acquire::InputFile* definition = file(with_folder(source.directory, "Chart.yaml"));
    if (definition == nullptr || !copy(source.directory)) return std::nullopt;
    std::vector<std::string> words{"template", release_of(*definition), place(source.directory), "--skip-tests"};
    for (const std::string& values : m_values) {
      const auto path = own_path(values);
      const acquire::InputFile* found = path && ingest::is_document_file(*path) && is_for(*path, source) ? file(*path) : nullptr;
      if (found == nullptr) continue;
      m_folder.write(std::string(k_tree) + "/" + *path, *found->bytes);
      words.insert(words.end(), {"--values", place(*path)});
    }
    const auto output = run(tool, std::move(words), source, "chart");
    if (!output) return std::nullopt;
    return split_chart(*output, source.directory);
  }

  /// All kustomizations below that nobody else takes as a part; of several the ones that the environment names.
  std::optional<std::vector<RenderedFile>> kustomizations(const Tool& tool, const RenderedSource& source,
                                                          const std::set<std::string>& parts) {
    if (!copy({})) return std::nullopt;
    std::vector<RenderedFile> all;
    for (const std::string& folder : roots_of(source, parts)) {
      ask_for_origins(folder);
      const auto output = run(tool, {place(folder)}, {source.kind, folder, source.files}, "kustomization");
      if (!output) return std::nullopt;
      use(folder);
      std::vector<RenderedFile> files = split_kustomization(*output, folder);
      std::move(files.begin(), files.end(), std::back_inserter(all));
    }
    return all;
  }

  /// Folders and files that kustomizations of this source take as their parts.
  [[nodiscard]] std::set<std::string> parts() const {
    std::set<std::string> found;
    for (const acquire::InputFile& each : m_tree.files) {
      if (ingest::is_kustomization_file(each.path)) found.merge(parts_of(each));
    }
    return found;
  }

  /// Files that were read by what was rendered: they say nothing by themselves any more.
  [[nodiscard]] const std::set<std::string>& used() const { return m_used; }

 private:
  static std::set<std::string> parts_of(const acquire::InputFile& kustomization) {
    std::set<std::string> found;
    base::DiagnosticSink unheard;
    const auto documents =
        document::read_documents(*kustomization.bytes, document::Format::yaml, base::Symbol(kustomization.path), {}, unheard);
    for (const document::Document& document : documents) {
      for (const std::string_view key : {"bases", "components", "resources"}) {
        for (const document::Node item : document.root()[key].items()) {
          const auto path = ingest::normal_path(with_folder(base::folder_of(kustomization.path), item.text()));
          if (path) found.insert(*path);
        }
      }
    }
    return found;
  }

  /// Follows a kustomization to the files of all its parts.
  void use(const std::string& folder) {
    for (const std::string_view name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
      const acquire::InputFile* found = file(with_folder(folder, name));
      if (found == nullptr || !m_used.insert(found->path).second) continue;
      for (const std::string& part : parts_of(*found)) {
        if (file(part) != nullptr) {
          m_used.insert(part);
        } else {
          use(part);
        }
      }
    }
  }

  [[nodiscard]] const acquire::InputFile* file(std::string_view path) const {
    const auto at = std::lower_bound(m_tree.files.begin(), m_tree.files.end(), path,
                                     [](const acquire::InputFile& each, std::string_view text) { return each.path < text; });
    return at == m_tree.files.end() || at->path != path ? nullptr : &*at;
  }

  /// A path as the configuration knows it -> relative to the source; nothing for what lies elsewhere.
  [[nodiscard]] std::optional<std::string> own_path(std::string_view known) const {
    const auto normal = ingest::normal_path(known);
    if (!normal) return std::nullopt;
    if (m_tree.root.empty()) return normal;
    if (*normal == m_tree.root) return std::string();
    return is_below(*normal, m_tree.root) ? std::optional(normal->substr(m_tree.root.size() + 1)) : std::nullopt;
  }

  /// Values of the chart's own, and such as belong to no chart at all.
  [[nodiscard]] bool is_for(const std::string& path, const RenderedSource& chart) const {
    if (is_below(path, chart.directory)) return true;
    for (std::string_view folder = base::folder_of(path);; folder = base::folder_of(folder)) {
      if (file(with_folder(folder, "Chart.yaml")) != nullptr) return false;
      if (folder.empty()) return true;
    }
  }

  [[nodiscard]] std::vector<std::string> roots_of(const RenderedSource& source, const std::set<std::string>& parts) const {
    std::vector<std::string> roots;
    std::vector<std::string> named;
    for (const acquire::InputFile& each : m_tree.files) {
      if (!ingest::is_kustomization_file(each.path)) continue;
      std::string folder(base::folder_of(each.path));
      if (folder != source.directory && !is_below(folder, source.directory)) continue;
      // A component changes what others build, and is nothing by itself.
      if (each.bytes->starts_with("kind: Component") || each.bytes->find("\nkind: Component") != std::string::npos) continue;
      if (is_named(folder)) named.push_back(folder);
      if (!parts.contains(folder)) roots.push_back(std::move(folder));
    }
    if (any_named()) return named;
    return roots;
  }

  [[nodiscard]] bool is_named(const std::string& folder) const {
    return std::any_of(m_values.begin(), m_values.end(), [&](const std::string& values) {
      const auto path = own_path(values);
      return path && (*path == folder || (ingest::is_kustomization_file(*path) && base::folder_of(*path) == folder));
    });
  }

  /// Whether the environment names a kustomization of this source at all.
  [[nodiscard]] bool any_named() const {
    return std::any_of(m_tree.files.begin(), m_tree.files.end(), [&](const acquire::InputFile& each) {
      return ingest::is_kustomization_file(each.path) && is_named(std::string(base::folder_of(each.path)));
    });
  }

  static std::string release_of(const acquire::InputFile& definition) {
    base::DiagnosticSink unheard;
    const auto documents =
        document::read_documents(*definition.bytes, document::Format::yaml, base::Symbol(definition.path), {}, unheard);
    const std::string name = documents.empty() ? std::string() : std::string(documents.front().root()["name"].text());
    // What Helm allows as the name of a release.
    constexpr std::size_t k_longest = 53;
    const bool usable = !name.empty() && name.size() <= k_longest &&
                        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos &&
                        name.front() != '-';
    return usable ? name : "release";
  }

  [[nodiscard]] std::string place(std::string_view relative) const {
    return m_folder.path() + "/" + with_folder(std::string(k_tree), relative);
  }

  bool copy(std::string_view folder) {
    for (const acquire::InputFile& each : m_tree.files) {
      if (!is_below(each.path, folder) || !m_copied.insert(each.path).second) continue;
      m_bytes += each.bytes->size();
      if (m_bytes > k_most_copied) return fail(folder, "it is larger than what is copied for rendering");
      m_folder.write(std::string(k_tree) + "/" + each.path, *each.bytes);
    }
    return true;
  }

  /// Kustomize says then from which file each object comes.
  void ask_for_origins(const std::string& folder) {
    for (const std::string_view name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
      const acquire::InputFile* found = file(with_folder(folder, name));
      if (found == nullptr) continue;
      const bool asks = found->bytes->find("buildMetadata") != std::string::npos;
      const bool block = found->bytes->find_first_not_of(" \t\r\n") != std::string::npos && found->bytes->front() != '{';
      if (!asks && block)
        m_folder.write(std::string(k_tree) + "/" + found->path, *found->bytes + "\nbuildMetadata: [originAnnotations]\n");
      return;
    }
  }

  std::optional<std::string> run(const Tool& tool, std::vector<std::string> words, const RenderedSource& source,
                                 std::string_view what) {
    const std::string home = m_folder.make("home");
    platform::Program program;
    program.path = tool.path;
    program.arguments = tool.arguments;
    program.arguments.insert(program.arguments.end(), words.begin(), words.end());
    program.folder = m_folder.make("work");
    // An empty folder as PATH: no plugin, no git, no other program.
    const std::string empty = m_folder.make("empty");
    program.environment = {{"GOMAXPROCS", "2"},
                           {"GOMEMLIMIT", "1GiB"},
                           {"HELM_CACHE_HOME", home + "/cache"},
                           {"HELM_CONFIG_HOME", home + "/config"},
                           {"HELM_DATA_HOME", home + "/data"},
                           {"HELM_NO_PLUGINS", "1"},
                           {"HOME", home},
                           {"HTTPS_PROXY", "http://127.0.0.1:9"},
                           {"HTTP_PROXY", "http://127.0.0.1:9"},
                           {"KUBECONFIG", "/dev/null"},
                           {"LC_ALL", "C.UTF-8"},
                           {"PATH", empty},
                           {"TMPDIR", m_folder.make("temporary")},
                           {"XDG_CONFIG_HOME", home + "/config"}};
    platform::ProgramLimits limits;
    limits.output = m_most;
    const platform::ProgramResult result = platform::run_program(program, limits);
    if (result.end == platform::ProgramEnd::finished && result.code == 0) return result.output;
    (void)fail(source.directory, "the " + std::string(what) + " cannot be rendered: " + reason_of(result));
    return std::nullopt;
  }

  /// The first line that the program wrote on standard error, without secrets and places of the copy.
  [[nodiscard]] std::string reason_of(const platform::ProgramResult& result) const {
    using platform::ProgramEnd;
    if (result.end == ProgramEnd::too_slow) return "it took too long";
    if (result.end == ProgramEnd::too_much) return "it came to more than may be read";
    if (result.end == ProgramEnd::killed) return "the program was ended by signal " + std::to_string(result.code);
    if (result.end == ProgramEnd::not_started) return "the program cannot be started without network";
    constexpr std::size_t k_longest = 300;
    std::string line = result.errors.substr(0, result.errors.find('\n'));
    for (const std::string& path : {place({}) + "/", place({}), m_folder.path()}) {
      for (std::size_t at = line.find(path); at != std::string::npos; at = line.find(path)) line.erase(at, path.size());
    }
    // What kubectl puts before it is the time and its process: never the same twice.
    constexpr std::string_view k_error = "err=\"";
    if (const std::size_t at = line.find(k_error); at != std::string::npos) {
      line.erase(0, at + k_error.size());
      if (line.ends_with('"')) line.pop_back();
    }
    line = connection::redact_text(line).text.substr(0, k_longest);
    return line.empty() ? "exit code " + std::to_string(result.code) : line;
  }

  bool fail(std::string_view directory, const std::string& message) {
    m_sink.error(std::string(ingest::code::k_not_rendered), {base::Symbol(directory.empty() ? "." : directory), 0, 0}, message,
                 "correct it, or render it yourself and give the result to Postern");
    return false;
  }

  const acquire::SourceTree& m_tree;
  const std::vector<std::string>& m_values;
  std::size_t m_most;
  base::DiagnosticSink& m_sink;
  platform::PrivateFolder m_folder;
  std::set<std::string> m_copied;
  std::set<std::string> m_used;
  std::size_t m_bytes = 0;
};

}  // namespace

std::vector<RenderedFile> Renderer::render(const acquire::SourceTree& tree, ingest::SourceLayout& layout,
                                           base::DiagnosticSink& sink) const {
  std::vector<RenderedFile> all;
  // A file that was named itself is read as it is.
  if (layout.rendered.empty() || tree.files.size() < 2) return all;
  const auto wants = [&](RenderedKind kind) {
    return std::any_of(layout.rendered.begin(), layout.rendered.end(),
                       [&](const RenderedSource& source) { return source.kind == kind; });
  };
  const std::optional<Tool> charts = wants(RenderedKind::chart) ? helm() : std::nullopt;
  const std::optional<Tool> overlays = wants(RenderedKind::kustomization) ? kustomize() : std::nullopt;
  if (!charts && !overlays) return all;
  SourceRendering rendering(tree, m_values, m_most, sink);
  const std::set<std::string> parts = overlays ? rendering.parts() : std::set<std::string>();
  std::vector<RenderedSource> left;
  for (const RenderedSource& source : layout.rendered) {
    std::optional<std::vector<RenderedFile>> files;
    if (source.kind == RenderedKind::chart ? charts.has_value() : overlays.has_value()) {
      files = source.kind == RenderedKind::chart ? rendering.chart(*charts, source)
                                                 : rendering.kustomizations(*overlays, source, parts);
    } else {
      left.push_back(source);
    }
    if (files) std::move(files->begin(), files->end(), std::back_inserter(all));
  }
  layout.rendered = std::move(left);
  std::erase_if(layout.raw, [&](const std::string& path) { return rendering.used().contains(path); });
  return all;
}

}  // namespace postern::app
