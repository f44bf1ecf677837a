// SPDX-License-Identifier: Apache-2.0
// `postern query EXPRESSION [SOURCE...]`: which entities of many states a condition holds for.
#include "app/inventory/query.h"

#include <postern/base/error.h>

#include "app/commands/commands.h"
#include "app/inventory/reports.h"
#include "app/output.h"
#include "app/request.h"

namespace postern::app {

int query(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json" && format != "csv") unknown_format(format, {"csv", "json", "text"});
  base::DiagnosticSink sink;
  const std::optional<policy::Query> asked = policy::compile_query(options.paths.front(), sink);
  tell(sink.all(), Talk::normal);
  if (!asked)
    throw UsageError("the expression cannot be used", "docs/reference/policy-language.md lists variables, fields and functions");
  const GateRequest request = inventory_request(options, {options.paths.begin() + 1, options.paths.end()});
  const Threats threats(request.threats, request.now);
  const QueryResult result = run_query(*asked, threats, request, states_of(request.candidate), talk_of(options));
  write_output(format == "json"  ? query_json(result, *asked, threats)
               : format == "csv" ? query_csv(result)
                                 : query_text(result, threats, text_options(options)));
  if (options.exit_code && !result.matches.empty()) return 1;
  return result.looked.unread.empty() && result.failed == 0 ? 0 : 3;
}

}  // namespace postern::app
