// SPDX-License-Identifier: Apache-2.0
// go.mod: the modules that are required, after replacement. Before Go 1.17 it did not name what comes through others: then go.sum
// says which modules were looked into.
#include <ingest/lockfiles/readers.h>
#include <package/version.h>
#include <postern/base/text.h>

#include <algorithm>
#include <charconv>

namespace postern::ingest::lockfiles {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view rest = base::trim(text); !rest.empty(); rest = base::trim(rest)) {
    const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
    std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    if (word.size() >= 2 && (word.front() == '"' || word.front() == '`') && word.back() == word.front())
      word = word.substr(1, word.size() - 2);
    words.push_back(word);
  }
  return words;
}

struct Requirement {
  std::string module;
  std::string version;
  std::size_t line = 0;
  bool is_indirect = false;
};

struct Replacement {
  std::string version;  ///< that is replaced; empty: every one
  std::string by;
  std::string by_version;  ///< empty: a folder
};

struct Module {
  std::string path;
  int minor = 0;  ///< of the language's version 1.x
  std::vector<Requirement> requirements;
  std::map<std::string, std::vector<Replacement>> replacements;
};

void take(std::string_view verb, const std::vector<std::string_view>& words, bool is_indirect, std::size_t line, Module& module) {
  if (verb == "module" && !words.empty()) module.path = std::string(words[0]);
  if (verb == "go" && !words.empty() && words[0].starts_with("1.")) {
    const std::string_view minor = words[0].substr(2);
    static_cast<void>(std::from_chars(minor.data(), minor.data() + minor.size(), module.minor));
  }
  if (verb == "require" && words.size() >= 2)
    module.requirements.push_back({std::string(words[0]), std::string(words[1]), line, is_indirect});
  if (verb != "replace") return;
  const auto arrow = std::find(words.begin(), words.end(), "=>");
  if (arrow == words.end() || arrow == words.begin() || arrow + 1 == words.end()) return;
  Replacement replacement;
  if (arrow - words.begin() >= 2) replacement.version = std::string(words[1]);
  replacement.by = std::string(*(arrow + 1));
  if (arrow + 2 != words.end()) replacement.by_version = std::string(*(arrow + 2));
  module.replacements[std::string(words[0])].push_back(std::move(replacement));
}

Module parse(std::string_view text) {
  Module module;
  std::string_view block;
  for (const Line& line : lines_of(text)) {
    const std::size_t comment = line.text.find("//");
    const bool is_indirect = comment != std::string_view::npos && base::trim(line.text.substr(comment + 2)).starts_with("indirect");
    std::vector<std::string_view> words = words_of(line.text.substr(0, comment));
    if (words.empty()) continue;
    if (words.front() == ")") {
      block = {};
      continue;
    }
    if (block.empty() && words.size() == 2 && words[1] == "(") {
      block = words.front();
      continue;
    }
    const std::string_view verb = block.empty() ? words.front() : block;
    if (block.empty()) words.erase(words.begin());
    take(verb, words, is_indirect, line.number, module);
  }
  return module;
}

/// `github.com/x/orders/v2` -> `orders`.
std::string_view name_of_module(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view last = path.substr(slash + 1);
  const bool is_major = slash != std::string_view::npos && last.size() >= 2 && last[0] == 'v' &&
                        last.find_first_not_of("0123456789", 1) == std::string_view::npos;
  return is_major ? name_of_module(path.substr(0, slash)) : last;
}

/// The module that is built in place of the required one; nothing for a folder.
std::optional<Package> resolved(const Requirement& requirement, const Module& module, const base::Location& at) {
  Package package{requirement.module, requirement.version, at, ComponentScope::unknown, {}};
  const auto rows = module.replacements.find(requirement.module);
  if (rows == module.replacements.end()) return package;
  for (const Replacement& row : rows->second) {
    if (!row.version.empty() && row.version != requirement.version) continue;
    if (row.by_version.empty()) return std::nullopt;
    package.name = row.by;
    package.version = row.by_version;
  }
  return package;
}

bool is_newer(std::string_view a, std::string_view b) {
  const auto order = package::compare(package::Scheme::golang, a, b);
  return order && *order > 0;
}

/// `a@v1.0.0` for each module whose content go.sum names, the newest of each.
void add_sums(const LockFile& lock, std::string_view sums, const std::set<std::string>& known, List& list) {
  std::map<std::string, std::pair<std::string, std::size_t>> newest;
  for (const Line& line : lines_of(sums)) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (words.size() != 3 || words[1].ends_with("/go.mod") || known.contains(std::string(words[0]))) continue;
    const auto [at, fresh] = newest.try_emplace(std::string(words[0]), std::string(words[1]), line.number);
    if (!fresh && is_newer(words[1], at->second.first)) at->second = {std::string(words[1]), line.number};
  }
  for (const auto& [module, version] : newest) list.add({module, version.first, lock.at(0), ComponentScope::unknown, {}});
}

}  // namespace

void read_go(const LockFile& lock, List& list) {
  constexpr int k_first_complete = 17;
  const Module module = parse(lock.file.bytes);
  list.set_name(name_of_module(module.path));
  std::set<std::string> known;
  for (const Requirement& requirement : module.requirements) {
    known.insert(requirement.module);
    const auto package = resolved(requirement, module, lock.at(requirement.line));
    if (!package) continue;
    known.insert(package->name);
    const List::Index index = list.add(*package);
    if (!requirement.is_indirect) list.name_directly(index, Use::production);
  }
  if (module.minor < k_first_complete) add_sums(lock, text_beside(lock, "go.sum"), known, list);
}

}  // namespace postern::ingest::lockfiles
