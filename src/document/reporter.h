// SPDX-License-Identifier: Apache-2.0
// How the readers of this part report trouble in one file, and how they give up.
#pragma once
#include <postern/base/diagnostic.h>

#include <array>
#include <cstdint>
#include <string>

#include "storage.h"

namespace postern::document {

/// Thrown within this part when a document cannot be read further; caught by its reader, never seen outside.
struct Refusal {
  const char* code;
  std::size_t offset;
  std::string message;
  std::string hint;
};

/// Thrown within this part when the file had so many errors that reading it further is no use.
struct GivenUp {};

/// Diagnostics of one file, by byte offset.
class Reporter {
 public:
  Reporter(const Source& source, std::uint32_t error_limit, base::DiagnosticSink& sink)
      : m_source(source), m_sink(sink), m_errors_left(error_limit) {}

  /// Reports an error; throws GivenUp when it was the last one that the limits allow.
  void error(const char* code, std::size_t offset, std::string message, std::string hint = {});
  void error(Refusal refusal) { error(refusal.code, refusal.offset, std::move(refusal.message), std::move(refusal.hint)); }
  /// Reports a warning; the two below only unless the file had a few of this family already.
  void warning(const char* code, std::size_t offset, std::string message, std::string hint);
  /// Neither shows the value: it might be a secret.
  void inexact_number(std::size_t offset);
  void differs_in_1_1(std::size_t offset, Kind kind, const char* reading);

 private:
  const Source& m_source;
  base::DiagnosticSink& m_sink;
  std::uint32_t m_errors_left;
  std::uint32_t m_inexact_left = 3;
  std::uint32_t m_differing_left = 3;
};

/// `text` for use in a message: cut to a reasonable length at a character boundary, in single quotes, without control characters.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace postern::document
