// SPDX-License-Identifier: Apache-2.0
// A recursive descent over the tokens. Newlines end attributes, and mean nothing inside of brackets.
#include <ingest/hcl/parser.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::hcl {
namespace {

constexpr int k_deepest = 100;
/// Operators, and steps of a traversal, that follow one another: each makes the tree one deeper.
constexpr int k_longest_chain = 64;

struct Failure {};

class Parser {
 public:
  Parser(std::vector<Token> tokens, std::vector<SyntaxError>& errors) : m_tokens(std::move(tokens)), m_errors(errors) {}

  Body file() {
    Body result;
    while (true) {
      while (here().kind == TokenKind::newline) ++m_at;
      if (here().kind == TokenKind::end) return result;
      const std::size_t start = m_at;
      try {
        item(result);
        end_of_item(false);
      } catch (const Failure&) {
        m_depth = 0;
        m_newlines_end = {true};
        recover(start);
      }
    }
  }

  ExpressionPointer alone() {
    try {
      m_newlines_end = {false};
      ExpressionPointer result = expression();
      if (peek().kind != TokenKind::end) fail("nothing is expected after the expression");
      return result;
    } catch (const Failure&) {
      return nullptr;
    }
  }

  ExpressionPointer whole_template() {
    try {
      return primary();
    } catch (const Failure&) {
      return nullptr;
    }
  }

 private:
  /// One level deeper, for as long as it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : m_parser(parser) {
      if (++parser.m_depth > k_deepest) {
        --parser.m_depth;
        parser.fail("nested too deeply");
      }
    }
    ~Level() { --m_parser.m_depth; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& m_parser;
  };

  /// Whether newlines end something, for as long as it lives.
  class Newlines {
   public:
    Newlines(Parser& parser, bool end) : m_parser(parser) { parser.m_newlines_end.push_back(end); }
    ~Newlines() {
      if (m_parser.m_newlines_end.size() > 1) m_parser.m_newlines_end.pop_back();
    }
    Newlines(const Newlines&) = delete;
    Newlines& operator=(const Newlines&) = delete;

   private:
    Parser& m_parser;
  };

  [[nodiscard]] const Token& here() const { return m_tokens[m_at]; }

  /// The next token that counts.
  const Token& peek() {
    if (!m_newlines_end.back()) {
      while (here().kind == TokenKind::newline) ++m_at;
    }
    return here();
  }

  const Token& take() {
    const Token& token = peek();
    if (token.kind != TokenKind::end) ++m_at;
    return token;
  }

  bool is(std::string_view punctuation) { return peek().kind == TokenKind::punctuation && here().text == punctuation; }

  bool accept(std::string_view punctuation) {
    if (!is(punctuation)) return false;
    ++m_at;
    return true;
  }

  void expect(std::string_view punctuation, std::string_view where) {
    if (!accept(punctuation)) fail("`" + std::string(punctuation) + "` is expected " + std::string(where));
  }

  [[noreturn]] void fail(std::string message) {
    const Token& token = here();
    m_errors.push_back({std::move(message), token.line, token.column});
    throw Failure{};
  }

  /// Goes on at the next line outside of all brackets that opened since `start`.
  void recover(std::size_t start) {
    std::size_t open = 0;
    for (m_at = start; here().kind != TokenKind::end; ++m_at) {
      const Token& token = here();
      if (token.kind == TokenKind::interpolation || token.kind == TokenKind::directive) ++open;
      if (token.kind == TokenKind::sequence_end && open > 0) --open;
      if (token.kind == TokenKind::punctuation && (token.text == "{" || token.text == "(" || token.text == "[")) ++open;
      if (token.kind == TokenKind::punctuation && (token.text == "}" || token.text == ")" || token.text == "]") && open > 0) --open;
      if (token.kind == TokenKind::newline && open == 0 && m_at > start) return;
    }
  }

  template <typename Part>
  static void place(Part& part, const Token& token) {
    part.line = token.line;
    part.column = token.column;
  }

  static ExpressionPointer make(ExpressionKind kind, const Token& token, std::string text = {}) {
    auto result = std::make_unique<Expression>();
    result->kind = kind;
    result->text = std::move(text);
    place(*result, token);
    return result;
  }

