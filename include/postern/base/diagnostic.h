// SPDX-License-Identifier: Apache-2.0
// What went wrong in a user's input, where, and what to do about it. Trouble in input is collected, never thrown.
#pragma once
#include <postern/base/symbol.h>

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace postern::base {

/// A place in an input. Lines and columns count from 1; 0 means "not known". Columns count bytes.
struct Location {
  Symbol file;  ///< path as the user knows it, relative to the source root
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Location&, const Location&) = default;
};

/// "file:line:column", leaving out what is not known.
[[nodiscard]] std::string to_string(const Location& location);

/// How bad it is. An `error` means that something could not be judged: it makes the verdict indeterminate.
enum class Severity : std::uint8_t { note, warning, error };
[[nodiscard]] const char* to_string(Severity severity);

/// One trouble. `code` is stable for ever (P + four digits; `postern explain CODE` prints its row in the table of codes).
struct Diagnostic {
  std::string code;
  Severity severity = Severity::error;
  Location location;
  std::string message;               ///< what was found and what was expected, one sentence
  std::string hint;                  ///< what to do; may be empty
  std::vector<std::string> context;  ///< outermost first, e.g. pack > rule > expression

  friend auto operator<=>(const Diagnostic&, const Diagnostic&) = default;
};

/// Collects diagnostics; reading goes on after each. Not thread-safe: one sink a worker, merged afterwards in input order.
class DiagnosticSink {
 public:
  void add(Diagnostic diagnostic);
  void error(std::string code, Location location, std::string message, std::string hint = {});
  void warning(std::string code, Location location, std::string message, std::string hint = {});
  void note(std::string code, Location location, std::string message, std::string hint = {});
  /// Appends all of `other`.
  void merge(DiagnosticSink other);

  [[nodiscard]] const std::vector<Diagnostic>& all() const noexcept { return m_all; }
  [[nodiscard]] bool has_errors() const noexcept { return m_errors != 0; }
  [[nodiscard]] std::size_t error_count() const noexcept { return m_errors; }

 private:
  std::vector<Diagnostic> m_all;
  std::size_t m_errors = 0;
};

}  // namespace postern::base
