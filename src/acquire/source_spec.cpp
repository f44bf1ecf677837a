// SPDX-License-Identifier: Apache-2.0
// Reads the text of a source: a table of prefixes, everything else is a path.
#include <acquire/source_spec.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

namespace postern::acquire {
namespace {

constexpr std::string_view k_accepted = "a source is a folder, a file, `-`, git:REF[:PATH], snapshot:FILE, plan:FILE or none";
constexpr std::string_view k_reference_forms =
    "accepted are HEAD, a branch, a tag, origin/BRANCH, refs/..., an object id of at least 7 digits, each with ~N or ^N";

/// Bytes that no git reference name holds (git-check-ref-format(1)), with `~` and `^` left to the steps after the name.
bool is_reference_byte(char c) {
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && std::string_view(":?[\\*").find(c) == std::string_view::npos;
}

SourceSpec parse_git(std::string_view text, std::string_view rest) {
  const std::size_t colon = rest.find(':');
  const std::string_view reference = rest.substr(0, colon);
  if (reference.empty()) {
    throw UsageError("`" + std::string(text) + "` names no git reference",
                     "write git:REF or git:REF:PATH, e.g. git:origin/main:deploy");
  }
  const bool valid = std::all_of(reference.begin(), reference.end(), is_reference_byte) && reference.front() != '-' &&
                     reference.find("..") == std::string_view::npos && reference.find("@{") == std::string_view::npos;
  if (!valid) {
    throw UsageError("`" + std::string(reference) + "` is not a git reference that can be used", std::string(k_reference_forms));
  }
  const std::string_view path = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  return {SourceKind::git, std::string(text), normalise_relative_path(path, "the path in " + std::string(text)),
          std::string(reference)};
}

SourceSpec parse_snapshot(std::string_view text, std::string_view rest) {
  if (rest.empty()) throw UsageError("`snapshot:` names no file", "write snapshot:FILE");
  return {SourceKind::snapshot, std::string(text), std::string(rest), {}};
}

SourceSpec parse_plan(std::string_view text, std::string_view rest) {
  if (rest.empty()) throw UsageError("`plan:` names no file", "write plan:FILE, the plan as `terraform show -json` writes it");
  return {SourceKind::plan, std::string(text), std::string(rest), {}};
}

SourceSpec parse_store(std::string_view text, std::string_view) {
  throw UsageError("`" + std::string(text) + "` asks for a baseline store, and none is configured",
                   "name the baseline itself: git:REF[:PATH], snapshot:FILE, a folder, or none for a first run");
}

struct Prefix {
  std::string_view word;
  SourceSpec (*parse)(std::string_view text, std::string_view rest);
};
constexpr std::array k_prefixes = {Prefix{"git", parse_git}, Prefix{"plan", parse_plan}, Prefix{"snapshot", parse_snapshot},
                                   Prefix{"store", parse_store}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The word before the first colon when it looks like a prefix: letters only, so never a path with a slash.
std::string_view prefix_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view word = text.substr(0, colon);
  return std::all_of(word.begin(), word.end(), is_letter) ? word : std::string_view{};
}

[[noreturn]] void refuse_prefix(std::string_view text, std::string_view word) {
  std::vector<std::string_view> words;
  for (const Prefix& prefix : k_prefixes) words.push_back(prefix.word);
  const auto nearest = base::did_you_mean(word, words);
  std::string hint = nearest ? "did you mean `" + *nearest + std::string(text.substr(word.size())) + "`? " : std::string();
  hint += "A file of that name is written `./" + std::string(text) + "`; " + std::string(k_accepted);
  throw UsageError("`" + std::string(word) + ":` is not a kind of source", hint);
}

}  // namespace

std::string normalise_relative_path(std::string_view path, std::string_view what) {
  if (path.find('\0') != std::string_view::npos) throw UsageError(std::string(what) + " holds a NUL byte");
  if (!path.empty() && path.front() == '/') {
    throw UsageError(std::string(what) + " starts with a slash", "it is relative to the top folder of the repository");
  }
  std::string normal;
  for (const std::string_view part : base::split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == "..") throw UsageError(std::string(what) + " holds `..`", "it is relative to the top folder of the repository");
    if (!normal.empty()) normal += '/';
    normal += part;
  }
  return normal;
}

SourceSpec parse_source(std::string_view text) {
  if (text.empty()) throw UsageError("a source is missing", std::string(k_accepted));
  if (text.find('\0') != std::string_view::npos) throw UsageError("a source holds a NUL byte", std::string(k_accepted));
  if (text == "-") return {SourceKind::standard_input, "-", {}, {}};
  if (text == "none") return {SourceKind::none, "none", {}, {}};
  const std::string_view word = prefix_of(text);
  if (word.empty()) return {SourceKind::path, std::string(text), std::string(text), {}};
  for (const Prefix& prefix : k_prefixes) {
    if (prefix.word == word) return prefix.parse(text, text.substr(word.size() + 1));
  }
  refuse_prefix(text, word);
}

}  // namespace postern::acquire