  void end_of_item(bool in_one_line) {
    if (here().kind == TokenKind::end) return;
    if (in_one_line && here().kind == TokenKind::punctuation && here().text == "}") return;
    if (here().kind != TokenKind::newline) fail("the end of the line is expected");
    ++m_at;
  }

  void item(Body& body) {
    const Token name = here();
    if (name.kind != TokenKind::identifier) fail("the name of an attribute or block is expected");
    ++m_at;
    if (here().kind == TokenKind::punctuation && here().text == "=") {
      ++m_at;
      for (const Attribute& other : body.attributes) {
        if (other.name == name.text) fail("the attribute `" + name.text + "` is set twice");
      }
      Attribute attribute;
      attribute.name = name.text;
      place(attribute, name);
      attribute.value = expression();
      body.attributes.push_back(std::move(attribute));
      return;
    }
    block(name, body);
  }

  void block(const Token& name, Body& body) {
    const Level level(*this);
    Block result;
    result.type = name.text;
    place(result, name);
    while (here().kind == TokenKind::identifier || here().kind == TokenKind::template_begin) result.labels.push_back(label());
    if (here().kind != TokenKind::punctuation || here().text != "{")
      fail("`=`, or `{` of a block, is expected after `" + name.text + "`");
    const std::size_t brace = m_at++;
    content(result.body, m_tokens[brace]);
    body.blocks.push_back(std::move(result));
  }

  std::string label() {
    const Token token = here();
    ++m_at;
    if (token.kind == TokenKind::identifier) return token.text;
    std::string text;
    while (here().kind == TokenKind::text) {
      text += here().text;
      ++m_at;
    }
    if (here().kind != TokenKind::template_end || token.text != "\"") fail("the label of a block is a plain text");
    ++m_at;
    return text;
  }

  /// `brace` is the one that opened the block: where it has no end, that is what is wrong.
  void content(Body& body, const Token& brace) {
    const Newlines newlines(*this, true);
    const bool in_one_line = here().kind != TokenKind::newline;
    while (true) {
      if (!in_one_line) {
        while (here().kind == TokenKind::newline) ++m_at;
      }
      if (here().kind == TokenKind::punctuation && here().text == "}") {
        ++m_at;
        return;
      }
      if (here().kind == TokenKind::end) {
        m_errors.push_back({"a block has no end", brace.line, brace.column});
        throw Failure{};
      }
      const std::size_t attributes = body.attributes.size();
      item(body);
      if (in_one_line && (body.attributes.size() == attributes || here().kind != TokenKind::punctuation || here().text != "}")) {
        fail("a block on one line holds one attribute at most");
      }
      end_of_item(in_one_line);
    }
  }

  ExpressionPointer expression() {
    const Level level(*this);
    const Token start = peek();
    ExpressionPointer condition = binary(0);
    if (!accept("?")) return condition;
    ExpressionPointer result = make(ExpressionKind::conditional, start);
    result->parts.push_back(std::move(condition));
    result->parts.push_back(expression());
    expect(":", "between the values of a condition");
    result->parts.push_back(expression());
    return result;
  }

  static int rank_of(const Token& token) {
    constexpr std::array<std::pair<std::string_view, int>, 13> k_ranks = {{{"||", 1},
                                                                           {"&&", 2},
                                                                           {"==", 3},
                                                                           {"!=", 3},
                                                                           {"<", 4},
                                                                           {">", 4},
                                                                           {"<=", 4},
                                                                           {">=", 4},
                                                                           {"+", 5},
                                                                           {"-", 5},
                                                                           {"*", 6},
                                                                           {"/", 6},
                                                                           {"%", 6}}};
    if (token.kind != TokenKind::punctuation) return 0;
    const auto at = std::find_if(k_ranks.begin(), k_ranks.end(), [&](const auto& row) { return row.first == token.text; });
    return at == k_ranks.end() ? 0 : at->second;
  }

  ExpressionPointer binary(int least) {
    ExpressionPointer left = unary();
    for (int length = 0;; ++length) {
      const Token operation = peek();
      const int rank = rank_of(operation);
      if (rank == 0 || rank <= least) return left;
      if (length == k_longest_chain) fail("too many operators in a row");
      ++m_at;
      ExpressionPointer result = make(ExpressionKind::binary, operation, operation.text);
      result->parts.push_back(std::move(left));
      result->parts.push_back(binary(rank));
      left = std::move(result);
    }
  }

