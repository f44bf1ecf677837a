// SPDX-License-Identifier: Apache-2.0
// Takes addresses apart.
#include <ingest/terraform/address.h>

#include <algorithm>
#include <array>

namespace postern::ingest::terraform {

std::vector<std::string_view> parts_of(std::string_view address) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  bool inside = false;
  bool quoted = false;
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    if (c == '\\' && quoted) {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '[' || c == ']')) {
      inside = c == '[';
    } else if (c == '.' && !inside && !quoted) {
      parts.push_back(address.substr(start, at - start));
      start = at + 1;
    }
  }
  parts.push_back(address.substr(start));
  return parts;
}

std::string_view without_index(std::string_view part) { return part.substr(0, part.find('[')); }

std::string module_path(std::string_view module_address) {
  std::string path;
  if (module_address.empty()) return path;
  for (const std::string_view part : parts_of(module_address)) path += (path.empty() ? "" : ".") + std::string(without_index(part));
  return path;
}

std::string label_of(std::string_view address) {
  constexpr std::array<std::string_view, 6> k_silent = {"this", "main", "default", "example", "self", "resource"};
  const std::vector<std::string_view> parts = parts_of(address);
  const std::string_view last = without_index(parts.back());
  const bool silent = std::find(k_silent.begin(), k_silent.end(), last) != k_silent.end();
  if (!silent) return std::string(last);
  for (std::size_t at = parts.size(); at-- > 1;) {
    if (parts[at - 1] == "module") return std::string(without_index(parts[at]));
  }
  return std::string(last);
}

SplitReference split_reference(std::string_view reference) {
  const std::vector<std::string_view> parts = parts_of(reference);
  constexpr std::array<std::string_view, 9> k_other = {"var",       "local", "each",   "count",    "path",
                                                       "terraform", "self",  "module", "ephemeral"};
  if (std::find(k_other.begin(), k_other.end(), without_index(parts.front())) != k_other.end()) return {};
  const std::size_t length = parts.front() == "data" ? 3 : 2;
  if (parts.size() < length) return {};
  SplitReference split;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string& into = i < length ? split.address : split.attribute;
    into += (into.empty() ? "" : ".") + std::string(parts[i]);
  }
  return split;
}

}  // namespace postern::ingest::terraform
