// SPDX-License-Identifier: Apache-2.0
// Names of images, of what bills of materials are about, and of their files.
#include "package/image_name.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::package {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool names_registry(std::string_view repository) {
  const std::string_view first = repository.substr(0, repository.find('/'));
  return first.size() < repository.size() && (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
}

std::string complete(std::string_view repository) {
  constexpr std::string_view k_old_hub = "index.docker.io/";
  std::string name = base::to_lower(repository);
  if (name.starts_with(k_old_hub)) name = "docker.io/" + name.substr(k_old_hub.size());
  if (!names_registry(name)) name = "docker.io/" + name;
  constexpr std::string_view k_hub = "docker.io/";
  const bool is_short = name.starts_with(k_hub) && name.find('/', k_hub.size()) == std::string::npos;
  return is_short ? "docker.io/library/" + name.substr(k_hub.size()) : name;
}

/// `v2` at the end of a Go module's path.
bool is_major_version(std::string_view part) {
  return part.size() > 1 && part[0] == 'v' && std::all_of(part.begin() + 1, part.end(), is_digit);
}

constexpr std::array<std::string_view, 9> k_generic_words = {"bom",  "cdx",  "cyclonedx", "dependencies", "report",
                                                             "sbom", "spdx", "syft",      "trivy"};

bool is_generic(std::string_view word) {
  return std::find(k_generic_words.begin(), k_generic_words.end(), word) != k_generic_words.end();
}

/// Cuts generic words off both ends: `sbom-cart`, `cart.cdx`, `cart_sbom`.
std::string_view without_generic_words(std::string_view stem) {
  constexpr std::string_view k_separators = ".-_";
  for (bool cut = true; cut && !stem.empty();) {
    cut = false;
    const std::size_t last = stem.find_last_of(k_separators);
    if (last != std::string_view::npos && is_generic(stem.substr(last + 1))) {
      stem = stem.substr(0, last);
      cut = true;
    }
    const std::size_t first = stem.find_first_of(k_separators);
    if (first != std::string_view::npos && is_generic(stem.substr(0, first))) {
      stem = stem.substr(first + 1);
      cut = true;
    }
  }
  return is_generic(stem) ? std::string_view() : stem;
}

/// Cuts a version off the end: `-v1.6.3`, `_2.0`.
std::string_view without_version(std::string_view stem) {
  for (std::size_t at = stem.find_first_of("-_@"); at != std::string_view::npos; at = stem.find_first_of("-_@", at + 1)) {
    std::string_view tail = stem.substr(at + 1);
    if (tail.starts_with('v')) tail.remove_prefix(1);
    if (at > 0 && !tail.empty() && is_digit(tail.front()) && tail.find('.') != std::string_view::npos) return stem.substr(0, at);
  }
  return stem;
}

}  // namespace

ImageName image_name(std::string_view reference) {
  ImageName name;
  if (const std::size_t at = reference.find('@'); at != std::string_view::npos) {
    name.digest = reference.substr(at + 1);
    reference = reference.substr(0, at);
  }
  const std::size_t colon = reference.rfind(':');
  // A colon before the last slash belongs to the registry's port.
  if (colon != std::string_view::npos && reference.find('/', colon) == std::string_view::npos) {
    name.tag = reference.substr(colon + 1);
    reference = reference.substr(0, colon);
  }
  name.repository = complete(reference);
  return name;
}

std::vector<std::string> short_names(std::string_view name) {
  std::vector<std::string> names;
  const auto add = [&](std::string_view text) {
    std::string lower = base::to_lower(text);
    if (!lower.empty() && std::find(names.begin(), names.end(), lower) == names.end()) names.push_back(std::move(lower));
  };
  add(name);
  std::string_view path = name.substr(0, name.find('@'));
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos && is_major_version(path.substr(slash + 1))) path = path.substr(0, slash);
  const std::string_view last = base::file_name(path);
  add(last.substr(0, last.find(':')));
  return names;
}

std::string name_in_path(std::string_view path) {
  std::string file = base::to_lower(base::file_name(path));
  if (file.ends_with(".json")) file.resize(file.size() - 5);
  const std::string_view stem = without_version(without_generic_words(file));
  if (!stem.empty()) return std::string(stem);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string folder = base::to_lower(base::file_name(path.substr(0, slash)));
  return std::string(without_version(without_generic_words(folder)));
}

}  // namespace postern::package
