// SPDX-License-Identifier: Apache-2.0
// The table of technologies (knowledge/technologies.tsv) and its lookups.
#include "connection/technology.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <unordered_map>

#include "connection/knowledge_table.h"
#include "connection/name_tokens.h"

namespace postern::connection {
namespace {

constexpr int k_roles = static_cast<int>(Role::remote_access) + 1;

/// Ports that so many programs use that they say nothing by themselves.
constexpr std::array<std::uint16_t, 11> k_common_ports{80, 443, 3000, 5000, 8000, 8080, 8081, 8083, 8443, 8888, 9000};

/// What follows the stem in the names of tools that only serve a technology (postgres-exporter, mysql-client).
constexpr std::array<std::string_view, 45> k_tool_words{
    "exporter", "client",    "ui",      "admin", "express",     "operator",  "backup",     "cli",        "tools",
    "proxy",    "commander", "insight", "web",   "webui",       "browser",   "manager",    "init",       "initdb",
    "setup",    "migrate",   "dump",    "gui",   "viewer",      "reloader",  "monitor",    "agent",      "sidecar",
    "job",      "curator",   "metrics", "mover", "provisioner", "restore",   "topic",      "sync",       "injector",
    "plugin",   "adapter",   "console", "bench", "hub",         "migration", "migrations", "controller", "webhook"};

Role role_of(std::string_view word) {
  std::string written(word);
  std::replace(written.begin(), written.end(), '_', '-');
  for (int i = 0; i < k_roles; ++i) {
    if (written == to_string(static_cast<Role>(i))) return static_cast<Role>(i);
  }
  POSTERN_ASSERT(written.empty());  // every role of the table is known
  return Role::unknown;
}

std::uint16_t port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  POSTERN_ASSERT(error == std::errc{} && end == text.data() + text.size());
  return port;
}

std::vector<Technology> read_technologies() {
  std::vector<Technology> rows;
  for (const TableRow& cells : read_knowledge("technologies.tsv", 7)) {
    Technology row{cells[0], cells[1], role_of(cells[2]), words_of(cells[3]), {}, words_of(cells[5]), words_of(cells[6])};
    for (const std::string_view port : words_of(cells[4])) row.ports.push_back(port_of(port));
    rows.push_back(std::move(row));
  }
  return rows;
}

using Index = std::unordered_map<std::string_view, const Technology*>;  // only looked up in, so order does not matter

Index index_by(std::vector<std::string_view> Technology::*words) {
  Index index;
  for (const Technology& row : technologies()) {
    for (const std::string_view word : row.*words) index.emplace(word, &row);
  }
  return index;
}

const Technology* find_in(const Index& index, std::string_view key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

/// The path of an image without registry, tag and digest: "quay.io:443/org/postgres:16@sha256:..." -> "org/postgres".
std::string image_path(std::string_view image) {
  image = base::trim(image);
  image = image.substr(0, image.find('@'));
  const auto slash = image.rfind('/');
  const auto colon = image.rfind(':');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) image = image.substr(0, colon);
  std::string path = base::to_lower(image);
  std::replace(path.begin(), path.end(), '_', '-');  // percona_xtradb_cluster
  return path;
}

/// Many repositories of images are called "docker-NAME"; what they hold is NAME.
std::string_view without_packaging(std::string_view segment) {
  constexpr std::string_view k_packaging = "docker-";
  return segment.size() > k_packaging.size() && segment.starts_with(k_packaging) ? segment.substr(k_packaging.size()) : segment;
}

bool is_tool(std::string_view rest) {
  for (const std::string_view word : base::split(rest, '-')) {
    if (std::find(k_tool_words.begin(), k_tool_words.end(), word) != k_tool_words.end()) return true;
  }
  return false;
}

/// Longest stem that is `segment` or stands before a "-" of it.
const Technology* match_segment(const Index& stems, std::string_view segment) {
  for (std::size_t end = segment.size(); end != std::string_view::npos && end != 0; end = segment.rfind('-', end - 1)) {
    const Technology* row = find_in(stems, segment.substr(0, end));
    if (row != nullptr) return is_tool(segment.substr(end)) ? nullptr : row;
  }
  return nullptr;
}

const std::vector<Technology>& table() {
  static const std::vector<Technology> rows = read_technologies();
  return rows;
}

}  // namespace

std::span<const Technology> technologies() { return table(); }

const Technology* find_technology(std::string_view id) {
  static const Index index = [] {
    Index ids;
    for (const Technology& row : technologies()) ids.emplace(row.id, &row);
    return ids;
  }();
  return find_in(index, id);
}

const Technology* technology_of_image(std::string_view image) {
  static const Index stems = index_by(&Technology::image_stems);
  const std::string path = image_path(image);
  const auto last = path.rfind('/');
  if (last != std::string::npos) {
    const auto before = path.rfind('/', last - 1);
    const std::string_view tail = std::string_view(path).substr(before == std::string::npos ? 0 : before + 1);
    if (last != 0) {
      if (const Technology* row = match_segment(stems, tail)) return row;
    }
  }
  return match_segment(stems, without_packaging(std::string_view(path).substr(last == std::string::npos ? 0 : last + 1)));
}

const Technology* technology_of_scheme(std::string_view scheme) {
  static const Index schemes = index_by(&Technology::schemes);
  std::string written = base::to_lower(scheme);
  if (written.starts_with("jdbc:")) written.erase(0, 5);
  if (const Technology* row = find_in(schemes, written)) return row;
  const std::size_t end = written.find_first_of("+:");
  return end == std::string::npos ? nullptr : find_in(schemes, std::string_view(written).substr(0, end));
}

const Technology* technology_of_name(std::string_view name) {
  static const Index words = index_by(&Technology::name_words);
  const Technology* found = nullptr;
  const std::vector<std::string> tokens = name_tokens(name);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Technology* row = find_in(words, tokens[i]);
    if (row == nullptr && i + 1 < tokens.size()) row = find_in(words, tokens[i] + tokens[i + 1]);
    if (row == nullptr || row == found) continue;
    if (found != nullptr) return nullptr;
    found = row;
  }
  return found;
}

std::vector<PortGuess> technologies_of_port(std::uint16_t port) {
  std::vector<PortGuess> guesses;
  for (const Technology& row : technologies()) {
    if (std::find(row.ports.begin(), row.ports.end(), port) != row.ports.end()) guesses.push_back({&row, 0.5});
  }
  const bool common = std::find(k_common_ports.begin(), k_common_ports.end(), port) != k_common_ports.end();
  for (PortGuess& guess : guesses) guess.confidence = (common ? 0.2 : 0.5) / static_cast<double>(guesses.size());
  return guesses;
}

}  // namespace postern::connection
