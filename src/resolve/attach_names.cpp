// SPDX-License-Identifier: Apache-2.0
// Names without what they are decorated with.
#include "resolve/attach_names.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::resolve {
namespace {

constexpr std::array<std::string_view, 14> k_store_words = {"postgresql", "postgres", "mysql",  "mariadb",  "mssql",
                                                            "sqlserver",  "sqlite",   "oracle", "database", "aurora",
                                                            "rds",        "sql",      "db",     "pg"};
constexpr std::array<std::string_view, 12> k_service_words = {"microservice", "service", "services", "svc",  "backend", "server",
                                                              "api",          "apis",    "rest",     "grpc", "http",    "app"};

template <std::size_t Count>
std::string core(std::string_view name, const std::array<std::string_view, Count>& words) {
  std::string result = plain_name(name);
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view word : words) {
      if (result.ends_with(word)) {
        result.resize(result.size() - word.size());
        changed = true;
      } else if (result.starts_with(word) && result.size() > word.size() + 3) {
        result.erase(0, word.size());
        changed = true;
      }
    }
  }
  return result;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string result = base::to_lower(name);
  std::erase_if(result, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return result;
}

std::string store_core(std::string_view name) { return core(name, k_store_words); }
std::string service_core(std::string_view name) { return core(name, k_service_words); }

std::vector<std::string_view> folders_above(std::string_view path) {
  std::vector<std::string_view> folders = base::split(base::folder_of(path), '/');
  std::reverse(folders.begin(), folders.end());
  std::erase_if(folders, [](std::string_view folder) { return folder.empty(); });
  return folders;
}

std::size_t shared_folders(std::string_view a, std::string_view b) {
  const auto left = base::split(base::folder_of(a), '/');
  const auto right = base::split(base::folder_of(b), '/');
  std::size_t shared = 0;
  while (shared < left.size() && shared < right.size() && left[shared] == right[shared] && !left[shared].empty()) ++shared;
  return shared;
}

std::size_t nearness(const model::Entity& entity, std::string_view path) {
  std::size_t most = 0;
  for (const model::Location& location : entity.locations) most = std::max(most, shared_folders(location.file.view(), path));
  return most;
}

bool is_declared_above(const model::Entity& entity, std::string_view path) {
  return std::any_of(entity.locations.begin(), entity.locations.end(), [&](const model::Location& location) {
    const std::string_view folder = base::folder_of(location.file.view());
    return folder.empty() || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
  });
}

bool lies_in(std::string_view path, std::string_view from, std::string_view place) {
  if (place.starts_with('/') || place.starts_with('~')) return false;
  std::vector<std::string_view> parts = base::split(base::folder_of(from), '/');
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  for (const std::string_view part : base::split(place, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return false;
    } else {
      parts.pop_back();
    }
  }
  const auto steps = base::split(path, '/');
  return !parts.empty() && parts.size() <= steps.size() && std::equal(parts.begin(), parts.end(), steps.begin());
}

const Candidate* only_best(std::span<const Candidate> candidates) {
  const auto better = [](const Candidate& a, const Candidate& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.nearness > b.nearness;
  };
  const auto best = std::min_element(candidates.begin(), candidates.end(), better);
  if (best == candidates.end()) return nullptr;
  const bool contested = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
    return other.index != best->index && !better(*best, other) && !better(other, *best);
  });
  return contested ? nullptr : &*best;
}

}  // namespace postern::resolve
