// SPDX-License-Identifier: Apache-2.0
// Markup as text.
#include "render/markup.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "render/escape.h"

namespace postern::render {
namespace {

/// At most one decimal, without exponent, without locale: `12`, `-0.5`.
std::string number(double value) {
  constexpr double k_most = 1e9;
  const double kept = std::isfinite(value) ? std::fmax(-k_most, std::fmin(k_most, value)) : 0;
  const auto tenths = static_cast<std::int64_t>(std::llround(kept * 10));
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  std::string text = tenths < 0 ? "-" : "";
  text += std::to_string(size / 10);
  if (size % 10 != 0) text += "." + std::to_string(size % 10);
  return text;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string id_of(const Anchor& anchor) {
  return std::string(anchor.word.view()) + (anchor.number == 0 ? "" : "-" + std::to_string(anchor.number));
}

/// Elements that HTML closes only by an end tag, even when they are empty, would swallow what follows; these it does not.
constexpr std::array<std::string_view, 8> k_void = {"br", "hr", "col", "wbr", "path", "rect", "circle", "line"};

bool is_void(std::string_view name) {
  for (const std::string_view each : k_void) {
    if (name == each) return true;
  }
  return false;
}

}  // namespace

Outline& Outline::add(char command, std::initializer_list<model::Point> points) {
  m_text += command;
  bool is_first = true;
  for (const model::Point& point : points) {
    if (!is_first) m_text += ' ';
    is_first = false;
    m_text += number(point.x) + " " + number(point.y);
  }
  return *this;
}

Attribute fixed(AttributeName name, Word value) { return Attribute(attribute(name.view(), value.view())); }
Attribute given(AttributeName name, std::string_view value) { return Attribute(attribute(name.view(), html_attribute(value))); }
Attribute measure(AttributeName name, double value) { return Attribute(attribute(name.view(), number(value))); }
Attribute outline(const Outline& outline) { return Attribute(attribute("d", outline.text())); }
Attribute anchored(const Anchor& anchor) { return Attribute(attribute("id", id_of(anchor))); }
Attribute links_to(const Anchor& anchor) { return Attribute(attribute("href", "#" + id_of(anchor))); }
Attribute labelled_by(const Anchor& anchor) { return Attribute(attribute("aria-labelledby", id_of(anchor))); }
Attribute box_of_view(double width, double height) {
  return Attribute(attribute("viewBox", "0 0 " + number(width) + " " + number(height)));
}
Attribute moved(double x, double y) { return Attribute(attribute("transform", "translate(" + number(x) + " " + number(y) + ")")); }

Markup text(std::string_view untrusted) { return Markup(html_text(untrusted)); }
Markup words(Word trusted) { return Markup(std::string(trusted.view())); }
Markup line_end() { return Markup("\n"); }

Markup element(ElementName name, const std::vector<Attribute>& attributes, const Markup& content) {
  std::string result = "<" + std::string(name.view());
  for (const Attribute& each : attributes) result += each.text();
  if (content.empty() && is_void(name.view())) return Markup(result + "/>");
  return Markup(result + ">" + content.str() + "</" + std::string(name.view()) + ">");
}

}  // namespace postern::render
