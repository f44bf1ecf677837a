// SPDX-License-Identifier: Apache-2.0
// Wording and counting of diagnostics of one file.
#include "reporter.h"

#include "code_names.h"

namespace postern::document {

void Reporter::error(const char* code, std::size_t offset, std::string message, std::string hint) {
  m_sink.error(code, m_source.locate(offset), std::move(message), std::move(hint));
  if (m_errors_left > 1) {
    --m_errors_left;
    return;
  }
  m_sink.error(k_too_many_errors, m_source.locate(offset), "the rest of the file was not read after so many errors",
               "fix the errors above first");
  throw GivenUp{};
}

void Reporter::warning(const char* code, std::size_t offset, std::string message, std::string hint) {
  m_sink.warning(code, m_source.locate(offset), std::move(message), std::move(hint));
}

void Reporter::inexact_number(std::size_t offset) {
  if (m_inexact_left == 0) return;
  --m_inexact_left;
  m_sink.warning(k_inexact_number, m_source.locate(offset), "this integer does not fit into 64 bits; it is kept as written",
                 "quote it if it is an identifier");
}

void Reporter::differs_in_1_1(std::size_t offset, Kind kind, const char* reading) {
  if (m_differing_left == 0) return;
  --m_differing_left;
  m_sink.warning(k_yaml_1_1_differs, m_source.locate(offset),
                 std::string("this value is of kind ") + to_string(kind) + ", but a YAML 1.1 reader takes it for " + reading,
                 "quote it if it is text, otherwise write it so that both agree");
}

std::string quoted(std::string_view text) {
  constexpr std::size_t k_longest = 60;
  const bool cut = text.size() > k_longest;
  if (cut) {
    std::size_t end = k_longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text = text.substr(0, end);
  }
  std::string result = "'";
  for (const char c : text) result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return result + (cut ? "...'" : "'");
}

}  // namespace postern::document
