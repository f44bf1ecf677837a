// SPDX-License-Identifier: Apache-2.0
// From which file each document of a rendered text came.
#include <algorithm>
#include <map>
#include <variant>

#include "app/rendering.h"
#include "ingest/project.h"

namespace postern::app {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool begins_document(std::string_view line) { return line.starts_with("---") && (line.size() == 3 || line[3] <= ' '); }

std::string joined(std::string_view folder, std::string_view path) {
  const auto normal = ingest::normal_path(folder.empty() ? std::string(path) : std::string(folder) + "/" + std::string(path));
  return normal.value_or(std::string());
}

/// Texts by path, in the order in which they came up.
class Texts {
 public:
  void add(const std::string& path, std::string_view document) {
    if (document.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    const auto [at, fresh] = m_places.emplace(path, m_files.size());
    if (fresh) m_files.push_back({path, {}});
    std::string& text = m_files[at->second].text;
    text.append("---\n").append(document);
    if (!text.ends_with('\n')) text += '\n';
  }
  std::vector<RenderedFile> finish() { return std::move(m_files); }

 private:
  std::map<std::string, std::size_t> m_places;
  std::vector<RenderedFile> m_files;
};

std::string_view without_end(std::string_view line) { return line.substr(0, line.find_last_not_of("\r\n") + 1); }

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

/// One document of a kustomization without its annotation of origin, and the path that stood there.
struct Origin {
  std::string path;
  std::string document;
};

Origin take_origin(const std::vector<std::string_view>& lines) {
  constexpr std::string_view k_annotation = "config.kubernetes.io/origin: |";
  Origin origin;
  bool inside = false;
  std::size_t indent = 0;
  for (const std::string_view line : lines) {
    const std::string_view text = without_end(line);
    const std::size_t own = indent_of(text);
    if (inside && own > indent) {
      const std::string_view entry = text.substr(own);
      for (const std::string_view key : {"path: ", "configuredIn: "}) {
        if (entry.starts_with(key)) origin.path = entry.substr(key.size());
      }
      continue;
    }
    inside = text.substr(own).starts_with(k_annotation);
    indent = own;
    if (!inside) origin.document += line;
  }
  return origin;
}

/// The suffix that kustomize puts behind names of generated objects: another text, another name.
bool has_hash(std::string_view name) {
  constexpr std::size_t k_length = 11;
  constexpr std::string_view k_letters = "2456789bcdfghkmt";
  if (name.size() <= k_length || name[name.size() - k_length] != '-') return false;
  return name.substr(name.size() - k_length + 1).find_first_not_of(k_letters) == std::string_view::npos;
}

/// Names of generated objects, with the hash of what is in them.
std::vector<std::string> generated_names(std::string_view output) {
  std::vector<std::string> names;
  bool generated = false;
  for (const std::string_view line : lines_of(output)) {
    const std::string_view text = without_end(line);
    const std::string_view entry = text.substr(indent_of(text));
    if (begins_document(line)) generated = false;
    if (entry == "kind: ConfigMapGenerator" || entry == "kind: SecretGenerator") generated = true;
    constexpr std::string_view k_name = "  name: ";
    if (generated && text.starts_with(k_name) && has_hash(text)) names.emplace_back(text.substr(k_name.size()));
  }
  return names;
}

/// The output without those hashes: an object with another text is the same object.
std::string without_hashes(std::string_view output) {
  constexpr std::size_t k_length = 11;
  std::string text(output);
  for (const std::string& name : generated_names(output)) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.erase(at + name.size() - k_length, k_length);
    }
  }
  return text;
}

struct LineForgetter {
  static void forget(model::Location& location) {
    location.line = 0;
    location.column = 0;
  }
  static void forget(std::vector<model::Attribute>& rows) {
    for (model::Attribute& row : rows) forget(row.location);
  }
  void operator()(model::EntityFact& fact) const {
    forget(fact.attributes);
    forget(fact.location);
  }
  void operator()(model::ReferenceFact& fact) const {
    forget(fact.attributes);
    forget(fact.location);
  }
  template <class Other>
  void operator()(Other& fact) const {
    forget(fact.location);
  }
};

}  // namespace

std::vector<RenderedFile> split_chart(std::string_view output, std::string_view folder) {
  constexpr std::string_view k_source = "# Source: ";
  const std::string chart = joined(folder, "Chart.yaml");
  Texts texts;
  std::string path = chart;
  std::string document;
  const auto finish = [&] {
    texts.add(path, document);
    document.clear();
  };
  for (const std::string_view line : lines_of(output)) {
    if (begins_document(line)) {
      finish();
    } else if (line.starts_with(k_source) && document.empty()) {
      // The first part is the chart's name, the rest lies in its folder.
      const std::string_view named = without_end(line.substr(k_source.size()));
      const std::size_t slash = named.find('/');
      const std::string below = slash == std::string_view::npos ? std::string() : joined({}, named.substr(slash + 1));
      path = below.empty() ? chart : joined(folder, below);
    } else {
      document += line;
    }
  }
  finish();
  return texts.finish();
}

std::vector<RenderedFile> split_kustomization(std::string_view output, std::string_view folder) {
  const std::string own = joined(folder, "kustomization.yaml");
  const std::string text = without_hashes(output);
  Texts texts;
  std::vector<std::string_view> document;
  const auto finish = [&] {
    const Origin origin = take_origin(document);
    const std::string path = origin.path.empty() ? std::string() : joined(folder, origin.path);
    texts.add(path.empty() ? own : path, origin.document);
    document.clear();
  };
  for (const std::string_view line : lines_of(text)) {
    if (begins_document(line)) {
      finish();
    } else {
      document.push_back(line);
    }
  }
  finish();
  return texts.finish();
}

void forget_lines(model::Fact& fact) { std::visit(LineForgetter{}, fact); }

}  // namespace postern::app
