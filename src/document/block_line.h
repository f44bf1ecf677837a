// SPDX-License-Identifier: Apache-2.0
// The scalars of plain block YAML that stand on one line.
#pragma once
#include <postern/document/node.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace postern::document {

/// Thrown within this part where a text leaves the plain block YAML that BlockReader knows, be it an error or merely rare: such a
/// document is libyaml's.
struct NotPlain {};

/// One scalar of one line.
struct LineScalar {
  Style style;
  std::string_view text;  ///< part of the source, or of the scanner until its next scalar
  std::size_t offset;     ///< of the first byte, the quote included
  std::size_t end;        ///< behind the last byte, the quote included
  bool is_copy;           ///< the text is the scanner's
};

/// Scans scalars of `text`, behind which a byte that is no part of a scalar can be read. All throw NotPlain.
class LineScanner {
 public:
  explicit LineScanner(std::string_view text) noexcept : m_text(text) {}

  /// The scalar at `at` outside of brackets. A plain one ends before a colon that makes it a key, a comment, or the end of its
  /// line.
  LineScalar in_block(std::size_t at);
  /// The same within brackets, where a plain one ends at `,`, `]` or `}` too.
  LineScalar in_flow(std::size_t at);

  /// The first byte at or after `at` that is no space.
  [[nodiscard]] std::size_t skip_spaces(std::size_t at) const noexcept;
  /// The start of the line after the one whose content ended at `at`: only spaces and a comment may follow.
  [[nodiscard]] std::size_t next_line(std::size_t at) const;
  /// The start of the line after the one that `at` is on.
  [[nodiscard]] std::size_t skip_line(std::size_t at) const noexcept;

  /// Whether the byte ends a word: a space, the end of a line or of the text.
  [[nodiscard]] bool is_end_of_word(std::size_t at) const noexcept { return byte(at) == ' ' || is_end_of_line(at); }
  [[nodiscard]] bool is_end_of_line(std::size_t at) const noexcept { return at >= m_text.size() || byte(at) == '\n'; }
  /// Whether a colon here makes what is before it a key.
  [[nodiscard]] bool is_key_sign(std::size_t at) const noexcept { return byte(at) == ':' && is_end_of_word(at + 1); }
  [[nodiscard]] char byte(std::size_t at) const noexcept { return m_text.data()[at]; }
  [[nodiscard]] std::size_t size() const noexcept { return m_text.size(); }
  [[nodiscard]] std::string_view text() const noexcept { return m_text; }

 private:
  LineScalar plain_in_block(std::size_t at) const;
  LineScalar plain_in_flow(std::size_t at) const;
  LineScalar single_quoted(std::size_t at);
  LineScalar double_quoted(std::size_t at);
  LineScalar unescaped(std::size_t start, std::size_t at);
  [[nodiscard]] LineScalar view(Style style, std::size_t start, std::size_t end) const noexcept;

  std::string_view m_text;
  std::string m_copy;
};

}  // namespace postern::document
