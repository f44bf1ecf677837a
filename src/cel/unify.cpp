// SPDX-License-Identifier: Apache-2.0
// Assignability and unification, as the reference checkers do it: dyn fits everything, null fits objects and abstract types.
#include "cel/unify.h"

#include <algorithm>

namespace postern::cel {
namespace {

bool nullable(const Type& type) {
  switch (type.kind()) {
    case TypeKind::null:
    case TypeKind::object:
    case TypeKind::abstract:
    case TypeKind::timestamp:
    case TypeKind::duration:
      return true;
    default:
      return false;
  }
}

/// True when `a` says no more than `b`.
bool at_most_as_specific(const Type& a, const Type& b) {
  if (a.is(TypeKind::dynamic) || a.is(TypeKind::parameter)) return true;
  if (b.is(TypeKind::dynamic) || b.is(TypeKind::parameter)) return false;
  if (b.is(TypeKind::null) && nullable(a)) return true;
  if (a.kind() != b.kind() || a.name() != b.name() || a.parameters().size() != b.parameters().size()) return false;
  return std::equal(a.parameters().begin(), a.parameters().end(), b.parameters().begin(), at_most_as_specific);
}

const Type& most_general(const Type& a, const Type& b) { return at_most_as_specific(a, b) ? a : b; }

constexpr std::size_t k_largest_type = 200;
constexpr std::uint32_t k_most_work =
    5'000;  ///< parts of types looked at in one question: parameters can stand for one another's doubles

/// Counts the parts of `type`, stopping soon after `limit`.
std::size_t parts_of(const Type& type, std::size_t limit) {
  std::size_t count = 1;
  for (const Type& parameter : type.parameters())
    if (count <= limit) count += parts_of(parameter, limit);
  return count;
}

Type rebuilt(const Type& type, std::vector<Type> parameters) {
  return type.is(TypeKind::abstract) ? Type::abstract(type.name().view(), std::move(parameters))
                                     : Type(type.kind(), std::move(parameters));
}

/// Replaces parameters by what `leaf` says; what is left when `budget` parts were visited becomes dyn.
template <class Leaf>
Type transform(const Type& type, std::size_t& budget, const Leaf& leaf) {
  if (budget == 0) return {};
  --budget;
  if (type.is(TypeKind::parameter)) return leaf(type);
  if (type.parameters().empty()) return type;
  std::vector<Type> parameters;
  parameters.reserve(type.parameters().size());
  for (const Type& parameter : type.parameters()) parameters.push_back(transform(parameter, budget, leaf));
  return rebuilt(type, std::move(parameters));
}

}  // namespace

Type Substitution::fresh() { return Type::parameter("_" + std::to_string(m_next++)); }

std::vector<Type> Substitution::instantiate(std::span<const Type> types) {
  std::map<base::Symbol, Type> own;
  std::vector<Type> result;
  for (const Type& type : types) {
    std::size_t budget = k_largest_type;
    result.push_back(transform(type, budget, [&](const Type& parameter) {
      const auto known = own.find(parameter.name());
      return known != own.end() ? known->second : own.emplace(parameter.name(), fresh()).first->second;
    }));
  }
  return result;
}

bool Substitution::mentions(const Type& type, base::Symbol parameter) {
  if (++m_work > k_most_work) return true;
  if (type.is(TypeKind::parameter)) {
    if (type.name() == parameter) return true;
    const auto found = m_map.find(type.name());
    return found != m_map.end() && mentions(found->second, parameter);
  }
  return std::any_of(type.parameters().begin(), type.parameters().end(),
                     [&](const Type& part) { return mentions(part, parameter); });
}

void Substitution::set(base::Symbol parameter, Type type) {
  const auto [entry, added] = m_map.emplace(parameter, type);
  m_log.emplace_back(parameter, added ? std::nullopt : std::optional(entry->second));
  if (!added) entry->second = std::move(type);
}

Substitution::Outcome Substitution::bind(const Type& type, const Type& parameter) {
  if (type == parameter) return Outcome::yes;
  const auto found = m_map.find(parameter.name());
  if (found == m_map.end()) {
    if (mentions(type, parameter.name())) return Outcome::no;
    set(parameter.name(), type);
    return Outcome::yes;
  }
  const Type bound = found->second;
  if (type == bound) return Outcome::yes;
  if (!fits(type, bound)) return Outcome::no_but_bound;
  const Type wider = most_general(type, bound);
  if (!mentions(wider, parameter.name())) set(parameter.name(), wider);
  return Outcome::yes;
}

bool Substitution::fits(const Type& from, const Type& to) {
  if (++m_work > k_most_work) return true;
  if (to.is(TypeKind::parameter)) {
    const Outcome outcome = bind(from, to);
    if (outcome != Outcome::no) return outcome == Outcome::yes;
  }
  if (from.is(TypeKind::parameter)) return bind(to, from) == Outcome::yes;
  if (from.is(TypeKind::dynamic) || to.is(TypeKind::dynamic)) return true;
  if (from.is(TypeKind::null)) return nullable(to);
  if (to.is(TypeKind::null)) return nullable(from);
  if (from.kind() != to.kind()) return false;
  if (from.is(TypeKind::type)) return true;
  if (from.name() != to.name() || from.parameters().size() != to.parameters().size()) return false;
  for (std::size_t i = 0; i < from.parameters().size(); ++i)
    if (!fits(from.parameters()[i], to.parameters()[i])) return false;
  return true;
}

bool Substitution::assignable(std::span<const Type> from, std::span<const Type> to) {
  m_log.clear();
  m_work = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (fits(from[i], to[i])) continue;
    for (; !m_log.empty(); m_log.pop_back()) {
      auto& [parameter, before] = m_log.back();
      if (before) {
        m_map[parameter] = std::move(*before);
      } else {
        m_map.erase(parameter);
      }
    }
    return false;
  }
  return true;
}

Type Substitution::apply_within(const Type& type, std::size_t& budget) const {
  return transform(type, budget, [&](const Type& parameter) {
    const auto found = m_map.find(parameter.name());
    return found == m_map.end() ? parameter : apply_within(found->second, budget);
  });
}

Type Substitution::apply(const Type& type) const {
  if (type.parameters().empty() && !type.is(TypeKind::parameter)) return type;
  std::size_t budget = k_largest_type;
  return apply_within(type, budget);
}

Type Substitution::finish(const Type& type) const {
  std::size_t budget = k_largest_type;
  return transform(apply(type), budget, [](const Type&) { return Type(); });
}

Type bounded(Type type) { return parts_of(type, k_largest_type) > k_largest_type ? Type() : type; }

Type Substitution::join(const std::optional<Type>& before, const Type& next) {
  if (!before) return next;
  if (assignable(*before, next)) return most_general(*before, next);
  return {};
}

}  // namespace postern::cel
