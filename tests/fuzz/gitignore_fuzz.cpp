// SPDX-License-Identifier: Apache-2.0
// Fuzzes the readers of source names and of .gitignore files, and compares the glob matcher with a plain recursive one on small
// inputs.
#include <acquire/ignore_rules.h>
#include <acquire/source_spec.h>
#include <postern/base/error.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using postern::acquire::Glob;

/// The meaning of a pattern of bytes, `?`, `*` and whole `**` parts, written without regard to cost.
bool matches_plainly(std::string_view pattern, std::string_view text, bool at_start) {
  if (pattern.empty()) return text.empty();
  if (pattern.substr(0, 3) == "**/" && at_start) {
    if (matches_plainly(pattern.substr(3), text, true)) return true;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '/' && matches_plainly(pattern.substr(3), text.substr(at + 1), true)) return true;
    }
    return false;
  }
  if (pattern == "**" && at_start) return true;
  if (pattern.front() == '*') {
    for (std::size_t at = 0;; ++at) {
      if (matches_plainly(pattern.substr(1), text.substr(at), false)) return true;
      if (at == text.size() || text[at] == '/') return false;
    }
  }
  if (text.empty()) return false;
  const bool same = pattern.front() == '?' ? text.front() != '/' : pattern.front() == text.front();
  return same && matches_plainly(pattern.substr(1), text.substr(1), text.front() == '/');
}

/// Leaves out what the plain matcher does not know, and runs of stars that git treats differently behind a literal start.
bool is_plain(std::string_view pattern) {
  if (pattern.size() > 12 || pattern.find_first_of("[\\") != std::string_view::npos) return false;
  for (std::size_t at = pattern.find("**"); at != std::string_view::npos; at = pattern.find("**", at + 2)) {
    const std::string_view after = pattern.substr(at + 2, 1);
    if ((at != 0 && pattern[at - 1] != '/') || (!after.empty() && after != "/")) return false;
  }
  return true;
}

void check_globs(std::string_view pattern, std::string_view path) {
  const bool matched = Glob(pattern).matches(path);
  if (is_plain(pattern) && path.size() <= 24 && matched != matches_plainly(pattern, path, true)) __builtin_trap();
}

void check_source(std::string_view text) {
  try {
    const postern::acquire::SourceSpec spec = postern::acquire::parse_source(text);
    const bool inside = ("/" + spec.path + "/").find("/../") == std::string::npos;
    if (spec.kind == postern::acquire::SourceKind::git && (!inside || spec.reference.empty())) __builtin_trap();
  } catch (const postern::UsageError&) {
    // refused with a reason
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_source(text);
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  // The first line is a path, the rest a .gitignore.
  const std::string_view path = text.substr(0, line);
  const std::string_view patterns = text.substr(line + 1);
  const postern::acquire::IgnoreRules rules(patterns);
  (void)rules.match(path, postern::acquire::PathKind::file);
  (void)rules.match(path, postern::acquire::PathKind::folder);
  check_globs(patterns.substr(0, patterns.find('\n')), path);
  return 0;
}
