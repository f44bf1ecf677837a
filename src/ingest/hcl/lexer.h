// SPDX-License-Identifier: Apache-2.0
// Text of HCL, the language of Terraform files -> tokens.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::hcl {

enum class TokenKind : std::uint8_t {
  end,
  newline,
  identifier,
  number,
  template_begin,  ///< a quotation mark or the start of a heredoc; what follows is text and sequences until template_end
  template_end,
  text,           ///< literal text of a template, unescaped
  interpolation,  ///< ${
  directive,      ///< %{
  sequence_end,   ///< the } of either
  punctuation,    ///< operators, brackets, commas: the text says which
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;    ///< of identifiers, numbers, texts, punctuation; of template_begin: `<<` or `<<-` for heredocs
  bool trims = false;  ///< of sequences: begins or ends with ~
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// What is wrong with a text, and where.
struct SyntaxError {
  std::string message;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// The tokens of a text up to its first error, which is kept in `errors`. The last token is `end`. Linear in the size of the text.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text, std::vector<SyntaxError>& errors);

}  // namespace postern::ingest::hcl
