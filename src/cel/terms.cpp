// SPDX-License-Identifier: Apache-2.0
// Finds the operands of && and ||, and what is plainly constant.
#include "cel/terms.h"

#include <algorithm>

namespace postern::cel {
namespace {

class Finder {
 public:
  explicit Finder(const Code& code) : m_code(code) {}

  std::vector<Term> run() {
    add(TermRole::whole, m_code.root);
    visit(m_code.root);
    std::stable_sort(m_found.begin(), m_found.end(), [&](const Term& a, const Term& b) {
      const Node& x = m_code.nodes[a.node];
      const Node& y = m_code.nodes[b.node];
      return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
    });
    return std::move(m_found);
  }

 private:
  [[nodiscard]] std::span<const std::uint32_t> operands(const Node& node) const {
    return std::span(m_code.children).subspan(node.first, node.count);
  }

  void visit(std::uint32_t index) {
    const Node& node = m_code.nodes[index];
    for (const std::uint32_t operand : operands(node)) {
      if (node.op == Op::logical_and) add(TermRole::conjunct, operand);
      if (node.op == Op::logical_or) add(TermRole::disjunct, operand);
      visit(operand);
    }
  }

  void add(TermRole role, std::uint32_t index) {
    const Node& node = m_code.nodes[index];
    m_found.push_back({role, position_at(m_code.source, node.begin), m_code.source.substr(node.begin, node.end - node.begin),
                       constant(index), index});
  }

  /// What a node always comes to, as far as constants alone tell.
  [[nodiscard]] std::optional<bool> constant(std::uint32_t index) const {
    const Node& node = m_code.nodes[index];
    switch (node.op) {
      case Op::constant: {
        const Value& value = m_code.constants[node.payload];
        return value.is(Kind::boolean) ? std::optional(value.is_true()) : std::nullopt;
      }
      case Op::logical_and:
        return joined(node, false);
      case Op::logical_or:
        return joined(node, true);
      case Op::logical_not: {
        const auto operand = constant(operands(node)[0]);
        return operand ? std::optional(!*operand) : std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

  [[nodiscard]] std::optional<bool> joined(const Node& node, bool absorbing) const {
    bool all_known = true;
    for (const std::uint32_t operand : operands(node)) {
      const auto value = constant(operand);
      if (value == absorbing) return absorbing;
      all_known = all_known && value.has_value();
    }
    return all_known ? std::optional(!absorbing) : std::nullopt;
  }

  const Code& m_code;
  std::vector<Term> m_found;
};

}  // namespace

std::vector<Term> terms_of(const Code& code) { return Finder(code).run(); }

}  // namespace postern::cel
