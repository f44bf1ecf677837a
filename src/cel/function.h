// SPDX-License-Identifier: Apache-2.0
// A function that expressions may call: one row with signature, description, example and the code.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/type.h"
#include "cel/value.h"

namespace postern::cel {

class TimeZones;

/// What a function sees of the evaluation that calls it.
class CallContext {
 public:
  CallContext(std::uint64_t budget, const void* host, const TimeZones* zones = nullptr) noexcept
      : m_left(budget), m_host(host), m_zones(zones) {}
  /// Pays `steps` from the evaluation's budget (call it with the size of what you walk over). False when the budget is gone: return
  /// any value then, the evaluation ends with `budget_exceeded`.
  bool charge(std::uint64_t steps) noexcept {
    if (steps > m_left) {
      m_left = 0;
      m_exhausted = true;
      return false;
    }
    m_left -= steps;
    return true;
  }
  [[nodiscard]] bool exhausted() const noexcept { return m_exhausted; }
  [[nodiscard]] std::uint64_t left() const noexcept { return m_left; }
  /// What the caller of `Program::evaluate` handed in (the state of the subject, for instance); may be null.
  template <class T>
  [[nodiscard]] const T* host() const noexcept {
    return static_cast<const T*>(m_host);
  }
  /// Named time zones; null when the environment has none.
  [[nodiscard]] const TimeZones* time_zones() const noexcept { return m_zones; }

 private:
  std::uint64_t m_left;
  const void* m_host;
  const TimeZones* m_zones;
  bool m_exhausted = false;
};

/// The arguments; a member call's receiver comes first. Never unknown or error: those are propagated before the call.
using Arguments = std::span<const Value>;
/// The code of a function. Errors are returned as `Value::error`; unknown results as `Value::unknown`. Must not throw.
using Call = std::function<Value(CallContext&, Arguments)>;

enum class CallStyle : std::uint8_t { global, member };

/// One overload of a function.
struct Function {
  std::string name;  ///< with its namespace: "math.abs"
  CallStyle style = CallStyle::global;
  std::vector<Type> parameters;  ///< of a member function: the receiver first
  Type result;
  std::string description;  ///< one sentence, for `list functions`
  std::string example;      ///< an expression that is true (executed by the tests), may be empty for host functions
  Call call;                ///< empty: the evaluator does it itself (operators), or check-only declarations

  /// "string.startsWith(string) -> bool"
  [[nodiscard]] std::string signature() const;
};

/// Reads "size(list(A)) -> int" or, for a member, "string.startsWith(string) -> bool". A global function of a namespace needs the
/// `::` form in front: "::math.abs(int) -> int". Nothing on malformed text.
[[nodiscard]] std::optional<Function> parse_signature(std::string_view signature);

/// A row of a family's table (src/cel/functions/<family>.cpp).
struct FunctionRow {
  const char* signature;
  Value (*call)(CallContext&, Arguments);
  const char* description;
  const char* example;
};

}  // namespace postern::cel