  ExpressionPointer unary() {
    if (is("!") || is("-")) {
      const Level level(*this);
      const Token operation = take();
      ExpressionPointer result = make(ExpressionKind::unary, operation, operation.text);
      result->parts.push_back(unary());
      return result;
    }
    return traversal(primary());
  }

  ExpressionPointer traversal(ExpressionPointer base) {
    for (int length = 0;; ++length) {
      if (length == k_longest_chain) fail("too many names and indexes in a row");
      const Token token = peek();
      if (accept(".")) {
        base = step(std::move(base), token);
      } else if (accept("[")) {
        base = bracket(std::move(base), token);
      } else {
        return base;
      }
    }
  }

  ExpressionPointer step(ExpressionPointer base, const Token& token) {
    const Token name = peek();
    if (accept("*")) return attribute_splat(std::move(base), token);
    ++m_at;
    if (name.kind == TokenKind::number) {  // the old way of writing an index: list.0
      ExpressionPointer result = make(ExpressionKind::index, token);
      result->parts.push_back(std::move(base));
      const std::size_t dot = name.text.find('.');
      result->parts.push_back(make(ExpressionKind::literal, name, name.text.substr(0, dot)));
      if (dot == std::string::npos) return result;
      ExpressionPointer further = make(ExpressionKind::index, token);
      further->parts.push_back(std::move(result));
      further->parts.push_back(make(ExpressionKind::literal, name, name.text.substr(dot + 1)));
      return further;
    }
    if (name.kind != TokenKind::identifier) {
      --m_at;
      fail("a name is expected after the dot");
    }
    ExpressionPointer result = make(ExpressionKind::attribute, token, name.text);
    result->parts.push_back(std::move(base));
    return result;
  }

  ExpressionPointer splat(ExpressionPointer base, const Token& token, ExpressionPointer each) {
    ExpressionPointer result = make(ExpressionKind::splat, token);
    result->parts.push_back(std::move(base));
    result->parts.push_back(std::move(each));
    return result;
  }

  /// `.*` takes the names that follow; an index after them is for the whole.
  ExpressionPointer attribute_splat(ExpressionPointer base, const Token& token) {
    ExpressionPointer each = make(ExpressionKind::item, token);
    for (int length = 0; is("."); ++length) {
      if (length == k_longest_chain) fail("too many names in a row");
      const Token dot = take();
      each = step(std::move(each), dot);
    }
    return splat(std::move(base), token, std::move(each));
  }

  ExpressionPointer bracket(ExpressionPointer base, const Token& token) {
    const Newlines newlines(*this, false);
    if (accept("*")) {
      expect("]", "after [*");
      ExpressionPointer each = make(ExpressionKind::item, token);
      m_newlines_end.push_back(m_newlines_end[m_newlines_end.size() - 2]);
      each = traversal(std::move(each));
      m_newlines_end.pop_back();
      return splat(std::move(base), token, std::move(each));
    }
    ExpressionPointer result = make(ExpressionKind::index, token);
    result->parts.push_back(std::move(base));
    result->parts.push_back(expression());
    if (!is("]")) fail("`]` is expected after an index");
    ++m_at;
    return result;
  }

  ExpressionPointer primary() {
    const Token token = peek();
    switch (token.kind) {
      case TokenKind::number:
        ++m_at;
        return make(ExpressionKind::literal, token, token.text);
      case TokenKind::template_begin:
        ++m_at;
        return quoted(token);
      case TokenKind::identifier:
        ++m_at;
        return named(token);
      case TokenKind::punctuation:
        if (token.text == "(") return parenthesis();
        if (token.text == "[") return tuple();
        if (token.text == "{") return object();
        break;
      default:
        break;
    }
    fail("an expression is expected");
  }

  ExpressionPointer named(const Token& token) {
    if (token.text == "true" || token.text == "false" || token.text == "null")
      return make(ExpressionKind::literal, token, token.text);
    std::string name = token.text;
    while (is("::")) {
      ++m_at;
      name += "::" + take().text;
    }
    if (here().kind != TokenKind::punctuation || here().text != "(") return make(ExpressionKind::variable, token, name);
    ++m_at;
    const Newlines newlines(*this, false);
    ExpressionPointer result = make(ExpressionKind::call, token, name);
    while (!accept(")")) {
      result->parts.push_back(expression());
      if (accept("...")) result->expand = true;
      if (!accept(",") && !is(")")) fail("`,` or `)` is expected after an argument of a function");
    }
    return result;
  }

