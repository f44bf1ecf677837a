// SPDX-License-Identifier: Apache-2.0
// The patterns of one .gitignore file (gitignore(5)), matched as git matches them, in time linear in practice and bounded always.
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// What a pattern list says about a path; the last pattern that matches decides.
enum class IgnoreVerdict : std::uint8_t { undecided, ignored, included };

/// Whether a path is a folder: patterns that end in a slash match folders only.
enum class PathKind : std::uint8_t { file, folder };

/// A compiled glob. `*`, `?` and classes never match a slash; `**` between slashes matches any number of folders.
class Glob {
 public:
  /// Compiles `pattern`. One that can never match (an open class, a trailing backslash) matches nothing.
  explicit Glob(std::string_view pattern);
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  enum class TokenKind : std::uint8_t { byte, any_byte, one_of, star, any_folders, anything };
  struct Token {
    TokenKind kind = TokenKind::byte;
    char byte = '\0';
    std::uint32_t set = 0;  ///< index into m_sets
  };
  using ByteSet = std::bitset<256>;

  /// Where matching goes on after a failure: at token `token` with text from `text` on.
  struct Retry {
    std::size_t token = 0;
    std::size_t text = 0;
    TokenKind kind = TokenKind::byte;
    bool armed = false;
  };

  void compile(std::string_view pattern);
  std::size_t compile_stars(std::string_view pattern, std::size_t at, std::size_t literal_bytes);
  std::size_t compile_class(std::string_view pattern, std::size_t at);
  [[nodiscard]] bool matches_one(const Token& token, char byte) const;
  static bool retry(Retry& from, std::string_view text, std::size_t& token, std::size_t& at);

  std::vector<Token> m_tokens;
  std::vector<ByteSet> m_sets;
  bool m_impossible = false;
};

/// The patterns of one .gitignore.
class IgnoreRules {
 public:
  /// Reads the text of a .gitignore. Patterns longer than 4096 bytes are left out: no file name is that long.
  explicit IgnoreRules(std::string_view text);

  /// `path` is relative to the folder of the .gitignore, '/'-separated. Says nothing about the parents of `path`: a path below an
  /// ignored folder is ignored whatever its own patterns say, which the walk knows.
  [[nodiscard]] IgnoreVerdict match(std::string_view path, PathKind kind) const;
  [[nodiscard]] std::size_t size() const noexcept { return m_patterns.size(); }

 private:
  enum class Shape : std::uint8_t { literal, suffix, glob };
  struct Pattern {
    Shape shape = Shape::literal;
    bool negated = false;
    bool folders_only = false;
    bool names_only = false;  ///< without a slash: compared with the last part of the path
    std::string text;         ///< literal: the whole; suffix: what follows the `*`
    std::uint32_t glob = 0;   ///< index into m_globs
  };
  void add_line(std::string_view line);
  [[nodiscard]] bool matches(const Pattern& pattern, std::string_view path, std::string_view name) const;

  std::vector<Pattern> m_patterns;
  std::vector<Glob> m_globs;
};

}  // namespace postern::acquire
