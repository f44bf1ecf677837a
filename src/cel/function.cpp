// SPDX-License-Identifier: Apache-2.0
// Reading and printing signatures.
#include "cel/function.h"

#include <postern/base/text.h>

namespace postern::cel {
namespace {

/// Index of the '(' that matches the ')' at the end of `text`; npos if there is none.
std::size_t opening_of_last(std::string_view text) {
  int depth = 0;
  for (std::size_t at = text.size(); at-- > 0;) {
    if (text[at] == ')') ++depth;
    if (text[at] == '(' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

bool read_parameters(std::string_view text, std::vector<Type>& parameters) {
  if (base::trim(text).empty()) return true;
  const std::optional<Type> whole = Type::parse("list(" + std::string(text) + ")");  // one parameter
  if (whole) {
    parameters.push_back(whole->parameters()[0]);
    return true;
  }
  const std::optional<Type> tuple = Type::parse("@tuple(" + std::string(text) + ")");
  if (!tuple) return false;
  parameters.insert(parameters.end(), tuple->parameters().begin(), tuple->parameters().end());
  return true;
}

}  // namespace

std::optional<Function> parse_signature(std::string_view signature) {
  constexpr std::string_view k_arrow = " -> ";
  const std::size_t arrow = signature.rfind(k_arrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  std::string_view left = signature.substr(0, arrow);
  const std::optional<Type> result = Type::parse(signature.substr(arrow + k_arrow.size()));
  const std::size_t open = left.ends_with(')') ? opening_of_last(left) : std::string_view::npos;
  if (!result || open == std::string_view::npos) return std::nullopt;

  Function function;
  function.result = *result;
  std::string_view name = left.substr(0, open);
  if (name.starts_with("::")) {
    name.remove_prefix(2);
  } else if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && name[0] != '_') {
    const std::optional<Type> receiver = Type::parse(name.substr(0, dot));
    if (!receiver) return std::nullopt;
    function.style = CallStyle::member;
    function.parameters.push_back(*receiver);
    name.remove_prefix(dot + 1);
  }
  if (name.empty() || name.find_first_of("() ") != std::string_view::npos) return std::nullopt;
  function.name = name;
  if (!read_parameters(left.substr(open + 1, left.size() - open - 2), function.parameters)) return std::nullopt;
  return function;
}

std::string Function::signature() const {
  std::vector<std::string> texts;
  for (const Type& parameter : parameters) texts.push_back(parameter.text());
  std::string prefix;
  if (style == CallStyle::member) {
    prefix = texts.front() + ".";
    texts.erase(texts.begin());
  }
  return prefix + name + "(" + base::join(texts, ", ") + ") -> " + result.text();
}

}  // namespace postern::cel