  ExpressionPointer parenthesis() {
    const Newlines newlines(*this, false);
    ++m_at;
    ExpressionPointer result = expression();
    if (!is(")")) fail("`)` is expected");
    ++m_at;
    return result;
  }

  bool at_for() {
    if (peek().kind != TokenKind::identifier || here().text != "for") return false;
    return m_tokens[m_at + 1].kind == TokenKind::identifier;
  }

  ExpressionPointer tuple() {
    const Newlines newlines(*this, false);
    const Token token = take();
    if (at_for()) return for_expression(token, false);
    ExpressionPointer result = make(ExpressionKind::tuple, token);
    while (!accept("]")) {
      result->parts.push_back(expression());
      if (!accept(",") && !is("]")) fail("`,` or `]` is expected after an item of a list");
    }
    return result;
  }

  ExpressionPointer for_expression(const Token& token, bool object) {
    ++m_at;  // for
    ExpressionPointer result = make(ExpressionKind::for_, token);
    result->quoted = object;
    for_names(*result);
    result->parts.push_back(expression());
    expect(":", "after what is gone through");
    ExpressionPointer value = expression();
    ExpressionPointer key;
    if (object) {
      key = std::move(value);
      expect("=>", "between the key and the value");
      value = expression();
      if (accept("...")) result->expand = true;
    }
    ExpressionPointer condition;
    if (peek().kind == TokenKind::identifier && here().text == "if") {
      ++m_at;
      condition = expression();
    }
    result->parts.push_back(std::move(value));
    result->parts.push_back(std::move(key));
    result->parts.push_back(std::move(condition));
    const std::string_view end = object ? "}" : "]";
    if (!is(end)) fail("the end of the `for` is expected");
    ++m_at;
    return result;
  }

  void for_names(Expression& into) {
    into.second = take().text;
    if (accept(",")) {
      into.text = std::move(into.second);
      into.second = take().text;
    }
    if (peek().kind != TokenKind::identifier || here().text != "in") fail("`in` is expected");
    ++m_at;
  }

  ExpressionPointer object() {
    const Token token = take();
    {
      const Newlines newlines(*this, false);
      if (at_for()) return for_expression(token, true);
    }
    const Newlines newlines(*this, true);
    ExpressionPointer result = make(ExpressionKind::object, token);
    while (true) {
      while (here().kind == TokenKind::newline) ++m_at;
      if (accept("}")) return result;
      result->parts.push_back(object_key());
      if (!accept("=") && !accept(":")) fail("`=` is expected after a key");
      while (here().kind == TokenKind::newline) ++m_at;
      result->parts.push_back(expression());
      if (here().kind == TokenKind::newline || accept(",")) continue;
      if (!is("}")) fail("`,`, `}` or the end of the line is expected after a value");
    }
  }

  /// A bare name is the text that it is.
  ExpressionPointer object_key() {
    const Token token = here();
    const Token& next = m_tokens[std::min(m_at + 1, m_tokens.size() - 1)];
    const bool bare =
        token.kind == TokenKind::identifier && next.kind == TokenKind::punctuation && (next.text == "=" || next.text == ":");
    if (!bare) return expression();
    ++m_at;
    ExpressionPointer result = make(ExpressionKind::literal, token, token.text);
    result->quoted = true;
    return result;
  }

  // --- templates ---

  ExpressionPointer quoted(const Token& begin) {
    const Newlines newlines(*this, false);
    ExpressionPointer result = template_until({}, begin);
    if (here().kind != TokenKind::template_end) fail("the end of the text is expected");
    ++m_at;
    return result;
  }

  /// Parts up to the end of the template, or to a directive with one of these words, which is left.
  ExpressionPointer template_until(std::initializer_list<std::string_view> words, const Token& begin) {
    const Level level(*this);
    ExpressionPointer result = make(ExpressionKind::template_, begin);
    bool trim_next = false;
    while (true) {
      const Token& token = m_tokens[m_at];
      if (token.kind == TokenKind::text) {
        ++m_at;
        text_part(*result, token, std::exchange(trim_next, false));
      } else if (token.kind == TokenKind::interpolation) {
        ++m_at;
        if (token.trims) trim_end(*result);
        const Newlines newlines(*this, false);
        result->parts.push_back(expression());
        trim_next = sequence_end();
      } else if (token.kind == TokenKind::directive) {
        if (token.trims) trim_end(*result);
        const std::string& word = m_tokens[m_at + 1].text;
        if (std::find(words.begin(), words.end(), word) != words.end()) return result;
        ++m_at;
        result->parts.push_back(directive());
        trim_next = m_trim_next;
      } else {
        return result;
      }
    }
  }

