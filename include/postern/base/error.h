// SPDX-License-Identifier: Apache-2.0
// The few exceptions: thrown when an operation cannot go on, caught once in the composition root. Input trouble is a Diagnostic.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace postern {

/// Base of all our exceptions. `context()` names what was being done, innermost first.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::string hint = {}) : std::runtime_error(message), m_hint(std::move(hint)) {}
  /// What the user can do about it; may be empty.
  [[nodiscard]] const std::string& hint() const noexcept { return m_hint; }
  [[nodiscard]] const std::vector<std::string>& context() const noexcept { return m_context; }
  void add_context(std::string context) { m_context.push_back(std::move(context)); }

 private:
  std::string m_hint;
  std::vector<std::string> m_context;
};

/// Usage, configuration or policy that cannot be used: exit code 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A source that was asked for cannot be read at all (missing folder, unknown git ref): the verdict is indeterminate, exit code 3.
class SourceError : public Error {
 public:
  using Error::Error;
};

/// Stops with exit code 70 when an invariant of the program does not hold; active in release builds too.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace postern

#define POSTERN_ASSERT(condition) ((condition) ? void(0) : ::postern::assertion_failed(#condition, __FILE__, __LINE__))
