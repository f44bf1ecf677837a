// SPDX-License-Identifier: Apache-2.0
// The suites of HCL. Each prints what disagrees and one line of figures, and returns the exit code.
#pragma once
#include <ingest/cloud/value.h>
#include <ingest/hcl/syntax.h>

#include <filesystem>
#include <string>

namespace postern::conformance {

/// The test suite of the specification: `*.t` with the files of HCL beside them.
int run_spec_suite(const std::filesystem::path& suite);
/// Cases of HCL -> JSON, one a line.
int run_json_cases(const std::filesystem::path& file);

/// What an expression of a file is worth.
ingest::cloud::Value value_of(const ingest::hcl::Expression& expression);
[[nodiscard]] std::string content_of(const std::filesystem::path& path);

}  // namespace postern::conformance
