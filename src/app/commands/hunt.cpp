// SPDX-License-Identifier: Apache-2.0
// `postern hunt WHAT [SOURCE...]`: which services have a weakness or package, how exposed, near what data, and what mends it.
#include "app/inventory/hunt.h"

#include "app/commands/commands.h"
#include "app/inventory/reports.h"
#include "app/output.h"
#include "app/request.h"

namespace postern::app {

int hunt(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json" && format != "csv") unknown_format(format, {"csv", "json", "text"});
  const GateRequest request = inventory_request(options, {options.paths.begin() + 1, options.paths.end()});
  const Threats threats(request.threats, request.now);
  const Hunted hunted(options.paths.front(), threats);
  const HuntAnswer answer = run_hunt(hunted, request, states_of(request.candidate), talk_of(options));
  write_output(format == "json"  ? hunt_json(answer, hunted, threats)
               : format == "csv" ? hunt_csv(answer)
                                 : hunt_text(answer, hunted, threats, text_options(options)));
  if (options.exit_code && !answer.rows.empty()) return 1;
  return answer.looked.unread.empty() ? 0 : 3;
}

}  // namespace postern::app
