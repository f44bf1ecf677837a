// SPDX-License-Identifier: Apache-2.0
// What the readers of reports share: the whole, its rows, and trouble with either.
#pragma once
#include <ingest/scanners/row.h>
#include <postern/base/diagnostic.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::scanners {

/// One report while it is read.
class Report {
 public:
  Report(std::string_view tool, const Node& root, base::DiagnosticSink& sink);

  /// Ends what was read so far as a report of its own, where it is one: formats that hold several runs.
  void begin_run(const Node& at);
  /// What the whole says of itself; the first that is not empty counts.
  void product(std::string_view name);
  void version(std::string_view text);
  void subject(std::string_view text);
  /// An image that the whole is about: a reference, a digest, or both.
  void image(std::string_view reference);
  /// The run of the tool failed, so that something may be missing. An error: the verdict cannot be a pass.
  void failed(const Node& at, std::string_view reason);
  /// The tool passed over a part of what it was asked to look at. A warning: it looked at the rest.
  void partial(const Node& at, std::string_view reason);

  /// Adds a row. One without any name is reported and not added.
  void add(const Node& at, Row row);
  /// Adds a row that the table finds in `node`.
  void add(const Node& node, FindingCategory category, std::span<const FieldRow> table);
  /// The objects of a list at the first of `paths` that is there; what is of another type is reported. Nothing where there is
  /// nothing or null.
  [[nodiscard]] std::vector<Node> rows(const Node& node, std::string_view paths);
  /// The same for the list itself.
  [[nodiscard]] std::vector<Node> rows(const Node& list);
  /// A part of the report has another shape than its format defines, and so a row may be lost. An error.
  void lost(const Node& at, const std::string& message);

  [[nodiscard]] std::size_t size() const { return m_fact.findings.size(); }
  /// One a run.
  [[nodiscard]] std::vector<model::ReportFact> finish();

 private:
  void end_run();
  std::vector<model::ReportFact> m_done;
  bool m_has_run = false;
  model::ReportFact m_fact;
  base::DiagnosticSink& m_sink;
  base::Location m_top;
  std::size_t m_lost = 0;
  std::size_t m_partial = 0;
};

/// The reader of one tool's reports. Exactly one reader knows a document: tests ask all of them about every sample.
struct Reader {
  std::string_view id;           ///< stable, lower case
  std::string_view title;        ///< for people
  std::string_view description;  ///< what is read
  /// Whether a document is a report of this tool, by its content. Cheap; never complains.
  bool (*knows)(const Node& root);
  /// Reads it. Never throws on account of the document.
  void (*read)(const Node& root, Report& report);
};

}  // namespace postern::ingest::scanners
