// SPDX-License-Identifier: Apache-2.0
// The document of a review, in Markdown.
#include "render/review.h"

#include <algorithm>
#include <map>

#include "render/decision_json.h"
#include "render/markdown_parts.h"
#include "render/picture.h"
#include "render/review_parts.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;
using model::ReportedFlow;

constexpr std::size_t k_most_rows = 400;  // nobody reads more; the decision has everything
constexpr std::size_t k_most_places = 4;

/// Rows of a table, with a remark about those that do not fit.
class Table {
 public:
  explicit Table(std::string head) : m_text(std::move(head)) {}
  void row(const std::string& text) {
    if (++m_rows <= k_most_rows) m_text += text;
  }
  [[nodiscard]] std::string take(std::string_view none) const {
    if (m_rows == 0) return std::string(none) + "\n";
    const std::size_t more = m_rows > k_most_rows ? m_rows - k_most_rows : 0;
    return more == 0 ? m_text : m_text + "\nand " + std::to_string(more) + " more, in the decision.\n";
  }

 private:
  std::string m_text;
  std::size_t m_rows = 0;
};

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string places(const std::vector<base::Location>& locations) {
  std::string text;
  for (std::size_t i = 0; i < std::min(locations.size(), k_most_places); ++i)
    text += (text.empty() ? "" : "<br>") + place(locations[i]);
  return or_dash(text);
}

std::string head_of(const Decision& decision) {
  std::string text = "# Security review of " + code(decision.application) + "\n\n";
  text += "From " + code(decision.baseline.description) + " to " + code(decision.candidate.description) + ", for the environment " +
          code(decision.environment) + " (class " + sentence(decision.environment_class, 60) + "). Decision " +
          code(decision_id(decision).substr(0, 16)) + ": **" + std::string(verdict_title(decision.verdict)) + "**. " +
          verdict_sentence(decision) + "\n\n";
  text +=
      "Everything here was made from files of the build, without running anything. **ok** and **open** are answered by what was "
      "read; "
      "**to answer** is asked, since nothing that was read says it.\n\n";
  text += "| | Before | After |\n|---|---|---|\n";
  for (const QuestionRow& row : question_rows(decision)) {
    text += "| " + std::string(row.question) + " | " + sentence(row.before, 160) + " | " + sentence(row.after, 160) + " |\n";
  }
  return text;
}

std::string diagram_of(const Decision& decision) {
  if (decision.picture.entities.empty()) return "No service, store or outside party changes.\n";
  PictureOptions options = picture_options_for(decision);
  options.most_entities = 60;
  options.frames = Frames::namespaces;
  return "Frames are trust boundaries: namespaces, and what lies outside. Green is new, amber changed, red and dashed "
         "gone.\n\n```mermaid\n" +
         mermaid(decision.picture, options) + "```\n";
}

std::string flows_of(const Decision& decision) {
  Table table("| | Flow | Kind | Transport | Authentication | Data | Boundary | Where |\n|---|---|---|---|---|---|---|---|\n");
  for (const ReportedFlow& flow : decision.flows) {
    const std::string boundary = flow.leaves ? "leaves the environment" : flow.crosses_namespace ? "between namespaces" : "-";
    table.row("| " + std::string(to_string(flow.change)) + " | " + code(flow.source.address.view()) + " → " +
              code(flow.target.address.view()) + (flow.vendor.empty() ? "" : " (" + sentence(flow.vendor, 60) + ")") + " | " +
              to_string(flow.kind) + " | " + sentence(flow.transport, 40) + " | " + or_dash(sentence(flow.authentication, 120)) +
              " | " + or_dash(codes_joined(flow.data_classes, ", ")) + " | " + boundary + " | " + or_dash(place(flow.location)) +
              " |\n");
  }
  return table.take("No flow is added, changed or removed.");
}

std::string threats_text(const Decision& decision) {
  Table table("| Threat (STRIDE) | Of | State | What | Findings | Where |\n|---|---|---|---|---|---|\n");
  for (const Threat& threat : threats_of(decision)) {
    table.row("| " + std::string(threat.category) + " | " + code(threat.subject, 120) + " | **" +
              std::string(known_word(threat.known)) + "** | " + sentence(threat.text) + " | " +
              or_dash(codes_joined(threat.rules, ", ")) + " | " + or_dash(place(threat.location)) + " |\n");
  }
  return table.take("No new or changed flow or service.");
}

/// One row for each service that handles data of a class in a new or changed flow.
std::string record_of(const Decision& decision) {
  Table table(
      "| Processing by | Data | Kept in or sent to | Recipient | Owner | Purpose | Legal basis | Retention | Where |\n"
      "|---|---|---|---|---|---|---|---|---|\n");
  for (const ReportedFlow& flow : decision.flows) {
    if (flow.data_classes.empty()) continue;
    const bool gone = flow.change == model::ChangeKind::removed;
    const std::string recipient = !flow.leaves ? "internal" : flow.vendor.empty() ? "outside, unknown company" : flow.vendor;
    const std::string open = gone ? "ended" : "**to answer**";
    table.row("| " + code(flow.source.address.view()) + " | " + codes_joined(flow.data_classes, ", ") + " | " +
              code(flow.target.address.view()) + " | " + sentence(recipient, 60) + " | " +
              (flow.owner.empty() ? "*nobody is named*" : code(flow.owner)) + " | " + open + " | " + open + " | " + open + " | " +
              or_dash(place(flow.location)) + " |\n");
  }
  return table.take("No flow of data of a known class is added, changed or removed.");
}

std::string checklist_text(const Decision& decision) {
  Table table("| Question | Answer | On what it rests | Where |\n|---|---|---|---|\n");
  for (const Answer& answer : checklist_of(decision)) {
    table.row("| " + std::string(answer.question) + " | **" + std::string(known_word(answer.known)) + "** | " +
              sentence(answer.text) + " | " + places(answer.evidence) + " |\n");
  }
  return table.take("");
}

}  // namespace

std::string review(const Decision& decision) {
  return head_of(decision) + "\n## Data-flow diagram\n\n" + diagram_of(decision) + "\n### Flows that change\n\n" +
         flows_of(decision) + "\n## Threats\n\n" + threats_text(decision) + "\n## Data-protection record\n\n" +
         record_of(decision) + "\n## Checklist\n\n" + checklist_text(decision) + "\n<sub>Postern " +
         code(decision.tool_version, 40) + "</sub>\n";
}

}  // namespace postern::render
