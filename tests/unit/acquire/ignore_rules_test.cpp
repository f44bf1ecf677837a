// SPDX-License-Identifier: Apache-2.0
// .gitignore patterns, each compared with what `git check-ignore` says.
#include <acquire/ignore_rules.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "scratch.h"

using namespace postern::acquire;
using postern::acquire::testing::Scratch;

namespace {

const std::vector<std::string> k_patterns = {
    "a",          "a/",         "/a",      "/a/",     "a/b",   "/a/b",   "a/*",       "*",       "*.yaml",      "*.yaml/",
    "!a",         "\\!a",       "\\#a",    "#a",      "a ",    "a\\ ",   "a\t",       " a",      "**",          "**/",
    "/**",        "/**/",       "**/b",    "**/a/b",  "a/**",  "a/**/b", "a/**/**/c", "**/b/**", "a**",         "a**/b",
    "**a",        "**a/b",      "a/**b",   "a/b**",   "*/b",   "*/*",    "*/*/*",     "?",       "a?",          "?/b",
    "[ab]",       "[!a]",       "[^a]",    "[a-c]",   "[c-a]", "[a-]",   "[]a]",      "[!]a]",   "[[:alpha:]]", "[[:digit:]a]",
    "[[:nope:]]", "[[:alpha:]", "[a",      "[",       "[]",    "[\\]]",  "[a/b]c",    "a[/]b",   "a[!x]b",      "[:alpha:]",
    "[[:]a]",     "[a-c-e]",    "[\\a-c]", "[a-\\c]", "a\\",   "\\a",    "\\*",       "\\[a",    "a\\/b",       "a/",
    "//a",        "a//b",       "/",       "!",       "!/",    "",       "***",       "a***b",   "*a*b*c*",     "x**/c",
    "**x/c",      "foo**bar",   "a/b/",    "a/b/c",   ".*",    "*.",     "a.*",       "*a",      "**/*.yaml",   "a/**/c.yaml",
    "b/c.yaml",   "/*.yaml",    "/*/",     "!*.yaml", "\\\\a", "a\\\\",  "*[",        "**\\/b"};

const std::vector<std::string> k_paths = {
    "a",       "b",        "c",        "aa",  "ab",   "a.yaml",     "b.yaml", "a/b",   "a/b/c",    "a/c",
    "b/a",     "a/x/b",    "a/x/y/b",  "a b", "a ",   " a",         "a\tb",   "#a",    "!a",       "]",
    "-",       "[",        "[a",       "[]",  "*",    "a/b/c.yaml", "x/y/c",  "xy/c",  "xz/q/c",   "foo/bar",
    "foobar",  "foox/bar", "fo/x/bar", ".a",  "a/.b", "1",          "e",      "x/a/b", "b/c.yaml", "a/c.yaml",
    "a/b/x/c", "axb",      "a/xb",     "a-b", "p",    "\\a",        "aac",    "abc",   "zazbzc",   "a/bx/c"};

/// Asks git which of the paths a .gitignore at the top ignores by its own patterns or by those of a parent folder.
std::vector<bool> ask_git(const Scratch& scratch, const std::string& rules) {
  scratch.write(".gitignore", rules);
  std::string input;
  for (const std::string& path : k_paths) input += path + '\0';
  const std::string output = scratch.git("check-ignore --no-index -z --stdin -v -n", "", input);
  std::vector<bool> ignored;
  // Four fields a path: source, line, pattern, path; a pattern that starts with `!` includes.
  std::size_t field = 0;
  std::string pattern;
  std::string current;
  for (const char c : output) {
    if (c != '\0') {
      current += c;
      continue;
    }
    if (field % 4 == 2) pattern = current;
    if (field % 4 == 3) ignored.push_back(!pattern.empty() && pattern.front() != '!');
    ++field;
    current.clear();
  }
  return ignored;
}

/// Whether some other path lies below this one: those are folders on disk, too, and git looks.
bool is_folder(const std::string& path) {
  const auto lies_below = [&](const std::string& other) { return other.substr(0, path.size() + 1) == path + "/"; };
  return std::any_of(k_paths.begin(), k_paths.end(), lies_below);
}

/// A repository in which every path exists.
void make_paths(const Scratch& scratch) {
  scratch.git("init -q");
  for (const std::string& path : k_paths) {
    if (!is_folder(path)) scratch.write(path, "x");
  }
}

/// What the walk does: the folders from the top down, the first ignored one decides.
bool ignored_by_us(const IgnoreRules& rules, const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (rules.match(path.substr(0, slash), PathKind::folder) == IgnoreVerdict::ignored) return true;
  }
  return rules.match(path, is_folder(path) ? PathKind::folder : PathKind::file) == IgnoreVerdict::ignored;
}

void compare(const Scratch& scratch, const std::string& text) {
  const std::vector<bool> expected = ask_git(scratch, text);
  REQUIRE(expected.size() == k_paths.size());
  const IgnoreRules rules(text);
  for (std::size_t i = 0; i < k_paths.size(); ++i) {
    CAPTURE(text);
    CAPTURE(k_paths[i]);
    CHECK(ignored_by_us(rules, k_paths[i]) == expected[i]);
  }
}

}  // namespace

TEST_CASE("every pattern says what git check-ignore says") {
  const Scratch scratch;
  make_paths(scratch);
  std::vector<std::string> texts = k_patterns;
  texts.insert(texts.end(), {"*\n!a", "*.yaml\n!a.yaml\n", "a/\n!a/b", "a/*\n!a/b\n",
                             "\xEF\xBB\xBF"
                             "a\r\nb\r\n",
                             "a\\\r\n", "# comment\n\n  \nb", "a\n!a\na", "!b\nb", "/*\n!/a\n/a/*\n!/a/b\n"});
  for (std::string& text : texts) compare(scratch, text + "\n");
}

TEST_CASE("random pattern lists say what git check-ignore says") {
  const Scratch scratch;
  make_paths(scratch);
  std::mt19937 random(20240101);
  const std::string_view pieces[] = {"a",   "b",   "c",     "x", "*",  "**", "/", "?", "[ab]", "[!a]",
                                     "**/", "/**", ".yaml", "!", "\\", "[",  "]", "-", "foo"};
  for (int round = 0; round < 150; ++round) {
    std::string text;
    for (int line = 0; line < 3; ++line) {
      for (auto count = random() % 5; count-- > 0;) text += pieces[random() % std::size(pieces)];
      text += '\n';
    }
    compare(scratch, text);
  }
}

TEST_CASE("hostile patterns cost little") {
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "**/*a*";
  const Glob glob(pattern + "b");
  const std::string text(4000, 'a');
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "aa/";
  CHECK_FALSE(glob.matches(text));
  CHECK_FALSE(glob.matches(deep + "a"));
}