  bool sequence_end() {
    if (peek().kind != TokenKind::sequence_end) fail("`}` of a template is expected");
    const bool trims = here().trims;
    ++m_at;
    return trims;
  }

  void text_part(Expression& into, const Token& token, bool trim) {
    std::string text = token.text;
    if (trim) text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    ExpressionPointer part = make(ExpressionKind::literal, token, std::move(text));
    part->quoted = true;
    into.parts.push_back(std::move(part));
  }

  static void trim_end(Expression& into) {
    if (into.parts.empty() || into.parts.back()->kind != ExpressionKind::literal || !into.parts.back()->quoted) return;
    std::string& text = into.parts.back()->text;
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    text.resize(last == std::string::npos ? 0 : last + 1);
  }

  /// The rest of %{ if } or %{ for } after its opening.
  ExpressionPointer directive() {
    const Token word = here();
    const Newlines newlines(*this, false);
    if (word.kind != TokenKind::identifier || (word.text != "if" && word.text != "for"))
      fail("`if` or `for` is expected in a directive");
    ++m_at;
    if (word.text == "if") {
      ExpressionPointer result = make(ExpressionKind::if_, word);
      result->parts.push_back(expression());
      sequence_end();
      result->parts.push_back(template_until({"else", "endif"}, word));
      if (accept_directive("else")) {
        result->parts.push_back(template_until({"endif"}, word));
      } else {
        result->parts.push_back(make(ExpressionKind::template_, word));
      }
      if (!accept_directive("endif")) fail("%{ endif } is missing");
      return result;
    }
    ExpressionPointer result = make(ExpressionKind::for_, word);
    result->is_text = true;
    for_names(*result);
    result->parts.push_back(expression());
    sequence_end();
    result->parts.push_back(template_until({"endfor"}, word));
    result->parts.push_back(nullptr);
    result->parts.push_back(nullptr);
    if (!accept_directive("endfor")) fail("%{ endfor } is missing");
    return result;
  }

  bool accept_directive(std::string_view word) {
    if (here().kind != TokenKind::directive || m_tokens[m_at + 1].text != word) return false;
    m_at += 2;
    m_trim_next = sequence_end();
    return true;
  }

  std::vector<Token> m_tokens;
  std::vector<SyntaxError>& m_errors;
  std::vector<bool> m_newlines_end{true};
  std::size_t m_at = 0;
  int m_depth = 0;
  bool m_trim_next = false;
};

}  // namespace

const Expression* Body::find(std::string_view name) const {
  for (const Attribute& attribute : attributes) {
    if (attribute.name == name) return attribute.value.get();
  }
  return nullptr;
}

Body parse_file(std::string_view text, std::vector<SyntaxError>& errors) {
  std::vector<Token> tokens = tokens_of(text, errors);
  return Parser(std::move(tokens), errors).file();
}

ExpressionPointer parse_expression(std::string_view text, std::vector<SyntaxError>& errors) {
  std::vector<Token> tokens = tokens_of(text, errors);
  if (!errors.empty()) return nullptr;
  return Parser(std::move(tokens), errors).alone();
}

ExpressionPointer parse_template(std::string_view text, std::vector<SyntaxError>& errors) {
  constexpr std::string_view k_marker = "POSTERN_TEMPLATE_END";
  std::vector<Token> tokens =
      tokens_of("<<" + std::string(k_marker) + "\n" + std::string(text) + "\n" + std::string(k_marker) + "\n", errors);
  if (!errors.empty()) return nullptr;
  // The newline before the marker is ours.
  for (std::size_t i = tokens.size(); i-- > 0;) {
    if (tokens[i].kind != TokenKind::text) continue;
    if (tokens[i].text.ends_with('\n')) tokens[i].text.pop_back();
    if (tokens[i].text.empty()) tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  return Parser(std::move(tokens), errors).whole_template();
}

}  // namespace postern::ingest::hcl
