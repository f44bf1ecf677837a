// SPDX-License-Identifier: Apache-2.0
// `postern assess SOURCE`: the posture of one state, without a delta.
#include <postern/model/decision.h>

#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "render/assessment.h"
#include "render/decision_json.h"
#include "render/reports.h"

namespace postern::app {

int assess(const Options& options) {
  const bool text = options.format.empty() || options.format == "text";
  const render::ReportFormat* format = text ? nullptr : render::find_format(render::report_formats(), options.format);
  if (!text && format == nullptr) {
    std::vector<std::string> known;
    for (const render::ReportFormat& each : render::report_formats()) known.emplace_back(each.id);
    unknown_format(options.format, known);
  }
  // One state is a release against nothing: every rule about what is there speaks, those about changes have nothing to say.
  Options against_nothing = options;
  against_nothing.baseline = {"none"};
  model::Decision decision = run_gate(gate_request(against_nothing));
  // One state has no release that could bring a step.
  for (model::Finding& finding : decision.findings) {
    finding.cut.reset();
    finding.further_cuts.clear();
  }
  write_output(text ? render::assessment_text(decision, text_options(options)) : format->render(decision, render_options(options)));
  return decision.verdict == model::Verdict::indeterminate ? 3 : 0;
}

}  // namespace postern::app
