// SPDX-License-Identifier: Apache-2.0
// What Postern says to people while it works: on standard error, never mixed with results.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/base/error.h>

#include <cstdint>
#include <vector>

namespace postern::app {

/// How much is said.
enum class Talk : std::uint8_t { quiet, normal };

/// One line a diagnostic, its hint below it; everything escaped for terminals.
void tell(const std::vector<base::Diagnostic>& diagnostics, Talk talk);
/// What ended the run, while doing what, and what helps.
void tell(const Error& error);
/// A failure that nobody foresaw.
void tell_internal(const char* what);

}  // namespace postern::app
