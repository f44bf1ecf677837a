// SPDX-License-Identifier: Apache-2.0
// HTML and SVG that is well-formed by construction. A text of an input gets into it through an escaping sink or not at all: there
// is no way from a std::string to Markup but text() and given(), and names of elements and attributes are checked by the compiler.
#pragma once
#include <postern/model/layout.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace postern::render {

/// Text that is written in our sources and means nothing in markup: no quote, no angle bracket, no ampersand.
class Word {
 public:
  template <std::size_t N>
  consteval Word(const char (&literal)[N]) : m_text(literal, N - 1) {  // NOLINT(google-explicit-constructor): a literal is a word
    for (const char c : m_text) {
      if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') throw "a sign of markup in a word";
    }
  }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return m_text; }

 private:
  std::string_view m_text;
};

/// The name of an element. Elements that run, load or embed anything do not compile.
class ElementName {
 public:
  template <std::size_t N>
  consteval ElementName(const char (&literal)[N]) : m_text(literal, N - 1) {  // NOLINT(google-explicit-constructor)
    constexpr std::string_view k_forbidden[] = {"script", "style",  "link",  "meta",  "base",    "iframe", "object",
                                                "embed",  "applet", "form",  "input", "button",  "image",  "img",
                                                "use",    "frame",  "audio", "video", "animate", "set",    "foreignObject"};
    for (const std::string_view name : k_forbidden) {
      if (m_text == name) throw "an element that must not be in a report";
    }
    for (const char c : m_text) {
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '1' || c > '6')) throw "no name of an element";
    }
  }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return m_text; }

 private:
  std::string_view m_text;
};

/// The name of an attribute. Event handlers, styles and addresses do not compile.
class AttributeName {
 public:
  template <std::size_t N>
  consteval AttributeName(const char (&literal)[N]) : m_text(literal, N - 1) {  // NOLINT(google-explicit-constructor)
    constexpr std::string_view k_forbidden[] = {"style",      "href", "src",  "xlink:href", "srcdoc",     "action",
                                                "formaction", "data", "ping", "background", "http-equiv", "id"};
    for (const std::string_view name : k_forbidden) {
      if (m_text == name) throw "an attribute that must not be in a report";
    }
    if (m_text.starts_with("on")) throw "an event handler";
    for (const char c : m_text) {
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != ':')
        throw "no name of an attribute";
    }
  }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return m_text; }

 private:
  std::string_view m_text;
};

/// The outline of a shape, in numbers.
class Outline {
 public:
  Outline& move(const model::Point& to) { return add('M', {to}); }
  Outline& line(const model::Point& to) { return add('L', {to}); }
  Outline& curve(const model::Point& a, const model::Point& b, const model::Point& to) { return add('C', {a, b, to}); }
  Outline& close() {
    m_text += 'Z';
    return *this;
  }
  [[nodiscard]] const std::string& text() const noexcept { return m_text; }

 private:
  Outline& add(char command, std::initializer_list<model::Point> points);
  std::string m_text;
};

/// The id of a part of a report, to which links within it lead: a word and a number.
struct Anchor {
  Word word;
  std::size_t number = 0;  ///< 0: the word alone
};

/// One attribute with its value.
class Attribute {
 public:
  [[nodiscard]] const std::string& text() const noexcept { return m_text; }

 private:
  explicit Attribute(std::string text) : m_text(std::move(text)) {}
  std::string m_text;
  friend Attribute fixed(AttributeName, Word);
  friend Attribute given(AttributeName, std::string_view);
  friend Attribute measure(AttributeName, double);
  friend Attribute outline(const Outline&);
  friend Attribute anchored(const Anchor&);
  friend Attribute links_to(const Anchor&);
  friend Attribute labelled_by(const Anchor&);
  friend Attribute box_of_view(double, double);
  friend Attribute moved(double, double);
};
/// A value of ours.
[[nodiscard]] Attribute fixed(AttributeName name, Word value);
/// A value that holds text of an input.
[[nodiscard]] Attribute given(AttributeName name, std::string_view value);
/// A number with at most one decimal.
[[nodiscard]] Attribute measure(AttributeName name, double value);
/// `d`.
[[nodiscard]] Attribute outline(const Outline& outline);
/// `id`, `href` and `aria-labelledby`: within the page and nowhere else.
[[nodiscard]] Attribute anchored(const Anchor& anchor);
[[nodiscard]] Attribute links_to(const Anchor& anchor);
[[nodiscard]] Attribute labelled_by(const Anchor& anchor);
/// `viewBox` from the origin, and `transform` to a place.
[[nodiscard]] Attribute box_of_view(double width, double height);
[[nodiscard]] Attribute moved(double x, double y);

/// A piece of well-formed HTML or SVG.
class Markup {
 public:
  Markup() = default;
  Markup& operator+=(const Markup& more) {
    m_text += more.m_text;
    return *this;
  }
  [[nodiscard]] friend Markup operator+(Markup one, const Markup& more) {
    one += more;
    return one;
  }
  [[nodiscard]] bool empty() const noexcept { return m_text.empty(); }
  [[nodiscard]] const std::string& str() const noexcept { return m_text; }

 private:
  explicit Markup(std::string text) : m_text(std::move(text)) {}
  std::string m_text;
  friend Markup text(std::string_view);
  friend Markup words(Word);
  friend Markup element(ElementName, const std::vector<Attribute>&, const Markup&);
  friend Markup line_end();
};
/// Text that may come from an input: never markup.
[[nodiscard]] Markup text(std::string_view untrusted);
/// Text of ours.
[[nodiscard]] Markup words(Word trusted);
/// An element; without content it is closed at once where HTML allows it.
[[nodiscard]] Markup element(ElementName name, const std::vector<Attribute>& attributes, const Markup& content = {});
/// A line end, for those who read the source; no line of markup begins with a slash or a colon.
[[nodiscard]] Markup line_end();

/// The most common elements.
[[nodiscard]] inline Markup element(ElementName name, const Markup& content) { return element(name, {}, content); }
[[nodiscard]] inline Markup element(ElementName name, Word style, const Markup& content) {
  return element(name, {fixed("class", style)}, content);
}

}  // namespace postern::render
