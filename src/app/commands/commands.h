// SPDX-License-Identifier: Apache-2.0
// The commands: one function each, in a file of its own name. Each returns the process's exit code.
#pragma once
#include "app/options.h"

namespace postern::app {

int assess(const Options& options);
int config_show(const Options& options);
int doctor(const Options& options);
int diff_sources(const Options& options);
int export_sbom(const Options& options);
int explain_code(const Options& options);
int gate(const Options& options);
int hunt(const Options& options);
int init(const Options& options);
int run_lab(const Options& options);
int list(const Options& options);
int map(const Options& options);
int policy_explain(const Options& options);
int policy_lint(const Options& options);
int policy_list(const Options& options);
int policy_test(const Options& options);
int policy_try(const Options& options);
int query(const Options& options);
int render_decision(const Options& options);
int review(const Options& options);
int show_schema(const Options& options);
int threatdb_import(const Options& options);
int threatdb_info(const Options& options);
int threatdb_lookup(const Options& options);
int threatdb_update(const Options& options);
int show_version(const Options& options);

}  // namespace postern::app
