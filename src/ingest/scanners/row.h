// SPDX-License-Identifier: Apache-2.0
// One row of a report while it is read: what a tool wrote becomes what the model keeps, cut to size and without secrets.
#pragma once
#include <ingest/scanners/fields.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace postern::ingest::scanners {

using model::FindingCategory;
using model::Reachability;
using model::ToolStatus;

/// What a text of a row is.
enum class Part : std::uint8_t {
  id,        ///< the first one given is the row's own, more are aliases
  alias,     ///< another name of the same weakness
  cwe,       ///< `CWE-79`, `79`, or any text with `CWE-` in it; all that are given
  title,     ///< the first that is given
  severity,  ///< likewise
  score,     ///< likewise
  vector,    ///< all that are given
  kind,      ///< of the package, in the tool's word
  package,   ///< its name
  purl,      ///< its package URL; goes before kind and name
  version,   ///< of the package
  fixed,     ///< versions, also several in one text separated by commas; all that are given
  file,      ///< path, or URI with the scheme `file`
  line,      ///< in that file
  resource,  ///< all that are given
  image,     ///< reference, or a digest alone
  url,       ///< of what was asked; user information and query go
  status,    ///< the tool's word for what became of the finding
};

/// Where a tool writes a part: paths as `texts` takes them.
struct FieldRow {
  Part part;
  std::string_view paths;
};

class Row {
 public:
  /// `node`: where the row stands in the report.
  Row(const Node& node, FindingCategory category);
  /// Takes one text; empty ones and the usual words for nothing (`n/a`, `none`, `-`) are passed over.
  Row& set(Part part, std::string_view text);
  /// Takes what the table finds in `node`.
  Row& fill(const Node& node, std::span<const FieldRow> table);
  Row& set_line(std::uint32_t line);
  Row& set(Reachability reachability);
  Row& set(ToolStatus status);
  Row& set(FindingCategory category);
  /// What was found so far has no name: no advisory, no rule.
  [[nodiscard]] bool is_nameless() const { return m_finding.id.empty() && m_finding.title.empty(); }
  [[nodiscard]] model::ReportedFinding finish();

 private:
  void add_cwes(std::string_view text);
  void add_fixed(std::string_view text);
  void add_image(std::string_view text);

  model::ReportedFinding m_finding;
  std::string m_kind;
  std::string m_package;
  std::string m_purl;
  std::string m_resources;
};

/// What became of a finding, by the word of a tool; open for words that nobody knows.
[[nodiscard]] ToolStatus status_of(std::string_view word);
/// One line of at most `most` bytes, cut at a character.
[[nodiscard]] std::string short_text(std::string_view text, std::size_t most);
/// The same without secrets that can be recognised: for texts in which a tool may show what it found.
[[nodiscard]] std::string safe_text(std::string_view text, std::size_t most);
/// Without user information, query and fragment.
[[nodiscard]] std::string bare_url(std::string_view url);

}  // namespace postern::ingest::scanners
