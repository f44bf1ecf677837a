// SPDX-License-Identifier: Apache-2.0
// When a type may stand where another is asked for, with type parameters solved on the way.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "cel/type.h"

namespace postern::cel {

/// What type parameters were found to stand for during one check.
class Substitution {
 public:
  /// A parameter that nothing else uses.
  [[nodiscard]] Type fresh();
  /// `signature` types with their parameters replaced by fresh ones, the same one each time.
  [[nodiscard]] std::vector<Type> instantiate(std::span<const Type> types);
  /// True when every `from[i]` may be passed as `to[i]`; learns what the parameters stand for. On false nothing is learnt.
  bool assignable(std::span<const Type> from, std::span<const Type> to);
  bool assignable(const Type& from, const Type& to) { return assignable(std::span(&from, 1), std::span(&to, 1)); }
  /// `type` with known parameters replaced.
  [[nodiscard]] Type apply(const Type& type) const;
  /// The same, parameters that remain become dyn.
  [[nodiscard]] Type finish(const Type& type) const;
  /// The type of a list or conditional that has elements of both types; dyn when they have nothing in common.
  [[nodiscard]] Type join(const std::optional<Type>& before, const Type& next);

 private:
  enum class Outcome : std::uint8_t { no, yes, no_but_bound };
  bool fits(const Type& from, const Type& to);
  Outcome bind(const Type& type, const Type& parameter);
  [[nodiscard]] bool mentions(const Type& type, base::Symbol parameter);
  [[nodiscard]] Type apply_within(const Type& type, std::size_t& budget) const;
  void set(base::Symbol parameter, Type type);

  std::map<base::Symbol, Type> m_map;
  std::vector<std::pair<base::Symbol, std::optional<Type>>> m_log;  ///< what to undo when an attempt fails
  std::uint32_t m_next = 0;
  std::uint32_t m_work = 0;  ///< parts of types looked at in the present question
};

/// `type`, or dyn when it has grown beyond any use (nested literals can double it at every level).
[[nodiscard]] Type bounded(Type type);

}  // namespace postern::cel
