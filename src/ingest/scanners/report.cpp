// SPDX-License-Identifier: Apache-2.0
// Collects the rows of one report and says, without flooding, what could not be read.
#include <ingest/codes.h>
#include <ingest/scanners/report.h>

#include <algorithm>

namespace postern::ingest::scanners {
namespace {

using base::Symbol;

constexpr std::size_t k_most_remarks = 5;
constexpr std::size_t k_name_bytes = 256;
constexpr std::size_t k_subject_bytes = 1024;

void set_once(Symbol& member, std::string_view text, std::size_t most) {
  if (member.empty()) member = Symbol(short_text(text, most));
}

void settle(std::vector<Symbol>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

Report::Report(std::string_view tool, const Node& root, base::DiagnosticSink& sink) : m_sink(sink), m_top(root.location()) {
  m_fact.tool = Symbol(tool);
  m_fact.location = m_top;
}

void Report::end_run() {
  settle(m_fact.images);
  settle(m_fact.digests);
  m_done.push_back(std::move(m_fact));
}

void Report::begin_run(const Node& at) {
  const Symbol tool = m_fact.tool;
  if (m_has_run) {
    end_run();
    m_fact = {};
    m_fact.tool = tool;
  }
  m_has_run = true;
  m_fact.location = at.location();
}

void Report::product(std::string_view name) { set_once(m_fact.product, name, k_name_bytes); }

void Report::version(std::string_view text) { set_once(m_fact.version, text, k_name_bytes); }

void Report::subject(std::string_view text) {
  if (m_fact.subject.empty()) m_fact.subject = Symbol(safe_text(bare_url(text), k_subject_bytes));
}

void Report::image(std::string_view reference) {
  constexpr std::string_view k_digest = "sha256:";
  const std::string text = short_text(reference, k_subject_bytes);
  const std::size_t at = text.find('@');
  const std::string digest = at == std::string::npos ? text : text.substr(at + 1);
  const bool has_digest = digest.starts_with(k_digest);
  if (has_digest) m_fact.digests.emplace_back(digest);
  const bool is_name = !text.empty() && text.find(' ') == std::string::npos && !(has_digest && at == std::string::npos);
  if (is_name) m_fact.images.emplace_back(text);
}

void Report::failed(const Node& at, std::string_view reason) {
  const std::string text = safe_text(reason, k_subject_bytes);
  if (!m_fact.succeeded) return;
  m_fact.succeeded = false;
  m_fact.reason = Symbol(text);
  m_sink.error(std::string(code::k_report_failed), at ? at.location() : m_top,
               "the run of " + m_fact.tool.str() + " failed: " + text,
               "run the tool again; what its report does not show may be there");
}

void Report::partial(const Node& at, std::string_view reason) {
  m_fact.complete = false;
  if (++m_partial > k_most_remarks) return;
  m_sink.warning(std::string(code::k_report_partial), at ? at.location() : m_top,
                 m_fact.tool.str() + " did not look at everything: " + safe_text(reason, k_subject_bytes),
                 "see whether what it passed over matters; the rest was read");
}

void Report::lost(const Node& at, const std::string& message) {
  m_fact.complete = false;
  if (++m_lost > k_most_remarks) return;
  m_sink.error(std::string(code::k_report_row), at ? at.location() : m_top, message,
               "the row is left out and the rest is read; make the report again with a current version of the tool");
}

void Report::add(const Node& at, Row row) {
  if (row.is_nameless()) return lost(at, "a finding of " + m_fact.tool.str() + " has neither an id nor a title");
  m_fact.findings.push_back(row.finish());
}

void Report::add(const Node& node, FindingCategory category, std::span<const FieldRow> table) {
  add(node, std::move(Row(node, category).fill(node, table)));
}

std::vector<Node> Report::rows(const Node& list) {
  std::vector<Node> result;
  for (const Node& item : each(list)) {
    if (item.is_mapping()) {
      result.push_back(item);
    } else if (!text_of(item).empty() || item.is_sequence()) {
      lost(item, "a finding of " + m_fact.tool.str() + " is " + to_string(item.kind()) + ", expected an object");
    }
  }
  return result;
}

std::vector<Node> Report::rows(const Node& node, std::string_view paths) {
  std::vector<Node> result;
  for (const Node& item : each(node, paths)) {
    const std::vector<Node> found = rows(item);
    result.insert(result.end(), found.begin(), found.end());
  }
  return result;
}

std::vector<model::ReportFact> Report::finish() {
  end_run();
  const std::size_t more =
      (m_lost > k_most_remarks ? m_lost - k_most_remarks : 0) + (m_partial > k_most_remarks ? m_partial - k_most_remarks : 0);
  if (more != 0) {
    m_sink.warning(std::string(code::k_report_row), m_top, "and " + std::to_string(more) + " more of this kind in the report");
  }
  return std::move(m_done);
}

}  // namespace postern::ingest::scanners
