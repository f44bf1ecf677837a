// SPDX-License-Identifier: Apache-2.0
// What a decision rests on: sources, rules and digests.
#include <algorithm>

#include "render/decision_json.h"
#include "render/html/sections.h"
#include "render/words.h"

namespace postern::render::html {
namespace {

using model::Decision;

Markup digest(const std::string& name) { return name.empty() ? Markup() : element("code", "digest", text(name)); }

Markup inputs_of(const model::JudgedSource& source) {
  if (source.inputs.empty()) return {};
  Markup rows;
  const std::size_t shown = std::min(source.inputs.size(), k_most_rows);
  for (std::size_t at = 0; at < shown; ++at) rows += row({code(source.inputs[at].first), digest(source.inputs[at].second)});
  return fold(text(counted(source.inputs.size(), "file")),
              table("inputs", "Files with their digests", {"File", "SHA-256"}, rows) + rest(source.inputs.size(), shown));
}

Markup source_of(const model::JudgedSource& source) {
  Markup content =
      element("p", code(source.description) + text(": " + counted(source.entities, "entity", "entities") + ", " +
                                                   counted(source.relations, "relation") + ", " + to_string(source.completeness)));
  if (source.commit) content += element("p", words("commit ") + code(*source.commit));
  if (!source.digest.empty()) content += element("p", words("SHA-256 ") + digest(source.digest));
  Markup unread;
  for (const auto& [kind, count] : source.unread_kinds) {
    if (!unread.empty()) unread += words(", ");
    unread += code(kind) + text(" (" + std::to_string(count) + ")");
  }
  if (!unread.empty()) content += element("p", words("not read: ") + unread);
  if (source.unrecognised_files != 0) content += element("p", text(counted(source.unrecognised_files, "file") + " not recognised"));
  for (const model::JudgedReport& report : source.reports)
    content += element("p", text(counted(report.findings, "finding") + " of ") + code(report.tool) +
                                text(" read, " + std::to_string(report.bound) + " bound (") + code(report.path) +
                                text(report.succeeded ? ")" : "); the run of the tool failed"));
  return content + inputs_of(source);
}

Markup policy_of(const Decision& decision) {
  std::vector<std::string> packs;
  for (const auto& [name, version] : decision.packs) packs.push_back(name + " " + version);
  Markup content =
      element("p", text(counted(decision.rules, "rule")) + (packs.empty() ? Markup() : words(" of ") + codes(packs, ", ")));
  if (!decision.policy_digest.empty()) content += element("p", words("SHA-256 ") + digest(decision.policy_digest));
  return content;
}

Markup version_control_of(const Decision& decision) {
  if (!decision.version_control) return {};
  const model::VersionControl& control = *decision.version_control;
  Markup content = element("p", code(control.repository));
  if (!control.revision.empty()) content += element("p", words("commit ") + code(control.revision));
  if (!control.branch.empty()) content += element("p", words("branch ") + code(control.branch));
  return content;
}

}  // namespace

Section basis(const Decision& decision) {
  Markup terms = term("Baseline", source_of(decision.baseline)) + term("Candidate", source_of(decision.candidate));
  terms += term("Repository", version_control_of(decision)) + term("Policy", policy_of(decision));
  terms += term(
      "Risk model",
      element("p", text("version " + decision.risk_model_version)) +
          (decision.risk_model_digest.empty() ? Markup() : element("p", words("SHA-256 ") + digest(decision.risk_model_digest))));
  terms += term("Knowledge", digest(decision.knowledge_digest)) + term("Configuration", digest(decision.configuration_digest)) +
           term("Threat database", digest(decision.threat_digest));
  if (decision.protected_side) {
    terms += term("Judged by", element("p", words("configuration and policies of ") + code(decision.protected_side->reference) +
                                                words(", commit ") + code(decision.protected_side->commit)));
  }
  terms += term("Scope", text(decision.scope));
  terms += term("Decision", element("p", digest(decision_id(decision))) + element("p", text("Postern " + decision.tool_version)));
  return {
      {"basis"}, "What this rests on", {}, fold(words("Sources, rules and digests"), element("dl", "basis", line_end() + terms))};
}

}  // namespace postern::render::html
