// SPDX-License-Identifier: Apache-2.0
// Collecting and naming diagnostics.
#include <postern/base/diagnostic.h>

#include <iterator>
#include <utility>

namespace postern::base {

std::string to_string(const Location& location) {
  std::string text = location.file.str();
  if (location.line == 0) return text;
  text += ':' + std::to_string(location.line);
  if (location.column != 0) text += ':' + std::to_string(location.column);
  return text;
}

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

void DiagnosticSink::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) ++m_errors;
  m_all.push_back(std::move(diagnostic));
}

void DiagnosticSink::error(std::string code, Location location, std::string message, std::string hint) {
  add({std::move(code), Severity::error, location, std::move(message), std::move(hint), {}});
}

void DiagnosticSink::warning(std::string code, Location location, std::string message, std::string hint) {
  add({std::move(code), Severity::warning, location, std::move(message), std::move(hint), {}});
}

void DiagnosticSink::note(std::string code, Location location, std::string message, std::string hint) {
  add({std::move(code), Severity::note, location, std::move(message), std::move(hint), {}});
}

void DiagnosticSink::merge(DiagnosticSink other) {
  m_errors += other.m_errors;
  std::move(other.m_all.begin(), other.m_all.end(), std::back_inserter(m_all));
}

}  // namespace postern::base
