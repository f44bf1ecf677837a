// SPDX-License-Identifier: Apache-2.0
// Reads selector expressions of Calico into alternatives of plain terms.
#include <ingest/kubernetes/network/calico_selector.h>
#include <postern/base/text.h>

#include <algorithm>
#include <string>
#include <tuple>

namespace postern::ingest::kubernetes {
namespace {

using model::LabelRequirement;
using model::LabelSelector;
using Operator = LabelRequirement::Operator;
using Alternatives = std::vector<LabelSelector>;

constexpr std::size_t k_most_alternatives = 64;
constexpr int k_deepest = 16;

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
}

/// Recursive descent; any member answers with nothing where the expression is not of the exact kind.
class Parser {
 public:
  explicit Parser(std::string_view text) : m_rest(text) {}

  std::optional<Alternatives> whole() {
    auto found = alternatives(0);
    skip_space();
    return m_rest.empty() ? std::move(found) : std::nullopt;
  }

 private:
  void skip_space() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r\n"), m_rest.size())); }

  bool take(std::string_view token) {
    skip_space();
    if (!m_rest.starts_with(token)) return false;
    m_rest.remove_prefix(token.size());
    return true;
  }

  bool take_word(std::string_view word) {
    skip_space();
    if (!m_rest.starts_with(word) || (m_rest.size() > word.size() && is_key_character(m_rest[word.size()]))) return false;
    m_rest.remove_prefix(word.size());
    return true;
  }

  std::optional<Alternatives> alternatives(int depth) {
    auto found = conjunction(depth);
    while (found && take("||")) {
      auto more = conjunction(depth);
      if (!more || found->size() + more->size() > k_most_alternatives) return std::nullopt;
      found->insert(found->end(), more->begin(), more->end());
    }
    return found;
  }

  std::optional<Alternatives> conjunction(int depth) {
    auto found = term(depth);
    while (found && take("&&")) {
      const auto more = term(depth);
      if (!more || found->size() * more->size() > k_most_alternatives) return std::nullopt;
      Alternatives product;
      for (const LabelSelector& left : *found) {
        for (const LabelSelector& right : *more) {
          product.push_back(left);
          product.back().requirements.insert(product.back().requirements.end(), right.requirements.begin(),
                                             right.requirements.end());
        }
      }
      found = std::move(product);
    }
    return found;
  }

  std::optional<Alternatives> term(int depth) {
    if (depth > k_deepest) return std::nullopt;
    if (take("(")) {
      auto inner = alternatives(depth + 1);
      return inner && take(")") ? std::move(inner) : std::nullopt;
    }
    const bool negated = take("!");
    if (take_word("all")) return take("(") && take(")") && !negated ? std::optional(Alternatives{LabelSelector{}}) : std::nullopt;
    if (take_word("has")) return existence(negated);
    return negated ? std::nullopt : comparison();
  }

  std::optional<Alternatives> existence(bool negated) {
    if (!take("(")) return std::nullopt;
    const base::Symbol key = read_key();
    if (key.empty() || !take(")")) return std::nullopt;
    return one({key, negated ? Operator::does_not_exist : Operator::exists, {}});
  }

  std::optional<Alternatives> comparison() {
    const base::Symbol key = read_key();
    if (key.empty()) return std::nullopt;
    if (take("==") || take("=")) return single(key, Operator::in);
    if (take("!=")) return single(key, Operator::not_in);
    const bool negated = take_word("not");
    if (!take_word("in")) return std::nullopt;
    if (!take("{")) return std::nullopt;
    std::vector<base::Symbol> values;
    do {
      auto value = read_value();
      if (!value) return std::nullopt;
      values.push_back(*value);
    } while (take(","));
    if (!take("}")) return std::nullopt;
    std::sort(values.begin(), values.end());
    return one({key, negated ? Operator::not_in : Operator::in, std::move(values)});
  }

  std::optional<Alternatives> single(base::Symbol key, Operator operation) {
    const auto value = read_value();
    if (!value) return std::nullopt;
    return one({key, operation, {*value}});
  }

  static std::optional<Alternatives> one(LabelRequirement requirement) {
    return Alternatives{LabelSelector{{std::move(requirement)}}};
  }

  base::Symbol read_key() {
    skip_space();
    const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), is_key_character);
    const base::Symbol key(m_rest.substr(0, static_cast<std::size_t>(end - m_rest.begin())));
    m_rest.remove_prefix(key.view().size());
    return key;
  }

  std::optional<base::Symbol> read_value() {
    skip_space();
    if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"')) return std::nullopt;
    const std::size_t end = m_rest.find(m_rest.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    const base::Symbol value(m_rest.substr(1, end - 1));
    m_rest.remove_prefix(end + 1);
    return value;
  }

  std::string_view m_rest;
};

}  // namespace

std::optional<std::vector<LabelSelector>> parse_calico_selector(std::string_view text) {
  if (base::trim(text).empty()) return Alternatives{LabelSelector{}};
  auto found = Parser(text).whole();
  if (!found) return std::nullopt;
  for (LabelSelector& selector : *found) {
    std::sort(selector.requirements.begin(), selector.requirements.end(), [](const LabelRequirement& a, const LabelRequirement& b) {
      return std::tie(a.key, a.operation, a.values) < std::tie(b.key, b.operation, b.values);
    });
  }
  return found;
}

}  // namespace postern::ingest::kubernetes
