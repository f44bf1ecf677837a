// SPDX-License-Identifier: Apache-2.0
// Recognises charts and kustomizations from the names of files.
#include <ingest/codes.h>
#include <ingest/project.h>
#include <ingest/source_layout.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>

namespace postern::ingest {
namespace {

constexpr std::array<std::string_view, 3> k_extensions = {".yaml", ".yml", ".json"};
/// Kinds of files that may hold a report of another tool or a bill of materials, and mostly hold something else.
constexpr std::array<std::string_view, 6> k_report_extensions = {".csv", ".jsonl", ".ndjson", ".sarif", ".spdx", ".xml"};
constexpr std::array<std::string_view, 3> k_kustomizations = {"Kustomization", "kustomization.yaml", "kustomization.yml"};
/// Parts of a chart that Helm reads itself; other files beside them (examples, rendered results) are ordinary files.
constexpr std::array<std::string_view, 5> k_chart_folders = {"charts/", "ci/", "crds/", "templates/", "tests/"};
constexpr std::array<std::string_view, 5> k_chart_files = {".helmignore", "Chart.lock", "Chart.yaml", "requirements.yaml",
                                                           "values.schema.json"};

template <class Words>
bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Extensions>
bool has_extension(std::string_view path, const Extensions& extensions) {
  const std::string_view name = base::file_name(path);
  const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size()));
  const auto same = [&](std::string_view known) { return base::equals_ignoring_case(known, extension); };
  return std::any_of(extensions.begin(), extensions.end(), same);
}

/// The part of `path` below `directory`, or nothing when it lies elsewhere.
std::optional<std::string_view> below(std::string_view path, std::string_view directory) {
  if (directory.empty()) return path;
  if (path.size() <= directory.size() || !path.starts_with(directory) || path[directory.size()] != '/') return std::nullopt;
  return path.substr(directory.size() + 1);
}

bool is_chart_part(std::string_view relative) {
  if (contains(k_chart_files, relative)) return true;
  const auto in_folder = [&](std::string_view folder) { return relative.starts_with(folder); };
  if (std::any_of(k_chart_folders.begin(), k_chart_folders.end(), in_folder)) return true;
  return relative.find('/') == std::string_view::npos && relative.starts_with("values") && is_document_file(relative);
}

bool belongs(std::string_view path, const RenderedSource& source) {
  const auto relative = below(path, source.directory);
  return relative && (source.kind == RenderedKind::kustomization || is_chart_part(*relative));
}

std::vector<RenderedSource> find_rendered(std::span<const std::string> paths, std::span<const std::string> plain) {
  std::vector<RenderedSource> all;
  for (const std::string& path : paths) {
    const std::string_view name = base::file_name(path);
    if (name == "Chart.yaml") all.push_back({RenderedKind::chart, std::string(base::folder_of(path)), 0});
    if (is_kustomization_file(path) && !std::binary_search(plain.begin(), plain.end(), path))
      all.push_back({RenderedKind::kustomization, std::string(base::folder_of(path)), 0});
  }
  std::sort(all.begin(), all.end(), [](const RenderedSource& a, const RenderedSource& b) {
    return std::tie(a.directory, a.kind) < std::tie(b.directory, b.kind);
  });
  std::vector<RenderedSource> outermost;
  for (RenderedSource& source : all) {
    const std::string marker = (source.directory.empty() ? "" : source.directory + "/") +
                               std::string(source.kind == RenderedKind::chart ? "Chart.yaml" : k_kustomizations[0]);
    const auto inside = [&](const RenderedSource& outer) { return belongs(marker, outer); };
    if (std::none_of(outermost.begin(), outermost.end(), inside)) outermost.push_back(std::move(source));
  }
  return outermost;
}

std::string place(std::string_view root, const std::string& directory) {
  if (root.empty()) return directory.empty() ? "." : directory;
  return directory.empty() ? std::string(root) : std::string(root) + "/" + directory;
}

}  // namespace

bool is_candidate_file(std::string_view path) {
  return is_document_file(path) || is_project_file(path) || is_rendering_file(path) || is_report_file(path);
}

bool is_rendering_file(std::string_view path) {
  const std::string_view name = base::file_name(path);
  const bool packed = name.ends_with(".tgz") && (path.starts_with("charts/") || path.find("/charts/") != std::string_view::npos);
  return packed || name.ends_with(".tpl") || name == ".helmignore" || name == "NOTES.txt";
}

bool is_document_file(std::string_view path) {
  return base::file_name(path) == k_kustomizations[0] || has_extension(path, k_extensions);
}

bool is_report_file(std::string_view path) { return has_extension(path, k_report_extensions); }

bool is_kustomization_file(std::string_view path) { return contains(k_kustomizations, base::file_name(path)); }

bool is_plain_kustomization(std::string_view text) {
  // Everything else that a kustomization may say changes the resources or brings others in.
  constexpr std::array<std::string_view, 5> k_harmless = {"apiVersion", "kind", "metadata", "resources", "sortOptions"};
  base::DiagnosticSink ignored;
  const auto documents =
      document::read_documents(std::string(text), document::Format::yaml, base::Symbol("kustomization"), {}, ignored);
  if (ignored.has_errors() || documents.size() != 1 || !documents.front().root().is_mapping()) return false;
  const document::Node root = documents.front().root();
  for (const document::Entry entry : root.entries()) {
    if (!contains(k_harmless, entry.key.text())) return false;
  }
  if (root["kind"] && root["kind"].text() != "Kustomization") return false;
  for (const document::Node item : root["resources"].items()) {
    const std::string_view resource = item.text();
    const bool local = item.is_scalar() && !resource.empty() && resource[0] != '/' &&
                       resource.find("..") == std::string_view::npos && resource.find(':') == std::string_view::npos &&
                       resource.find('?') == std::string_view::npos;
    if (!local) return false;
  }
  return root["resources"].size() > 0;
}

SourceLayout arrange(std::span<const std::string> paths, std::span<const std::string> plain) {
  SourceLayout layout;
  layout.rendered = find_rendered(paths, plain);
  for (const std::string& path : paths) {
    if (std::binary_search(plain.begin(), plain.end(), path)) continue;
    const auto owner = std::find_if(layout.rendered.begin(), layout.rendered.end(),
                                    [&](const RenderedSource& source) { return belongs(path, source); });
    if (owner == layout.rendered.end()) {
      layout.raw.push_back(path);
    } else if (is_document_file(path)) {
      ++owner->files;
    }
  }
  std::sort(layout.raw.begin(), layout.raw.end());
  return layout;
}

void report_unrendered(const SourceLayout& layout, std::string_view root, base::DiagnosticSink& sink) {
  for (const RenderedSource& source : layout.rendered) {
    const std::string where = place(root, source.directory);
    const base::Location location{base::Symbol(source.directory.empty() ? "." : source.directory), 0, 0};
    const std::string files = std::to_string(source.files) + (source.files == 1 ? " file" : " files");
    if (source.kind == RenderedKind::chart) {
      sink.error(std::string(code::k_chart), location,
                 "a Helm chart, which must be rendered before it can be judged (" + files + ")",
                 "run `helm template RELEASE " + where + " > rendered.yaml` and give the result to Postern");
    } else {
      sink.error(std::string(code::k_kustomization), location,
                 "a kustomization, which must be rendered before it can be judged (" + files + ")",
                 "run `kustomize build " + where + " > rendered.yaml` and give the result to Postern");
    }
  }
}

}  // namespace postern::ingest
