// SPDX-License-Identifier: Apache-2.0
// The table of readers, alphabetical by id.
#include <ingest/scanners/readers.h>
#include <ingest/scanners/registry.h>
#include <postern/base/search.h>

#include <algorithm>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_readers = {
    &k_aqua,
    &k_asff,
    &k_checkmarx,
    &k_checkmarx_one,
    &k_checkmarx_osa,
    &k_checkov,
    &k_csaf,
    &k_defender,
    &k_dependency_check,
    &k_dependency_track,
    &k_gitlab,
    &k_gitleaks,
    &k_govulncheck,
    &k_grype,
    &k_inspector,
    &k_kics,
    &k_kube_linter,
    &k_kubescape,
    &k_mend,
    &k_npm_audit,
    &k_nuclei,
    &k_openvex,
    &k_osv_scanner,
    &k_pip_audit,
    &k_prisma,
    &k_prowler,
    &k_sarif,
    &k_semgrep,
    &k_snyk,
    &k_snyk_api,
    &k_sonarqube,
    &k_sysdig,
    &k_tfsec,
    &k_trivy,
    &k_trufflehog,
    &k_veracode,
    &k_veracode_sca,
    &k_wiz,
    &k_xray,
    &k_yarn_audit,
    &k_zap,
};

/// Outermost elements of reports in XML.
constexpr std::array<std::string_view, 4> k_elements = {"CxXMLResults", "OWASPZAPReport", "analysis", "detailedreport"};

/// Words of which a report in JSON has all at its beginning.
struct HintRow {
  std::string_view first;
  std::string_view second;
};
constexpr std::array k_hints = {
    HintRow{"\"$schema\"", "sarif"},
    HintRow{"\"ArtifactName\"", "\"SchemaVersion\""},
    HintRow{"\"auditReportVersion\"", "\"vulnerabilities\""},
    HintRow{"\"check_id\"", "\"extra\""},
    HintRow{"\"failed_checks\"", "\"passed_checks\""},
    HintRow{"\"matchDetails\"", "\"vulnerability\""},
    HintRow{"\"runs\"", "\"driver\""},
    HintRow{"\"scanner\"", "\"vulnerabilities\""},
};

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view k_mark = "\xEF\xBB\xBF";
  if (text.starts_with(k_mark)) text.remove_prefix(k_mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// The name of the outermost element: behind declarations, comments and processing instructions.
std::string_view element_of(std::string_view text) {
  constexpr std::size_t k_head = 16384;
  text = text.substr(0, k_head);
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (text.substr(at).starts_with("<!--")) {
      at = text.find("-->", at);
      if (at == std::string_view::npos) return {};
      continue;
    }
    if (at + 1 < text.size() && (text[at + 1] == '?' || text[at + 1] == '!')) continue;
    const std::size_t end = text.find_first_of(" \t\r\n/>", at);
    const std::string_view name = text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
    return name.substr(name.rfind(':') == std::string_view::npos ? 0 : name.rfind(':') + 1);
  }
  return {};
}

/// A value that ends where another begins.
bool has_values_in_a_row(std::string_view text) {
  for (std::size_t at = text.find('}'); at != std::string_view::npos; at = text.find('}', at + 1)) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
    if (next != std::string_view::npos && text[next] == '{') return true;
  }
  return false;
}

/// The first line as a table of its own: readers know their columns.
bool has_known_columns(std::string_view text) {
  constexpr std::size_t k_most = 16384;
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  if (line.size() > k_most || line.find_first_of(",;\t") == std::string_view::npos) return false;
  base::DiagnosticSink ignored;
  const document::Documents documents =
      document::read_documents(std::string(line), document::Format::csv, base::Symbol("columns"), {}, ignored);
  return !documents.empty() && find_reader(documents.front().root()) != nullptr;
}

}  // namespace

std::span<const Reader* const> readers() { return k_readers; }

const Reader* find_reader(const Node& root) {
  const auto reader = std::find_if(k_readers.begin(), k_readers.end(), [&](const Reader* each) { return each->knows(root); });
  return reader == k_readers.end() ? nullptr : *reader;
}

std::vector<model::ReportFact> read_report(const Reader& reader, const Node& root, base::DiagnosticSink& sink) {
  Report report(reader.id, root, sink);
  reader.read(root, report);
  return report.finish();
}

std::optional<document::Format> format_of_report(std::string_view text) {
  const std::string_view start = without_mark(text);
  if (start.empty()) return std::nullopt;
  if (start.front() == '<') {
    const bool is_known = std::find(k_elements.begin(), k_elements.end(), element_of(start)) != k_elements.end();
    return is_known ? std::optional(document::Format::xml) : std::nullopt;
  }
  if (start.front() == '{') return has_values_in_a_row(start) ? std::optional(document::Format::json_lines) : std::nullopt;
  if (start.front() == '[') return std::nullopt;
  return has_known_columns(start) ? std::optional(document::Format::csv) : std::nullopt;
}

bool hints_at_report(std::string_view text) {
  constexpr std::size_t k_head = 4096;
  const std::string_view head = text.substr(0, k_head);
  return std::any_of(k_hints.begin(), k_hints.end(),
                     [&](const HintRow& row) { return base::holds_word(head, row.first) && base::holds_word(head, row.second); });
}

}  // namespace postern::ingest::scanners
