// SPDX-License-Identifier: Apache-2.0
// What a file of HCL says: attributes, blocks, expressions, as a tree.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::hcl {

struct Expression;
using ExpressionPointer = std::unique_ptr<Expression>;

enum class ExpressionKind : std::uint8_t {
  literal,      ///< `text`: a number, true, false or null; `quoted`: a text
  template_,    ///< parts one after the other; one part alone keeps its type
  variable,     ///< `text`: the first name of a traversal
  attribute,    ///< parts[0].text
  index,        ///< parts[0][parts[1]]
  splat,        ///< parts[0][*] or .*, then the traversal parts[1] over `item`
  item,         ///< what a splat goes over
  call,         ///< text(parts...), `expand`: the last argument is spread
  unary,        ///< text parts[0]
  binary,       ///< parts[0] text parts[1]
  conditional,  ///< parts[0] ? parts[1] : parts[2]
  tuple,        ///< [parts...]
  object,       ///< {parts[0] = parts[1], ...}
  for_,         ///< see below
  if_,          ///< of a template: parts[0] is asked, parts[1] or parts[2]
};

/// One expression. A `for_` has names in `text` (key, may be empty) and `second` (value), parts: collection, value, then key
/// expression and condition where there are any (null pointers else); `quoted`: it makes an object; `expand`: groups. Of a template
/// (`%{for}`) it joins texts: `is_text`.
struct Expression {
  ExpressionKind kind = ExpressionKind::literal;
  std::string text;
  std::string second;
  bool quoted = false;
  bool expand = false;
  bool is_text = false;
  std::vector<ExpressionPointer> parts;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Attribute {
  std::string name;
  ExpressionPointer value;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Block;
struct Body {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
  [[nodiscard]] const Expression* find(std::string_view name) const;
};

struct Block {
  std::string type;
  std::vector<std::string> labels;
  Body body;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

}  // namespace postern::ingest::hcl
