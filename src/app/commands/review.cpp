// SPDX-License-Identifier: Apache-2.0
// `postern review A B`: what a manual security review asks for, made from the delta of two sources.
#include "render/review.h"

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"

namespace postern::app {

int review(const Options& options) {
  Options asked = options;
  asked.baseline = {options.paths.at(0)};
  asked.paths = {options.paths.at(1)};
  const model::Decision decision = run_gate(gate_request(asked));
  write_output(render::review(decision));
  return decision.verdict == model::Verdict::indeterminate ? 3 : 0;
}

}  // namespace postern::app
