// SPDX-License-Identifier: Apache-2.0
// What lies beside a lock file: the manifest that says what the whole names itself.
#include <ingest/lockfiles/list.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::lockfiles {

std::string_view text_beside(const LockFile& lock, std::string_view name) {
  const std::string_view folder = base::folder_of(lock.file.path);
  const std::string path = (folder.empty() ? std::string() : std::string(folder) + '/') + std::string(name);
  const auto at = lock.files.find(path);
  return at ? lock.files[*at].bytes : std::string_view();
}

std::optional<document::Document> document_beside(const LockFile& lock, std::string_view name, document::Format format) {
  const std::string_view text = text_beside(lock, name);
  if (text.empty()) return std::nullopt;
  base::DiagnosticSink unheard;
  document::Documents documents = document::read_documents(std::string(text), format, base::Symbol(name), {}, unheard);
  if (documents.empty()) return std::nullopt;
  return documents.front();
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (const std::string_view line : base::split(text, '\n'))
    lines.push_back({line.ends_with('\r') ? line.substr(0, line.size() - 1) : line, lines.size() + 1});
  return lines;
}

NodeManifest wishes_of(const Node& manifest) {
  struct Row {
    std::string_view key;
    Use use;
  };
  constexpr std::array k_rows = {Row{"dependencies", Use::production}, Row{"optionalDependencies", Use::production},
                                 Row{"peerDependencies", Use::production}, Row{"devDependencies", Use::development}};
  NodeManifest result;
  result.name = std::string(manifest["name"].text());
  result.version = std::string(manifest["version"].text());
  for (const Row& row : k_rows) {
    for (const document::Entry entry : manifest[row.key].entries())
      result.wishes.push_back({std::string(entry.key.text()), std::string(entry.value.text()), row.use});
  }
  return result;
}

NodeManifest node_manifest(const LockFile& lock) {
  const auto manifest = document_beside(lock, "package.json", document::Format::json);
  return manifest ? wishes_of(manifest->root()) : NodeManifest();
}

std::string python_name(std::string_view name) {
  std::string result;
  for (const char c : base::to_lower(name)) {
    const bool is_separator = c == '-' || c == '_' || c == '.';
    if (!is_separator) result += c;
    if (is_separator && !result.ends_with('-')) result += '-';
  }
  return result;
}

std::string_view name_of_requirement(std::string_view text) {
  text = base::trim(text);
  const auto end = std::find_if(text.begin(), text.end(), [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
  });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

NodeManifest python_manifest(const LockFile& lock) {
  NodeManifest result;
  const auto manifest = document_beside(lock, "pyproject.toml", document::Format::toml);
  if (!manifest) return result;
  const Node root = manifest->root();
  const Node poetry = root["tool"]["poetry"];
  for (const Node& about : {root["project"], poetry}) {
    if (result.name.empty()) result.name = std::string(about["name"].text());
    if (result.version.empty()) result.version = std::string(about["version"].text());
  }
  const auto add_keys = [&](const Node& table, Use use) {
    for (const document::Entry entry : table.entries()) {
      if (entry.key.text() != "python") result.wishes.push_back({python_name(entry.key.text()), {}, use});
    }
  };
  const auto add_texts = [&](const Node& list, Use use) {
    for (const Node item : list.items()) {
      if (item.is_scalar()) result.wishes.push_back({python_name(name_of_requirement(item.text())), {}, use});
    }
  };
  add_keys(poetry["dependencies"], Use::production);
  add_keys(poetry["dev-dependencies"], Use::development);
  for (const document::Entry group : poetry["group"].entries()) {
    const bool is_main = group.key.text() == "main";
    add_keys(group.value["dependencies"], is_main ? Use::production : Use::development);
  }
  add_texts(root["project"]["dependencies"], Use::production);
  for (const document::Entry extra : root["project"]["optional-dependencies"].entries()) add_texts(extra.value, Use::production);
  for (const Node& groups : {root["dependency-groups"], root["tool"]["pdm"]["dev-dependencies"]}) {
    for (const document::Entry group : groups.entries()) add_texts(group.value, Use::development);
  }
  return result;
}

void name_wishes(const NodeManifest& manifest, const std::map<std::string, std::vector<List::Index>>& places, List& list) {
  for (const NodeManifest::Wish& wish : manifest.wishes) {
    const auto place = places.find(wish.name);
    if (place == places.end()) continue;
    for (const List::Index index : place->second) list.name_directly(index, wish.use);
  }
}

}  // namespace postern::ingest::lockfiles
