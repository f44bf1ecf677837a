// SPDX-License-Identifier: Apache-2.0
// `postern lab document`: one line with a YAML or JSON text in, one line with what was read out.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Reads `{"format": "yaml"|"json"|"detect", "text": ".."}` (format may be left out: detect) and answers with `{"values": [..]}`,
/// one value a document, and `"warnings"` when there are any, or with `{"error": message, "code": code, "line": n, "column": n}`
/// for the first error; line and column are 0 where no place is known. A bad row gives `{"error": ..}`; never throws.
///
/// The format json is judged by RFC 8259, whose grammar allows a key twice: here that is a warning (P1014) and both entries are
/// written, while `postern gate` and the other formats refuse it.
///
/// What JSON cannot say as YAML does: numbers keep their digits where JSON allows the notation (so also integers beyond 64 bits)
/// and are otherwise written as decimal integers or shortest doubles; `.inf`, `-.inf`, `.nan`, numbers beyond the range of double
/// and hexadecimal or octal integers beyond 64 bits are strings. Keys are strings, tags are left out, aliases and merge keys
/// written out.
[[nodiscard]] std::string document_row(std::string_view json_line);

}  // namespace postern::app::lab
